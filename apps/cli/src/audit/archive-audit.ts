import { basename } from 'node:path';
import type { Client } from 'pg';
import { ProgramError } from '#platform';
import { type Append, writeCompleteFile } from '../lines/complete-file.js';
import { linesIn } from '../lines/line-files.js';
import { analyze, withLongClient } from '../database.js';
import { note, ProgressBar } from '../terminal.js';
import { ArchiveFile, type ArchiveHeader, headerLine } from './archive-file.js';
import {
  appendArchive,
  archiveLines,
  archiveSize,
  type ArchiveSize,
  findMisfits,
  formerArchive,
  openArchive,
  openStaging,
  removeStaged,
  stageChains,
} from './archive.repository.js';
import { archivedChains, entryName, type PlacedChain } from './archived-chains.js';

export interface ArchiveOptions {
  /** A file that is not there yet. */
  readonly path: string;
  readonly before: Date;
  /** Who archives, for the audit trail. */
  readonly operator: string;
  /** Counts, and changes nothing. */
  readonly isDryRun: boolean;
  readonly signal: AbortSignal;
}

export interface ArchiveRun extends ArchiveSize {
  /** Of the file, in hexadecimal; undefined: none was written. */
  readonly sha256?: string;
}

const STAGED_CHAINS = 5000;
const SHOWN_FAULTS = 20;

/**
 * Moves all entries before a moment from the database to a file: writes it, reads it again and verifies it, and removes
 * what it has, in one transaction. When anything fails nothing was archived, and there is no file.
 *
 * @param url of the login that owns the tables
 * @throws ProgramError when the trail is not whole, or the file cannot be written; the signal's reason when it came
 */
export function archiveAudit(url: string, options: ArchiveOptions): Promise<ArchiveRun> {
  const { path, before, isDryRun, signal } = options;
  return withLongClient(url, signal, async ({ client, settle }) => {
    await openArchive(client);
    const former = await formerArchive(client);
    const size = await archiveSize(client, before);
    if (isDryRun || size.entries === 0) return size;
    const header = { former: former.sha256, before: before.toISOString(), entries: size.entries };
    const sha256 = await writeCompleteFile(path, { replace: false }, async (append, draft) => {
      await writeEntries(client, { header, before, append });
      const written = await stageFile(client, draft, header);
      await remove(client, options, { ...size, ...header, sha256: written });
      settle(); // what comes now is short, and a file with its name is one that was archived
      return written;
    });
    await commit(client, path);
    await analyze(client, ['mfa_audit_event', 'mfa_audit_anchor']);
    return { ...size, sha256 };
  });
}

interface EntriesWriting {
  readonly header: ArchiveHeader;
  readonly before: Date;
  readonly append: Append;
}

async function writeEntries(client: Client, { header, before, append }: EntriesWriting): Promise<void> {
  const bar = new ProgressBar('Archiving', 'entries', header.entries);
  let lines = 0;
  try {
    await append(headerLine(header));
    for await (const chunk of archiveLines(client, before)) {
      await append(chunk);
      bar.update((lines += linesIn(chunk)));
    }
  } finally {
    bar.stop();
  }
}

/**
 * Verifies the file as it was written, and has its chains wait for their removal.
 *
 * @returns its SHA-256
 * @throws ProgramError when its chains are not whole, or are not those of the database
 */
async function stageFile(client: Client, draft: string, { entries }: ArchiveHeader): Promise<string> {
  const file = await ArchiveFile.open(draft);
  const faults: string[] = [];
  const bar = new ProgressBar('Verifying', 'entries', entries);
  const reading = archivedChains([file], {
    isFromStart: false,
    onFault: (fault) => faults.push(`${entryName(fault)} ${fault.text}`),
    onEntry: ({ line }) => bar.update(line - 1),
  });
  await openStaging(client);
  let batch: PlacedChain[] = [];
  try {
    for await (const chain of reading) {
      if (batch.push(chain) < STAGED_CHAINS) continue;
      await stageChains(client, batch);
      batch = [];
    }
    await stageChains(client, batch);
  } finally {
    bar.stop();
  }
  const misfits = await findMisfits(client);
  faults.push(...misfits.map((entry) => `${entryName(entry)} does not fit to its chain`));
  if (faults.length > 0) {
    const texts = ['Nothing was archived: the audit trail is not whole. See audit verify.', ...faults];
    throw new ProgramError(texts.slice(0, SHOWN_FAULTS + 1).join('\n'));
  }
  return file.sha256();
}

type Archived = ArchiveSize & ArchiveHeader & { readonly sha256: string };

async function remove(client: Client, { path, operator }: ArchiveOptions, archived: Archived): Promise<void> {
  note(`Removing ${archived.entries} entries from the database.`);
  const anchors = await removeStaged(client, archived.entries);
  await appendArchive(client, operator, new Date(), { file: basename(path), ...archived, anchors });
}

/** @throws ProgramError that says that the file has to stay: only the database knows what became of the entries */
async function commit(client: Client, path: string): Promise<void> {
  try {
    await client.query('COMMIT');
  } catch (error) {
    throw new ProgramError(
      `It is not known whether the entries were removed (${(error as Error).message}). Keep ${path}: where audit verify ` +
        '--file says that no archive has its SHA-256, they were not, and it can be deleted.',
    );
  }
}

import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Client } from 'pg';
import { ProgramError, type Settings } from '#platform';
import { addCommand, operatorName, parseMoment, interruptible, progress, note, ProgressBar } from '../command-line.js';
import { requireMigratedAt, withDatabase, analyze, withLongClient } from '../database.js';
import { type Append, writeCompleteFile } from '../lines/complete-file.js';
import { STANDARD_STREAM, linesIn } from '../lines/line-files.js';
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
} from './archive-transaction.js';
import { archivedChains, entryName, type PlacedChain } from './archived-chains.js';

const ARCHIVE = `
Moves old entries of the audit trail from the database to a file. The file is written under another name, read again and
verified against the database; then it gets its name, and the entries are removed, in one transaction. What is broken
off has archived nothing. The apps go on meanwhile, and wait for nothing.

The file has a first line that says what it is, and then a line of JSON for each entry, as audit export writes them, with
the hash of the entry before it. An entry in the trail says who archived, how many entries, and the SHA-256 of the file.
Keep all files, each of them in two places: audit verify --file verifies them, and that nothing is missing between them
and the database. Of each account the entries up to its first one that is not old are archived.

Removing entries needs the login that owns the tables, MIGRATION_DATABASE_URL; that of the apps cannot do it.
`;

const EXAMPLES = `
Examples:
  npm run cli -- audit archive --before 2026-01-01 --dry-run audit-2025.jsonl
  npm run cli -- audit archive --before 2026-01-01 audit-2025.jsonl
  npm run cli -- audit verify --file audit-2024.jsonl audit-2025.jsonl`;

interface ArchiveCommandOptions {
  readonly before: string;
  readonly dryRun?: boolean;
}

export function addAuditArchive(audit: Command, settings: () => Settings): void {
  addCommand(audit, 'archive', 'moves old entries to a file', ARCHIVE)
    .argument('<file>', 'where to write; it must not exist')
    .requiredOption('--before <moment>', 'entries before then: a day, which begins at midnight UTC, or a moment')
    .option('--dry-run', 'only say how many there are')
    .action((path: string, options: ArchiveCommandOptions) => run(settings(), path, options))
    .addHelpText('after', EXAMPLES);
}

async function run(settings: Settings, path: string, { before, dryRun = false }: ArchiveCommandOptions): Promise<void> {
  const moment = parseMoment('--before', before);
  if (moment > new Date()) throw new ProgramError('--before must not be in the future.');
  if (path === STANDARD_STREAM) {
    throw new ProgramError(
      'The entries are removed from the database: an archive must be a file, not standard output.',
    );
  }
  const { entries, from, until, sha256 } = await interruptible((signal) =>
    withDatabase(settings, async (url) => {
      const owner = settings.migrationDatabaseUrl ?? url;
      await requireMigratedAt(owner);
      const options = { path, before: moment, operator: operatorName(), isDryRun: dryRun, signal };
      return archiveAudit(owner, options);
    }),
  );
  if (entries === 0) return progress('Nothing was archived: no entries are that old.');
  const range = `of ${from} to ${until}`;
  if (sha256 === undefined) return progress(`Entries that would be archived: ${entries}, ${range}`);
  progress(`Entries that were archived: ${entries}, ${range}`);
  progress(`SHA-256 of ${path}: ${sha256}`);
}

interface ArchiveOptions {
  /** A file that is not there yet. */
  readonly path: string;
  readonly before: Date;
  /** Who archives, for the audit trail. */
  readonly operator: string;
  /** Counts, and changes nothing. */
  readonly isDryRun: boolean;
  readonly signal: AbortSignal;
}

interface ArchiveRun extends ArchiveSize {
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
function archiveAudit(url: string, options: ArchiveOptions): Promise<ArchiveRun> {
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
      settle(); // from here on it is too late to interrupt: the file gets its name, and the commit is next
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
 * Reads the file again, verifies it, and stages its chains for their removal.
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

/** @throws ProgramError that tells the operator to keep the file: the commit may have succeeded without an answer */
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

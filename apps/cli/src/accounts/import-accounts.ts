import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AccountCopyService, EncryptionKey } from '#mfa';
import { ProgramError } from '#platform';
import { ProgressBar } from '../progress-bar.js';
import { withAccountClient, type AccountClient } from './account-client.js';
import { entryReader, type OfferedMethods } from './account-entry.js';
import { accountLines } from './account-lines.js';
import { continueReferences, storeBatch } from './account-storing.repository.js';
import { ArrivingFactors } from './arriving-factors.js';
import { findConflicts } from './conflicts.repository.js';
import { storeCredentials } from './credential-storing.repository.js';
import { ImportProblems } from './import-problems.js';
import type { ImportSource } from './import-source.js';
import { closeImport, indexStaging, openImport, stagedLine, stagingStream, takeStock } from './import.repository.js';

export interface ImportOptions {
  readonly source: ImportSource;
  readonly methods: OfferedMethods;
  readonly copies: AccountCopyService;
  /** Opens what is kept for second factors; without it that stays out. */
  readonly key: EncryptionKey | undefined;
  /** Who imports, for the audit trail. */
  readonly operator: string;
  /** Checks everything, and stores nothing. */
  readonly isDryRun: boolean;
  readonly signal: AbortSignal;
}

const BATCH_LINES = 10_000;
const UNIQUE_VIOLATION = '23505';

export interface Import {
  readonly accounts: number;
  /** What was left out and why, a line each. */
  readonly leftOut: readonly string[];
}

/**
 * Imports all accounts of a file, or none, in one transaction.
 *
 * @throws ProgramError with the first wrong lines; the signal's reason when it came
 */
export function importAccounts(url: string, options: ImportOptions): Promise<Import> {
  const { source, copies, key, isDryRun, signal } = options;
  return withAccountClient(url, signal, async (connection) => {
    const problems = new ImportProblems(source.name);
    const arriving = new ArrivingFactors(copies, key, problems);
    await openImport(connection.client);
    const accounts = await stage(connection, options, problems, arriving);
    await reportConflicts(connection, problems);
    if (isDryRun) return { accounts, leftOut: leftOutTexts(arriving) };
    await store(connection, options, accounts);
    // the accounts are in, whatever becomes of this
    await takeStock(connection.client).catch(() => undefined);
    return { accounts, leftOut: leftOutTexts(arriving) };
  });
}

/** Checks the lines one by one, and has them wait in the database for being judged together. */
async function stage(
  { client }: AccountClient,
  options: ImportOptions,
  problems: ImportProblems,
  arriving: ArrivingFactors,
): Promise<number> {
  const { source, methods, signal } = options;
  const bar = new ProgressBar('Checking', source.size === undefined ? 'accounts' : 'bytes', source.size);
  let total = 0;
  let bytes = 0;
  const tell = (): void => bar.update(source.size === undefined ? total : bytes);
  async function* chunks(): AsyncGenerator<Buffer> {
    for await (const chunk of source.chunks) {
      yield chunk;
      bytes += chunk.length;
      tell();
    }
  }
  async function* rows(): AsyncGenerator<string> {
    for await (const lines of accountLines(chunks(), entryReader(methods), problems)) {
      total += lines.length;
      const chosen = lines.map((line) => arriving.choose(line));
      if (problems.isFull) break;
      if (problems.isEmpty) yield chosen.map(stagedLine).join('');
    }
    problems.throwIfAny();
  }
  try {
    await pipeline(Readable.from(rows()), stagingStream(client), { signal });
  } finally {
    bar.stop();
  }
  return total;
}

function leftOutTexts({ withoutKey, withoutCredential }: ArrivingFactors): readonly string[] {
  const texts = [
    withoutKey.text('what is kept of them needs --sealed-for'),
    withoutCredential.text('the file has nothing of what they need'),
  ];
  return texts.filter((text) => text !== undefined);
}

async function reportConflicts({ client }: AccountClient, problems: ImportProblems): Promise<void> {
  await indexStaging(client);
  for (const { line, member, owner } of await findConflicts(client, 20)) {
    problems.add(line, `${member}: is already taken (${owner === null ? 'in the database' : `line ${owner}`})`);
  }
  problems.throwIfAny();
}

async function store({ client, settle }: AccountClient, options: ImportOptions, total: number): Promise<void> {
  const { copies, key } = options;
  const bar = new ProgressBar('Importing', 'accounts', total);
  const at = new Date();
  try {
    await continueReferences(client);
    for (let first = 1; first <= total; first += BATCH_LINES) {
      const lastLine = Math.min(first + BATCH_LINES - 1, total);
      await storeBatch(client, { firstLine: first, lastLine, at, operator: options.operator });
      if (key) await storeCredentials(client, { firstLine: first, lastLine }, copies, key);
      bar.update(lastLine);
    }
    settle();
    await closeImport(client);
  } catch (error) {
    const { code, constraint } = error as { readonly code?: string; readonly constraint?: string };
    if (code !== UNIQUE_VIOLATION) throw error;
    throw new ProgramError(
      `Nothing was imported: an account of the file was created meanwhile (${constraint}). Import again to see its line.`,
    );
  } finally {
    bar.stop();
  }
}

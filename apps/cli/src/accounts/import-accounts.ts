import { type AccountCopyService, type EncryptionKey, IMPORTED_TABLES } from '#mfa';
import { ProgramError } from '#platform';
import { closeImport, indexStaging, openImport, type Staging, takeStock } from '../json-lines/copy.repository.js';
import type { EntryLine } from '../json-lines/json-lines.js';
import type { ImportSource } from '../json-lines/line-files.js';
import { type LongClient, withLongClient } from '../json-lines/long-client.js';
import { ImportProblems } from '../json-lines/problems.js';
import { stageLines } from '../json-lines/stage-lines.js';
import { ProgressBar } from '../terminal.js';
import { type AccountEntry, entryReader, type OfferedMethods } from './account-entry.js';
import { continueReferences, findConflicts, storeBatch, storeCredentials } from './account-import.repository.js';
import { ArrivingFactors } from './arriving-factors.js';

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

const ACCOUNTS: Staging<AccountEntry> = {
  table: 'account_import',
  keys: ['natural_key', 'login'],
  keysOf: (entry) =>
    entry.kind === 'customer' ? [entry.customerReference, entry.email] : [entry.uuid, entry.username],
};

const FILLED_TABLES = ['customer', 'company_user', 'user_account', ...IMPORTED_TABLES];

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
  return withLongClient(url, signal, async (connection) => {
    const problems = new ImportProblems(source.name);
    const arriving = new ArrivingFactors(copies, key, problems);
    await openImport(connection.client, ACCOUNTS);
    const onLine = (line: EntryLine<AccountEntry>): EntryLine<AccountEntry> => arriving.choose(line);
    const readEntry = entryReader(options.methods);
    const file = { source, unit: 'accounts', readEntry, staging: ACCOUNTS, problems, signal, onLine };
    const accounts = await stageLines(connection.client, file);
    await reportConflicts(connection, problems);
    if (isDryRun) return { accounts, leftOut: leftOutTexts(arriving) };
    await store(connection, options, accounts);
    // the accounts are in, whatever becomes of this
    await takeStock(connection.client, FILLED_TABLES).catch(() => undefined);
    return { accounts, leftOut: leftOutTexts(arriving) };
  });
}

function leftOutTexts({ withoutKey, withoutCredential }: ArrivingFactors): readonly string[] {
  const texts = [
    withoutKey.text('what is kept of them needs --sealed-for'),
    withoutCredential.text('the file has nothing of what they need'),
  ];
  return texts.filter((text) => text !== undefined);
}

async function reportConflicts({ client }: LongClient, problems: ImportProblems): Promise<void> {
  await indexStaging(client, ACCOUNTS);
  for (const { line, member, owner } of await findConflicts(client, 20)) {
    problems.add(line, `${member}: is already taken (${owner === null ? 'in the database' : `line ${owner}`})`);
  }
  problems.throwIfAny();
}

async function store({ client, settle }: LongClient, options: ImportOptions, total: number): Promise<void> {
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

import type { Client } from 'pg';
import {
  type Account,
  type AccountCopyService,
  type AccountKind,
  COPIED_CREDENTIALS_IMPORT,
  type CopiedCredential,
  type EncryptionKey,
  IMPORTED_TABLES,
} from '#mfa';
import { ProgressBar } from '../command-line.js';
import { analyze, commitAfter, withLongClient } from '../database.js';
import { checkedLines, type ImportSource } from '../lines/line-files.js';
import { continueIdsStatement, CUSTOMER_ID } from '../loading/entries.sql.js';
import { type StagedEntry, stageEntries } from '../loading/load-entries.js';
import { type Problems, problemsOfFile } from '../loading/problems.js';
import { entryReader, naturalKeyOf, type OfferedMethods } from './account-entry.js';
import {
  repeatedQuery,
  STORE_CUSTOMERS,
  STORE_USERS,
  STORED_ACCOUNTS,
  takenQuery,
  UNIQUE_KEYS,
} from './accounts.sql.js';
import { ArrivingFactors } from './arriving-factors.js';

export interface ImportOptions {
  readonly source: ImportSource;
  readonly methods: OfferedMethods;
  readonly copies: AccountCopyService;
  /** Opens the credentials; without it they are left out. */
  readonly key: EncryptionKey | undefined;
  /** Who imports, for the audit trail. */
  readonly operator: string;
  /** Checks everything, and stores nothing. */
  readonly isDryRun: boolean;
  readonly signal: AbortSignal;
}

const FILLED_TABLES = ['customer', 'company_user', 'user_account', ...IMPORTED_TABLES];

const BATCH_LINES = 10_000;

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
    const { client } = connection;
    const problems = problemsOfFile(source.name);
    const arriving = new ArrivingFactors(copies, key, problems);
    const counts = await stageEntries(client, stagedAccounts(options, arriving, problems), signal);
    if (!problems.isFull) await findConflicts(client, problems);
    problems.throwIfAny();
    const imported = { accounts: (counts.get('customer') ?? 0) + (counts.get('user') ?? 0), leftOut: arriving.leftOut };
    if (isDryRun) return imported;
    const bar = new ProgressBar('Importing', 'accounts', imported.accounts);
    const refusal = {
      text: 'Nothing was imported: an account of the file',
      again: 'Import again to see its line.',
    };
    await commitAfter(connection, refusal, () =>
      storeAccounts(client, options, imported.accounts, (accounts) => bar.update(accounts)),
    ).finally(() => bar.stop());
    await analyze(client, FILLED_TABLES);
    return imported;
  });
}

async function* stagedAccounts(
  { source, methods }: ImportOptions,
  arriving: ArrivingFactors,
  problems: Problems,
): AsyncGenerator<StagedEntry[]> {
  const readEntry = entryReader(methods);
  for await (const lines of checkedLines({ source, unit: 'accounts', readEntry, problems })) {
    yield lines.map((line) => {
      const { number, entry } = arriving.choose(line);
      return { line: number, kind: entry.kind, naturalKey: naturalKeyOf(entry), entry };
    });
  }
}

/** Finds accounts that have the same key as a line before them, or as an account of the database. */
async function findConflicts(client: Client, problems: Problems): Promise<void> {
  for (const key of UNIQUE_KEYS) {
    for (const query of [repeatedQuery(key), takenQuery(key)]) {
      const { rows } = await client.query<{ line: number; owner: number | null }>(query);
      for (const { line, owner } of rows) problems.addTaken(line, [key.member], 'is already taken', owner ?? undefined);
    }
  }
}

/** Stores them batch by batch, in the order of the file. */
async function storeAccounts(
  client: Client,
  { copies, key, operator }: ImportOptions,
  total: number,
  onStored: (accounts: number) => void,
): Promise<void> {
  const at = new Date();
  await client.query(continueIdsStatement({ kind: 'customer', table: 'customer', id: CUSTOMER_ID }));
  for (let first = 1; first <= total; first += BATCH_LINES) {
    const last = Math.min(first + BATCH_LINES - 1, total);
    const values = [first, last, at, operator];
    await client.query({ name: 'store_customers', text: STORE_CUSTOMERS, values });
    await client.query({ name: 'store_users', text: STORE_USERS, values });
    if (key) await storeCredentials(client, [first, last], copies, key);
    onStored(last);
  }
}

interface StoredAccount {
  readonly kind: AccountKind;
  readonly id: string;
  readonly naturalKey: string;
  readonly credentials: readonly CopiedCredential[];
}

/** Credentials are sealed for an id, and the accounts have new ids here. */
async function storeCredentials(
  client: Client,
  lines: readonly [first: number, last: number],
  copies: AccountCopyService,
  key: EncryptionKey,
): Promise<void> {
  for (const statement of STORED_ACCOUNTS) {
    const { rows } = await client.query<StoredAccount>(statement, [...lines]);
    const sealed = rows.flatMap(({ credentials, naturalKey, ...account }) =>
      credentials.map((one) => ({
        ...copies.sealForAccount(account, { kind: account.kind, naturalKey }, one, key),
        ...columnsOf(account),
      })),
    );
    if (sealed.length > 0) await client.query(COPIED_CREDENTIALS_IMPORT, [JSON.stringify(sealed)]);
  }
}

const columnsOf = ({ kind, id }: Account): object => ({ accountKind: kind, accountId: id });

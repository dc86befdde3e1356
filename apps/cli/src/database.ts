import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { AUTH_ENTITIES } from '#auth';
import { MIGRATIONS } from '#migrations';
import { connectionOptions, dataSourceOptions, openPostgres, ProgramError, type Settings } from '#platform';
import { progress } from './command-line.js';

/**
 * Runs `use` with the database of `DATABASE_URL`, or else with the embedded one, which is started if it does not run.
 *
 * @param report is told what the embedded one does
 */
export async function withDatabase<T>(
  settings: Settings,
  use: (url: string) => Promise<T>,
  report: (line: string) => void = progress,
): Promise<T> {
  if (settings.databaseUrl) return use(settings.databaseUrl);
  const postgres = await openPostgres({ dataDir: settings.dataDir, report });
  try {
    return await use(postgres.url);
  } finally {
    await postgres.close();
  }
}

/**
 * Runs `use` with connections to a migrated database.
 *
 * @throws ProgramError when migrations are pending
 */
export async function withDataSource<T>(
  url: string,
  applicationName: string,
  use: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const options = dataSourceOptions({ url, applicationName, entities: AUTH_ENTITIES, migrations: MIGRATIONS });
  const dataSource = await new DataSource(options).initialize();
  try {
    await requireMigrated(dataSource);
    return await use(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** @throws ProgramError when migrations are pending */
export function requireMigratedAt(url: string): Promise<void> {
  return withDataSource(url, 'sallyport-cli', () => Promise.resolve());
}

/** @throws ProgramError when migrations are pending */
export async function requireMigrated(dataSource: DataSource): Promise<void> {
  if (await dataSource.showMigrations()) throw new ProgramError('Migrations are pending: npm run migrate runs them.');
}

export interface LongClient {
  readonly client: Client;
  /** To be called before COMMIT: from here on the signal is ignored, so that the outcome is what the database says. */
  settle(): void;
}

/**
 * Runs `use` with one connection that has no time limit for statements. When the signal comes the connection is closed at
 * once, which rolls its transaction back.
 *
 * @throws the signal's reason when it came
 */
export async function withLongClient<T>(
  url: string,
  signal: AbortSignal,
  use: (connection: LongClient) => Promise<T>,
): Promise<T> {
  const { onConnect, ...connection } = connectionOptions({ url, applicationName: 'sallyport-cli', isUnlimited: true });
  const client = new Client(connection);
  client.on('error', () => undefined);
  let isSettled = false;
  const close = (): void => void client.end();
  const settle = (): void => {
    signal.throwIfAborted();
    signal.removeEventListener('abort', close);
    isSettled = true;
  };
  try {
    await client.connect();
    await onConnect(client);
    // so that the database ends a long statement when this program was killed; not every system supports it
    await client.query(`SET client_connection_check_interval = '1s'`).catch(() => undefined);
    signal.throwIfAborted();
    signal.addEventListener('abort', close, { once: true });
    return await use({ client, settle });
  } catch (error) {
    throw signal.aborted && !isSettled ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', close);
    await client.end();
  }
}

const UNIQUE_VIOLATION = '23505';

/**
 * Runs the last work of a transaction, and commits it.
 *
 * @param refusal what to say when another transaction has created the same meanwhile
 * @throws ProgramError in that case; the signal's reason when it came
 */
export async function commitAfter<T>(
  { client, settle }: LongClient,
  refusal: { readonly text: string; readonly again: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    const result = await work();
    settle();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    const { code, constraint } = error as { readonly code?: string; readonly constraint?: string };
    if (code !== UNIQUE_VIOLATION) throw error;
    throw new ProgramError(`${refusal.text} was created meanwhile (${constraint}). ${refusal.again}`);
  }
}

/** As `withLongClient`, in a read-only transaction with one snapshot, and with times in UTC. */
export function withSnapshot<T>(url: string, signal: AbortSignal, use: (client: Client) => Promise<T>): Promise<T> {
  return withLongClient(url, signal, async ({ client }) => {
    await client.query(`SET TIME ZONE 'UTC'`);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const result = await use(client);
    await client.query('COMMIT');
    return result;
  });
}

/**
 * Updates the statistics of tables that got many rows, which the database does by itself only later: until then its plans
 * are slow. It skips tables that this login does not own. A failure is ignored, because the rows are committed.
 */
export async function analyze(client: Client, tables: readonly string[]): Promise<void> {
  await client.query(`VACUUM (ANALYZE, SKIP_LOCKED) ${tables.join(', ')}`).catch(() => undefined);
}

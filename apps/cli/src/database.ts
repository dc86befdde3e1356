import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { AUTH_ENTITIES } from '#auth';
import { MIGRATIONS } from '#migrations';
import { connectionOptions, dataSourceOptions, openPostgres, ProgramError, type Settings } from '#platform';
import { progress } from './terminal.js';

/**
 * Lends the database of `DATABASE_URL`, or else the embedded one, which is started if it does not run.
 *
 * @param report told what the embedded one does, where standard output has another use
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
 * Lends connections to a migrated database.
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
  /** From here on an interruption is too late: the last statement of a transaction decides, not the signal. */
  settle(): void;
}

/**
 * Lends one connection without a time limit for statements; when the signal comes it is closed at once, and with it
 * the transaction that is open.
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
    // the database sees when this program is gone, and ends what it does for it; not every system can tell
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

/** Lends a connection that sees the database as it is at the beginning, and times in UTC; see `withLongClient`. */
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
 * Has the database look at what came, which it would do by itself after a while: until then it searches slowly. It
 * leaves out tables that this login does not own, and those it is at already; whatever fails, the rows are there.
 */
export async function analyze(client: Client, tables: readonly string[]): Promise<void> {
  await client.query(`VACUUM (ANALYZE, SKIP_LOCKED) ${tables.join(', ')}`).catch(() => undefined);
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#testing';
import { startPostgres } from '../embedded/embedded-postgres.js';
import { clusterFolder } from '../embedded/postgres-cluster.js';
import { findPrograms } from '../embedded/postgres-programs.js';
import { freePort, spawnServer, stopServer } from '../embedded/postgres-server.js';
import { postgresUser } from '../embedded/postgres-user.js';
import { connectionOptions } from './connection-options.js';
import { dataSourceOptions } from './database.module.js';
import { databaseFailure } from './database-errors.js';
import { sessionSettings, requiredSettings } from './session-settings.js';
import { checkSession } from './session-check.js';

/** How a first connection fails. */
async function failureOf(url: string): Promise<{ message: string; fault: string | undefined }> {
  const pool = new pg.Pool(connectionOptions({ url, applicationName: 'test' }));
  try {
    const client = await pool.connect();
    client.release();
    throw new Error('the connection was made');
  } catch (error) {
    return { message: (error as Error).message, fault: databaseFailure(error)?.fault };
  } finally {
    await pool.end();
  }
}

describe('A session', () => {
  let database: TestDatabase;
  let name: string;
  const onDatabase = async <T>(config: pg.ClientConfig, use: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client(config);
    await client.connect();
    return use(client).finally(() => client.end());
  };
  const query = (sql: string, url = database.url): Promise<Record<string, unknown>[]> =>
    onDatabase({ connectionString: url }, async (client) => (await client.query(sql)).rows);

  beforeAll(async () => {
    database = await createTestDatabase();
    name = new URL(database.url).pathname.slice(1);
  });
  afterAll(() => database.drop());

  it('has what is relied on, in a schema that the URL may choose, and may not change the rest', async () => {
    const url = new URL(database.url);
    url.searchParams.set('options', '-c search_path=shop,public -c default_transaction_isolation=serializable');
    url.searchParams.set('statement_timeout', '1');
    const session = await onDatabase(
      connectionOptions({ url: url.toString(), applicationName: 'test' }),
      async (client) => {
        await checkSession(client, requiredSettings(sessionSettings(false)));
        return (await client.query(`SELECT current_setting('search_path') AS schema`)).rows;
      },
    );
    expect(session).toEqual([{ schema: 'shop,public' }]);
  });

  it.each([
    ['', 1],
    ['&prepared_statements=true', 1],
    ['&prepared_statements=false', 0],
  ])('keeps named statements only as the URL has it: "%s"', async (parameters, count) => {
    const pool = new pg.Pool(connectionOptions({ url: database.url + parameters, applicationName: 'test' }));
    const named = await pool.query({ name: 'one', text: 'SELECT $1::int AS one', values: [1] });
    const { rows } = await pool.query('SELECT count(*)::int FROM pg_prepared_statements');
    await pool.end();
    expect([named.rows, rows]).toEqual([[{ one: 1 }], [{ count }]]);
  });

  it('has no time limit for what takes as long as it takes', async () => {
    const options = connectionOptions({ url: database.url, applicationName: 'test', isUnlimited: true });
    const session = await onDatabase(options, async (client) => {
      await options.onConnect(client);
      return (await client.query(`SELECT current_setting('statement_timeout') AS limit`)).rows;
    });
    expect(session).toEqual([{ limit: '0' }]);
  });

  it('whose settings a pooler has left out is refused by their names', async () => {
    await query(`ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`);
    const check = onDatabase({ connectionString: database.url }, (client) =>
      checkSession(client, requiredSettings(sessionSettings(false))),
    );
    await expect(check).rejects.toThrow(
      /default_transaction_isolation = read committed.*statement_timeout = 15s.*ALTER ROLE/,
    );
  });

  it('in which no trigger would write the audit trail is refused', async () => {
    await query(`ALTER DATABASE ${name} SET session_replication_role = 'replica'`);
    const { message, fault } = await failureOf(database.url);
    expect([message.includes('session_replication_role = origin'), fault]).toEqual([true, 'unfit']);
    await query(`ALTER DATABASE ${name} RESET session_replication_role`);
  });

  it('of a database in another encoding is refused', async () => {
    await query(`CREATE DATABASE ${name}_latin ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0`);
    const url = Object.assign(new URL(database.url), { pathname: `/${name}_latin` }).toString();
    expect(await failureOf(url)).toEqual({
      message: 'The database must have the encoding UTF8, and has LATIN1.',
      fault: 'unfit',
    });
    await query(`DROP DATABASE ${name}_latin`);
  });

  it('is looked at once, and costs no statement of a request', async () => {
    const source = await new DataSource(
      dataSourceOptions({ url: database.url, applicationName: 'test', entities: [], migrations: [] }),
    ).initialize();
    const statements = vi.spyOn(pg.Client.prototype, 'query');
    await source.query('SELECT 1');
    await source.query('SELECT 2');
    expect(statements.mock.calls.map(([text]) => text)).toEqual(['SELECT 1', 'SELECT 2']);
    statements.mockRestore();
    await source.destroy();
  });
});

it('A session of a standby is refused, as one that cannot write', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-standby-'));
  const primary = await startPostgres({ dataDir });
  await primary.stop();
  const user = await postgresUser(() => undefined);
  const cluster = clusterFolder(dataDir, user, () => undefined);
  writeFileSync(join(cluster, 'standby.signal'), '');
  const [port, logFile] = [await freePort(), join(dataDir, 'standby.log')];
  const server = spawnServer(
    findPrograms(dataDir, user, () => undefined),
    { cluster, port, flags: [], logFile },
  );
  const url = Object.assign(new URL(primary.url), { port }).toString();
  try {
    const isUp = async (): Promise<boolean> => (await failureOf(url)).fault === 'readOnly';
    await vi.waitUntil(isUp, { timeout: 20_000, interval: 100 });
    expect((await failureOf(url)).message).toBe('The database server is a standby: nothing can be written.');
  } finally {
    await stopServer(server);
    rmSync(dataDir, { recursive: true, force: true });
  }
});

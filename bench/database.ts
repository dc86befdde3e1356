import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions, migrateJobs, ProgramError, readSettings, startPostgres } from '#platform';
import { createDatabase, dropDatabase } from './database.sql.js';

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

const NOT_DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap((name) => ['-c', `${name}=off`]);
const ROOM = ['-c', 'max_connections=100', '-c', 'max_wal_size=4GB'];

/** Creates a database without accounts; with `empty` also without tables. Resolves with its URL. */
export type NewDatabase = (state: 'empty' | 'migrated') => Promise<string>;

/**
 * Provides temporary databases: on the server of `DATABASE_URL`, or on an embedded server in a temporary folder,
 * without syncing to disk. They are dropped afterwards.
 *
 * @throws ProgramError if the program is interrupted
 */
export async function withDatabases(use: (newDatabase: NewDatabase) => Promise<void>): Promise<void> {
  const { databaseUrl } = readSettings(process.env);
  const server = databaseUrl ? { url: databaseUrl, stop: () => Promise.resolve() } : await temporaryServer();
  const names: string[] = [];
  const newDatabase: NewDatabase = async (state) => {
    const name = `sallyport_bench_${randomBytes(4).toString('hex')}`;
    const url = Object.assign(new URL(server.url), { pathname: `/${name}` }).toString();
    await createDatabase(server.url, name);
    names.push(name);
    if (state === 'migrated') await migrate(url);
    return url;
  };
  const run = Promise.race([interruption(), use(newDatabase)]);
  const drop = async (): Promise<void> => {
    for (const name of names) await dropDatabase(server.url, name);
  };
  await run.finally(drop).finally(() => server.stop());
}

async function temporaryServer(): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  const postgres = await startPostgres({ dataDir, flags: [...NOT_DURABLE, ...ROOM] });
  const stop = async (): Promise<void> => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url: postgres.url, stop };
}

async function migrate(url: string): Promise<void> {
  const options = dataSourceOptions({ url, applicationName: 'bench', entities: [], migrations: MIGRATIONS });
  await migrateJobs(url);
  const dataSource = await new DataSource(options).initialize();
  await dataSource.runMigrations().finally(() => dataSource.destroy());
}

function interruption(): Promise<never> {
  return new Promise((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => reject(new ProgramError('Interrupted.')));
    }
  });
}

import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions } from '#platform';

/** Any number that no other program on the same database uses for an advisory lock. */
const LOCK_ID = 7_255_767_841;

/**
 * Runs all pending migrations in one transaction. Programs that do so at the same time take turns: the lock and the
 * migrations are on one connection, so that the lock goes when the connection goes.
 *
 * @returns the names of the migrations that were run
 */
export async function migrateDatabase(url: string): Promise<readonly string[]> {
  const options = dataSourceOptions({
    url,
    applicationName: 'sallyport-migrate',
    entities: [],
    migrations: MIGRATIONS,
  });
  // neither the wait for another program nor a migration of a large table has a time limit
  const dataSource = new DataSource({ ...options, extra: { max: 2 } } as typeof options);
  await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [LOCK_ID]);
    return await runPending(dataSource, runner);
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}

async function runPending(dataSource: DataSource, runner: QueryRunner): Promise<readonly string[]> {
  const executor = new MigrationExecutor(dataSource, runner);
  executor.transaction = 'all';
  const done = await executor.executePendingMigrations();
  return done.map(({ name }) => name);
}

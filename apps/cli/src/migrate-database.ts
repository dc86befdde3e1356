import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { MFA_TABLE_RIGHTS } from '#mfa';
import { MIGRATIONS } from '#migrations';
import { checkAppsRole, currentRole, dataSourceOptions, grantRights, migrateJobs, type Settings } from '#platform';
import { undoMigrations, type Undone } from './undo-migrations.js';

/** Any number that no other program on the same database uses for an advisory lock. */
const LOCK_ID = 7_255_767_841;

/**
 * Brings a database up to date; with `MIGRATION_DATABASE_URL` by that login, and the apps' own gets the rights it needs.
 *
 * @param url of the apps
 * @returns the names of the migrations that were run
 */
export async function migrateFor(
  { migrationDatabaseUrl }: Pick<Settings, 'migrationDatabaseUrl'>,
  url: string,
): Promise<readonly string[]> {
  if (!migrationDatabaseUrl) return migrateDatabase(url);
  const role = await withConnection(url, (apps) => currentRole(apps));
  return migrateDatabase(migrationDatabaseUrl, role);
}

/**
 * Runs all pending migrations in one transaction, behind those of the jobs, which are a library's own. Programs that do
 * so at the same time take turns: the lock and the migrations are on one connection, so that the lock goes when the
 * connection goes.
 *
 * @param appsRole the apps' own login, where it is another one
 * @returns the names of the migrations that were run
 */
export function migrateDatabase(url: string, appsRole?: string): Promise<readonly string[]> {
  return inTurn(url, async (dataSource, runner) => {
    if (appsRole !== undefined) await checkAppsRole(dataSource, appsRole);
    await migrateJobs(url);
    const names = await runPending(dataSource, runner);
    if (appsRole !== undefined) await grantRights(dataSource, appsRole, MFA_TABLE_RIGHTS);
    return names;
  });
}

/** Goes back to the schema of a former version, by the login that migrates; see `undoMigrations`. */
export function undoFor(
  { migrationDatabaseUrl }: Pick<Settings, 'migrationDatabaseUrl'>,
  url: string,
  name: string,
  isConfirmed: boolean,
): Promise<readonly Undone[]> {
  return inTurn(migrationDatabaseUrl ?? url, (dataSource, runner) =>
    undoMigrations(dataSource, runner, name, isConfirmed),
  );
}

/** The lock goes when the connection goes. */
function inTurn<T>(url: string, work: (dataSource: DataSource, runner: QueryRunner) => Promise<T>): Promise<T> {
  return withConnection(url, async (dataSource) => {
    const runner = dataSource.createQueryRunner();
    try {
      await runner.query('SELECT pg_advisory_lock($1)', [LOCK_ID]);
      return await work(dataSource, runner);
    } finally {
      await runner.release();
    }
  });
}

async function withConnection<T>(url: string, use: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const options = dataSourceOptions({
    url,
    applicationName: 'sallyport-migrate',
    isUnlimited: true, // the wait for another program, and a migration of a large table
    entities: [],
    migrations: MIGRATIONS,
  });
  const dataSource = await new DataSource(options).initialize();
  try {
    return await use(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function runPending(dataSource: DataSource, runner: QueryRunner): Promise<readonly string[]> {
  const executor = new MigrationExecutor(dataSource, runner);
  executor.transaction = 'all';
  const done = await executor.executePendingMigrations();
  return done.map(({ name }) => name);
}

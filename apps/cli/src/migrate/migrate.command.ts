import type { Command } from 'commander';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { MFA_TABLE_RIGHTS } from '#mfa';
import { MIGRATIONS } from '#migrations';
import {
  ProgramError,
  type Settings,
  checkAppsRole,
  currentRole,
  dataSourceOptions,
  grantRights,
  migrateJobs,
} from '#platform';
import { newProgram, progress } from '../command-line.js';
import { withDatabase } from '../database.js';

const DESCRIPTION = `
Brings the schema of the database up to date: the one of DATABASE_URL, or else the embedded one in DATA_DIR.
Does nothing when no migration is pending. Programs that migrate at the same time take turns.
With MIGRATION_DATABASE_URL it uses that login, which then owns the tables, and gives the login of DATABASE_URL the
rights that the apps need: they can add entries to the audit trail, and not change them.

With --down-to it goes back to the schema of a former version instead, to be called with this version while no app runs,
behind a backup: what the former schema has no place for is deleted. Without --confirm it only says what that is.
docs/upgrade.md has the whole story.
`;

const EXAMPLES = `
Examples:
  npm run migrate
  npm run migrate -- --down-to NoticesOfBackups
  npm run migrate -- --down-to NoticesOfBackups --confirm`;

interface MigrateOptions {
  readonly downTo?: string;
  readonly confirm?: true;
}

/** @param settings read when it runs, so that help needs none */
export function migrateProgram(settings: () => Settings): Command {
  return newProgram('npm run migrate --', DESCRIPTION)
    .option('--down-to <migration>', 'undo all migrations behind this one, the newest first')
    .option('--confirm', 'undo them, and lose what they lose')
    .addHelpText('after', EXAMPLES)
    .action(async ({ downTo, confirm }: MigrateOptions) => {
      if (downTo !== undefined) return goBack(settings(), downTo, confirm ?? false);
      if (confirm) throw new ProgramError('--confirm is for --down-to.');
      await goForward(settings());
    });
}

async function goForward(settings: Settings): Promise<void> {
  const names = await withDatabase(settings, (url) => migrateFor(settings, url));
  for (const name of names) progress(`Migrated: ${name}`);
  if (names.length === 0) progress('No migration is pending.');
}

async function goBack(settings: Settings, name: string, isConfirmed: boolean): Promise<void> {
  const undone = await withDatabase(settings, (url) => undoFor(settings, url, name, isConfirmed));
  for (const { name: each, loses } of undone)
    progress(`${isConfirmed ? 'Undone' : 'To undo'}: ${each}, loses ${loses}`);
  if (undone.length === 0) return progress('No migration is to be undone.');
  if (!isConfirmed) throw new ProgramError('Nothing was undone. Make a backup, stop the apps, and add --confirm.');
}

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
 * Runs the migrations of the job library, then all pending ones of this project in one transaction. Programs that migrate
 * at the same time take turns.
 *
 * @param appsRole the apps' own login, where it is another one
 * @returns the names of the migrations that were run
 */
function migrateDatabase(url: string, appsRole?: string): Promise<readonly string[]> {
  return inTurn(url, async (dataSource, runner) => {
    if (appsRole !== undefined) await checkAppsRole(dataSource, appsRole);
    await migrateJobs(url);
    const names = await runPending(dataSource, runner);
    if (appsRole !== undefined) await grantRights(dataSource, appsRole, MFA_TABLE_RIGHTS);
    return names;
  });
}

/** Goes back to the schema of a former version, by the login that migrates; see `undoMigrations`. */
function undoFor(
  { migrationDatabaseUrl }: Pick<Settings, 'migrationDatabaseUrl'>,
  url: string,
  name: string,
  isConfirmed: boolean,
): Promise<readonly Undone[]> {
  return inTurn(migrationDatabaseUrl ?? url, (dataSource, runner) =>
    undoMigrations(dataSource, runner, name, isConfirmed),
  );
}

/** Lock and work are on one connection: when it breaks, the lock is released. */
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

/** A migration that is undone, or would be. */
interface Undone {
  readonly name: string;
  /** What the schema before it has no place for. */
  readonly loses: string;
}

const ALL = MIGRATIONS.map((migration) => new migration() as Omit<Undone, 'loses'> & Partial<Undone>);
const WHAT_IT_ADDED = 'what is in the tables and columns that it added';

/**
 * Goes back to the schema of a former version, in one transaction: all of the way or none of it.
 *
 * @param name the migration that stays the last one, with its timestamp or without
 * @param isConfirmed false: only tells what would be undone
 * @returns the newest first
 * @throws ProgramError for a migration that is not there, and when the database has some that this version does not know
 */
async function undoMigrations(
  dataSource: DataSource,
  runner: QueryRunner,
  name: string,
  isConfirmed: boolean,
): Promise<readonly Undone[]> {
  const done = await doneIn(dataSource, runner);
  const target = ALL.find((each) => each.name === name || shortNameOf(each) === name);
  if (!target) throw new ProgramError(`There is no migration "${name}". ${NAMES}`);
  if (!done.has(target.name)) throw new ProgramError(`The migration ${target.name} did not run here.`);
  const undone = ALL.slice(ALL.indexOf(target) + 1)
    .filter((each) => done.has(each.name))
    .map(({ name: each, loses = WHAT_IT_ADDED }) => ({ name: each, loses }))
    .toReversed();
  if (isConfirmed && undone.length > 0) await undo(dataSource, runner, undone.length);
  return undone;
}

const NAMES = `There are: ${ALL.map(shortNameOf).join(', ')}.`;

/** Without the timestamp. */
function shortNameOf({ name }: Pick<Undone, 'name'>): string {
  return name.replace(/\d+$/, '');
}

async function doneIn(dataSource: DataSource, runner: QueryRunner): Promise<ReadonlySet<string>> {
  const executor = new MigrationExecutor(dataSource, runner);
  const rows = (await runner.hasTable('migrations')) ? await executor.getExecutedMigrations() : [];
  const unknown = rows.filter(({ name }) => !ALL.some((each) => each.name === name));
  if (unknown.length > 0) {
    throw new ProgramError(
      `The database has migrations of a newer version: ${unknown.map(({ name }) => name).join(', ')}. Go back with that version.`,
    );
  }
  return new Set(rows.map(({ name }) => name));
}

async function undo(dataSource: DataSource, runner: QueryRunner, count: number): Promise<void> {
  const executor = new MigrationExecutor(dataSource, runner);
  await runner.startTransaction();
  try {
    for (let left = count; left > 0; left -= 1) await executor.undoLastMigration();
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}

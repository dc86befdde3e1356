import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { MIGRATIONS } from '#migrations';
import { ProgramError } from '#platform';

/** A migration that is undone, or would be. */
export interface Undone {
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
export async function undoMigrations(
  dataSource: DataSource,
  runner: QueryRunner,
  name: string,
  isConfirmed: boolean,
): Promise<readonly Undone[]> {
  const done = await doneIn(runner);
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

async function doneIn(runner: QueryRunner): Promise<ReadonlySet<string>> {
  const [{ exists }] = (await runner.query(`SELECT to_regclass('migrations') IS NOT NULL AS exists`)) as [
    { exists: boolean },
  ];
  const rows = exists ? ((await runner.query(`SELECT name FROM migrations ORDER BY id`)) as { name: string }[]) : [];
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

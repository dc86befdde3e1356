import { ProgramError, runProgram } from '#platform';
import { readCommandLine } from './command-line.js';
import { withDatabases, type NewDatabase } from './database.js';
import { guardPaths } from './guard-paths.js';
import { LibraryStory } from './library-story.js';
import { CONNECTIONS, timePaths, timeTogether, type Timed } from './path-timing.js';
import { tellMedians, tellPlanChoice, tellSizes } from './plan-figures.js';
import { checkStatement, replay, showPath } from './plan-report.js';
import { PreparedSession } from './prepared-session.js';
import { SeededDatabase } from './seeded-database.js';
import { StatementRecorder, type RecordedStatement } from './statement-recorder.js';

const HELP = `
Usage: node dist/bench/plan.js [--accounts 1000000]

Shows how PostgreSQL executes the statements by which the guard decides about a protected request, with that many
accounts, each with three factors and what belongs to them, and how long they take. It fails if any statement of the
library reads a table other than through an index then.

The database is an embedded one in a temporary folder, or one on the server of DATABASE_URL; it is gone afterwards.
`;

const FEW = 100;
const SMALL = 10_000;
const SHOWN = { active: '10', bare: 'none', locked: '2' };

await runProgram(async () => {
  const number = { name: 'accounts', fallback: 1_000_000, minimum: SMALL, maximum: 10_000_000 };
  const given = readCommandLine({ help: HELP, number, texts: [] });
  if (given) await withDatabases((newDatabase) => examine(newDatabase, given.number));
});

async function open(newDatabase: NewDatabase): Promise<Timed> {
  const url = await newDatabase('migrated');
  return { database: await SeededDatabase.open(url), recorder: await StatementRecorder.open(url) };
}

async function examine(newDatabase: NewDatabase, count: number): Promise<void> {
  const small = await open(newDatabase);
  const large = await open(newDatabase);
  try {
    const faults = await checkWhileGrowing(large, count);
    tellSizes(await large.database.accounts.sizes());
    await tellPlanChoices(large);
    await small.database.growTo(SMALL, true);
    const [ofSmall, ofLarge] = await timePaths([small, large]);
    if (ofSmall) tellMedians(`${SMALL} accounts, one connection`, ofSmall);
    if (ofLarge) tellMedians(`${count} accounts, one connection`, ofLarge, ofSmall);
    tellMedians(`${count} accounts, ${CONNECTIONS} connections on an account each`, await timeTogether(large));
    if (faults.length > 0) throw new ProgramError(['FAIL', ...faults].join('\n'));
    console.log('\nPASS: index scans only');
  } finally {
    await Promise.all([small, large].flatMap(({ database, recorder }) => [database.close(), recorder.close()]));
  }
}

/**
 * Prepares the statements while the tables are empty, and keeps them while the tables grow, as an application does.
 *
 * @returns the nodes that read a large table without an index; small tables may be read completely
 */
async function checkWhileGrowing({ database, recorder }: Timed, count: number): Promise<readonly string[]> {
  const session = await PreparedSession.open(database.url);
  await database.growTo(FEW, true);
  const statements = await prepareShown({ database, recorder });
  await checkAll(session, statements, `${FEW} accounts`);
  await database.growTo(count, true);
  const faults = [
    ...(await showPaths({ database, recorder }, session)),
    ...(await checkAll(session, statements, `${count} accounts`)),
  ];
  await session.close();
  return faults;
}

/** Records every statement of the library for the accounts whose plans are shown. */
async function prepareShown({ database, recorder }: Timed): Promise<readonly RecordedStatement[]> {
  await database.giveCodes([SHOWN.active]);
  await database.accounts.lock([SHOWN.locked]);
  return new LibraryStory(recorder, SHOWN).statements();
}

/** Checks all statements of the library and prints one line for each. */
async function checkAll(
  session: PreparedSession,
  statements: readonly RecordedStatement[],
  title: string,
): Promise<readonly string[]> {
  console.log(`\n=== all ${statements.length} statements: ${title}`);
  const faults: string[] = [];
  for (const statement of statements) faults.push(...(await checkStatement(session, statement)));
  return faults;
}

/** Prints the plans of all paths of the guard. */
async function showPaths({ recorder }: Timed, session: PreparedSession): Promise<readonly string[]> {
  const paths = await guardPaths(recorder, SHOWN);
  await session.rolledBack(async () => {
    for (const path of paths) await replay(session, path);
  });
  const faults: string[] = [];
  const before: RecordedStatement[] = [];
  for (const path of paths) {
    faults.push(...(await showPath(session, path, before)));
    before.push(...path.statements);
  }
  return faults;
}

/** For the statements that every request executes. */
async function tellPlanChoices({ database, recorder }: Timed): Promise<void> {
  const [path] = await guardPaths(recorder, SHOWN);
  for (const statement of path?.statements ?? []) await tellPlanChoice(database.url, statement);
}

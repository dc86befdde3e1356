import { ProgramError, runProgram } from '#platform';
import { readNumberOption } from './command-line.js';
import { withDatabases, type NewDatabase } from './database.js';
import { guardPaths, RIGHT_CODE } from './guard-paths.js';
import { CONNECTIONS, timePaths, timeTogether } from './path-timing.js';
import { tellMedians, tellPlanChoice, tellSizes } from './plan-figures.js';
import { checkStatement, showPath } from './plan-report.js';
import { PreparedSession } from './prepared-session.repository.js';
import { SeededDatabase } from './seeded-database.js';

const HELP = `
Usage: node dist/bench/plan.js [--accounts 1000000]

Shows how PostgreSQL executes the statement by which the guard decides about a protected request, with that many
accounts and twice as many factors and codes, and how long it takes. It fails if any statement of the library reads a
table other than through an index then.

The database is an embedded one in a temporary folder, or one on the server of DATABASE_URL; it is gone afterwards.
`;

const FEW = 100;
const SMALL = 10_000;
const SHOWN = { active: '1', bare: 'none', locked: '2' };

await runProgram(async () => {
  const option = { help: HELP, name: 'accounts', fallback: 1_000_000, minimum: SMALL, maximum: 10_000_000 };
  const count = readNumberOption(option);
  if (count !== undefined) await withDatabases((newDatabase) => examine(newDatabase, count));
});

async function examine(newDatabase: NewDatabase, count: number): Promise<void> {
  const small = await SeededDatabase.open(await newDatabase());
  const large = await SeededDatabase.open(await newDatabase());
  try {
    const faults = await checkWhileGrowing(large, count);
    tellSizes(await large.accounts.sizes());
    await tellPlanChoice(large.url, await large.recorder.guardOf(SHOWN.bare, RIGHT_CODE));
    await small.growTo(SMALL);
    const [ofSmall, ofLarge] = await timePaths([small, large]);
    if (ofSmall) tellMedians(`${SMALL} accounts, one connection`, ofSmall);
    if (ofLarge) tellMedians(`${count} accounts, one connection`, ofLarge, ofSmall);
    tellMedians(`${count} accounts, ${CONNECTIONS} connections on an account each`, await timeTogether(large));
    if (faults.length > 0) throw new ProgramError(['FAIL', ...faults].join('\n'));
    console.log('\nPASS: index scans only');
  } finally {
    await Promise.all([small.close(), large.close()]);
  }
}

/**
 * The statements are prepared when the tables are empty and kept while they grow, as by an application.
 *
 * @returns what reads a table other than through an index when they are large; small ones may be read from end to end
 */
async function checkWhileGrowing(database: SeededDatabase, count: number): Promise<readonly string[]> {
  const session = await PreparedSession.open(database.url);
  await checkAll(database, session, 'empty tables, never analysed');
  await database.growTo(FEW);
  await checkAll(database, session, `${FEW} accounts`);
  await database.growTo(count);
  const faults = [...(await showPaths(database, session)), ...(await checkAll(database, session, `${count} accounts`))];
  await session.close();
  return faults;
}

/** All statements of the library, a line each. */
async function checkAll(
  { recorder }: SeededDatabase,
  session: PreparedSession,
  title: string,
): Promise<readonly string[]> {
  console.log(`\n=== all statements: ${title}`);
  const guards = [await recorder.guardOf(SHOWN.active), await recorder.guardOf(SHOWN.active, RIGHT_CODE)];
  const statements = [...guards, ...(await recorder.othersOf(SHOWN.active))];
  const faults: string[] = [];
  for (const statement of new Map(statements.map((each) => [each.name, each])).values()) {
    faults.push(...(await checkStatement(session, statement)));
  }
  return faults;
}

/** The ways through the guard's statement, with what PostgreSQL did. */
async function showPaths(database: SeededDatabase, session: PreparedSession): Promise<readonly string[]> {
  await database.giveCodes([SHOWN.active]);
  await database.accounts.lock([SHOWN.locked]);
  const faults: string[] = [];
  for (const path of await guardPaths(database.recorder, SHOWN)) faults.push(...(await showPath(session, path)));
  return faults;
}

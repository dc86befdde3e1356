import { ProgramError } from '#platform';
import type { GuardPath } from './guard-paths.js';
import { faultsOf } from './plan-tree.js';
import type { Explanation, PreparedSession } from './prepared-session.js';
import type { RecordedStatement } from './statement-recorder.js';

/** What both plans of a statement do. */
interface Plans {
  readonly generic: Explanation;
  /** `which plan: node`, for each node that breaks the promise. */
  readonly faults: readonly string[];
}

/**
 * Shows the generic plans of a path of the guard and checks the custom ones, which differ by what their values make
 * needless.
 *
 * @param before what was executed up to there
 * @returns what reads a table of the library in another way than through an index
 */
export async function showPath(
  session: PreparedSession,
  { name, statements }: GuardPath,
  before: readonly RecordedStatement[],
): Promise<readonly string[]> {
  const faults: string[] = [];
  console.log(`\n=== ${name}`);
  for (const [index, statement] of statements.entries()) {
    const plans = await plansOf(session, statement, [...before, ...statements.slice(0, index)]);
    console.log(`--- ${statement.name}\n${plans.generic.text}`);
    faults.push(...plans.faults.map((fault) => `${name}, ${statement.name}, ${fault}`));
  }
  return faults;
}

/** @throws ProgramError if a statement that is to change something finds another state than it was recorded in */
export async function replay(session: PreparedSession, { name, statements }: GuardPath): Promise<void> {
  for (const statement of statements) {
    const rows = await session.run(statement);
    if (statement.name.startsWith('mfa_commit') && rows === 0) throw new ProgramError(`${name}: changes nothing.`);
  }
}

/** Checks both plans of a statement and tells the result in a line; @returns as `showPath` */
export async function checkStatement(
  session: PreparedSession,
  statement: RecordedStatement,
): Promise<readonly string[]> {
  const { faults } = await plansOf(session, statement, []);
  console.log(`${statement.name.padEnd(28)} ${faults.length > 0 ? faults.join('; ') : 'index scans only'}`);
  return faults.map((fault) => `${statement.name}, ${fault}`);
}

async function plansOf(
  session: PreparedSession,
  statement: RecordedStatement,
  before: readonly RecordedStatement[],
): Promise<Plans> {
  await session.rolledBack(() => session.run(statement));
  const explained = async (mode: 'generic' | 'custom'): Promise<Explanation> => {
    await session.usePlan(mode);
    return session.rolledBack(async () => {
      for (const each of before) await session.run(each);
      return session.explain(statement);
    });
  };
  const generic = await explained('generic');
  const custom = await explained('custom');
  const faults = Object.entries({ generic, custom }).flatMap(([mode, { plan }]) => {
    const found = faultsOf(plan);
    return found.length > 0 ? [`${mode} plan: ${found.join(', ')}`] : [];
  });
  return { generic, faults };
}

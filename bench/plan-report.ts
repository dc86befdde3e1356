import { ProgramError } from '#platform';
import type { GuardPath } from './guard-paths.js';
import { faultsOf } from './plan-tree.js';
import type { Explanation, PreparedSession } from './prepared-session.js';
import type { RecordedStatement } from './statement-recorder.js';

/** Both plans of a statement. */
interface Plans {
  readonly generic: Explanation;
  /** `plan: node` for each node that reads a table without an index. */
  readonly faults: readonly string[];
}

/**
 * Prints the generic plans of a path of the guard, and checks the custom plans, which leave out what their values make
 * unnecessary.
 *
 * @param before the statements to execute first
 * @returns the nodes that read a table of the library without an index
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

/** @throws ProgramError if a statement that changed something at its recording changes nothing now */
export async function replay(session: PreparedSession, { name, statements }: GuardPath): Promise<void> {
  for (const statement of statements) {
    const rows = await session.run(statement);
    if (statement.name.startsWith('mfa_commit') && rows === 0) throw new ProgramError(`${name}: changes nothing.`);
  }
}

/**
 * Checks both plans of a statement and prints the result in one line.
 *
 * @returns the same as `showPath`
 */
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

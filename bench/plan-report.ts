import { ProgramError } from '#platform';
import { outcomeOf, type GuardPath } from './guard-paths.js';
import { faultsOf } from './plan-tree.js';
import type { Explanation, PreparedSession } from './prepared-session.repository.js';
import type { RecordedStatement } from './statement-recorder.js';

/** What both plans of a statement do. */
interface Plans {
  readonly generic: Explanation;
  /** `which plan: node`, for each node that breaks the promise. */
  readonly faults: readonly string[];
}

/**
 * Shows the generic plan of a path of the guard and checks the custom one, which differs by what its values make needless.
 *
 * @returns what reads a table of the library in another way than through an index
 * @throws ProgramError if the statement decides otherwise than the path says
 */
export async function showPath(session: PreparedSession, path: GuardPath): Promise<readonly string[]> {
  const { name, statement, before, outcome } = path;
  const found = await session.rolledBack(async () => {
    if (before) await session.run(before);
    return outcomeOf(session, statement);
  });
  if (found !== outcome) throw new ProgramError(`${name}: the statement decides "${found}", not "${outcome}".`);
  const { generic, faults } = await plansOf(session, statement, before);
  console.log(`\n=== ${name}\n${generic.text}`);
  return faults.map((fault) => `${name}, ${fault}`);
}

/** Checks both plans of a statement and tells the result in a line; @returns as `showPath` */
export async function checkStatement(
  session: PreparedSession,
  statement: RecordedStatement,
): Promise<readonly string[]> {
  await session.rolledBack(() => session.run(statement));
  const { faults } = await plansOf(session, statement);
  console.log(`${statement.name.padEnd(18)} ${faults.length > 0 ? faults.join('; ') : 'index scans only'}`);
  return faults.map((fault) => `${statement.name}, ${fault}`);
}

async function plansOf(
  session: PreparedSession,
  statement: RecordedStatement,
  before?: RecordedStatement,
): Promise<Plans> {
  const explained = async (mode: 'generic' | 'custom'): Promise<Explanation> => {
    await session.usePlan(mode);
    return session.rolledBack(async () => {
      if (before) await session.run(before);
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

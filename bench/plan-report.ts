import { ProgramError } from '#platform';
import { outcomeOf, type GuardPath } from './guard-paths.js';
import { faultsOf, shapeOf } from './plan-tree.js';
import type { Explanation, PreparedSession } from './prepared-session.repository.js';
import type { RecordedStatement } from './statement-recorder.js';

interface Plans {
  readonly generic: Explanation;
  readonly custom: Explanation;
  /** `name (which plan): node`, for each node that breaks the promise. */
  readonly faults: readonly string[];
}

/**
 * Shows both plans of a path of the guard.
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
  const plans = await plansOf(session, name, statement, before);
  console.log(`\n=== ${name}: generic plan\n${plans.generic.text}`);
  console.log(`--- ${name}: custom plan: ${isSame(plans) ? 'the same' : `\n${plans.custom.text}`}`);
  return plans.faults;
}

/** Checks both plans of another statement of the library and tells the result in a line. */
export async function checkStatement(
  session: PreparedSession,
  statement: RecordedStatement,
): Promise<readonly string[]> {
  await session.rolledBack(() => session.run(statement));
  const plans = await plansOf(session, statement.name, statement);
  const verdict = plans.faults.length > 0 ? 'FAIL' : 'index scans only';
  console.log(`${statement.name}: ${verdict}${isSame(plans) ? '' : ' (generic and custom plan differ)'}`);
  return plans.faults;
}

async function plansOf(
  session: PreparedSession,
  name: string,
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
  const both = { generic: await explained('generic'), custom: await explained('custom') };
  const faults = Object.entries(both).flatMap(([mode, { plan }]) =>
    faultsOf(plan).map((fault) => `${name} (${mode} plan): ${fault}`),
  );
  return { ...both, faults };
}

function isSame({ generic, custom }: Plans): boolean {
  return shapeOf(generic.plan) === shapeOf(custom.plan);
}

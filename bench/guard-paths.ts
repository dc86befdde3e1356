import type { PreparedSession } from './prepared-session.repository.js';
import type { RecordedStatement, StatementRecorder } from './statement-recorder.js';

export const RIGHT_CODE = '123456';
export const WRONG_CODE = '654321';

/** What the guard's statement decided, in words. */
export type Outcome = 'no factor' | 'not judged' | 'locked' | 'wrong' | 'consumed' | 'reused';

/** A way through the guard's statement. */
export interface GuardPath {
  readonly name: string;
  readonly outcome: Outcome;
  readonly statement: RecordedStatement;
  /** Run before, in the same transaction. */
  readonly before?: RecordedStatement;
}

export interface PathAccounts {
  /** Has two active factors and the outstanding code `RIGHT_CODE`. */
  readonly active: string;
  readonly bare: string;
  readonly locked: string;
}

export async function guardPaths(recorder: StatementRecorder, accounts: PathAccounts): Promise<readonly GuardPath[]> {
  const { active, bare, locked } = accounts;
  const right = await recorder.guardOf(active, RIGHT_CODE);
  return [
    { name: 'account without MFA', outcome: 'no factor', statement: await recorder.guardOf(bare) },
    { name: 'no header', outcome: 'not judged', statement: await recorder.guardOf(active) },
    { name: 'wrong code', outcome: 'wrong', statement: await recorder.guardOf(active, WRONG_CODE) },
    { name: 'right code, first use', outcome: 'consumed', statement: right },
    { name: 'the same code again', outcome: 'reused', statement: right, before: right },
    { name: 'locked account', outcome: 'locked', statement: await recorder.guardOf(locked, RIGHT_CODE) },
  ];
}

/** Runs the statement; the connection has prepared it then. */
export async function outcomeOf(session: PreparedSession, statement: RecordedStatement): Promise<Outcome | undefined> {
  const row = await session.run(statement);
  if (!row) return undefined;
  if (row['lockedUntil']) return 'locked';
  return (row['verdict'] as Outcome | null) ?? (row['factors'] ? 'not judged' : 'no factor');
}

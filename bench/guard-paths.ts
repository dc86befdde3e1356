import { ProgramError } from '#platform';
import { RIGHT_CODE, WRONG_CODE } from './codes.js';
import type { RecordedStatement, StatementRecorder } from './statement-recorder.js';

/** A way through the guard: what it asks the database, one statement after the other. */
export interface GuardPath {
  readonly name: PathName;
  readonly statements: readonly RecordedStatement[];
}

interface Path {
  readonly account: keyof PathAccounts;
  readonly code?: string;
  readonly status: number;
  /** How many statements it may cost. */
  readonly most: number;
}

/** In an order in which each finds what the one before has left. */
export const PATHS = {
  'account without MFA': { account: 'bare', status: 201, most: 1 },
  'no header': { account: 'active', status: 403, most: 2 },
  'wrong code': { account: 'active', code: WRONG_CODE, status: 403, most: 3 },
  'right code, first use': { account: 'active', code: RIGHT_CODE, status: 201, most: 3 },
  'the same code again': { account: 'active', code: RIGHT_CODE, status: 201, most: 1 },
  'locked account': { account: 'locked', code: RIGHT_CODE, status: 429, most: 2 },
} as const satisfies Record<string, Path>;

export type PathName = keyof typeof PATHS;
export const PATH_NAMES = Object.keys(PATHS) as PathName[];

export interface PathAccounts {
  /** Has active factors and the outstanding code `RIGHT_CODE`. */
  readonly active: string;
  readonly bare: string;
  readonly locked: string;
}

/** All ways through the guard; afterwards nothing of it is stored, so that the statements can be executed again. */
export function guardPaths(recorder: StatementRecorder, accounts: PathAccounts): Promise<readonly GuardPath[]> {
  return recorder.undone(async () => {
    // what was remembered of the account has changed since: the first request notices it, and none after that
    await recorder.request({ id: accounts.active, url: '/orders' }, PATHS['no header'].status);
    const paths: GuardPath[] = [];
    for (const name of PATH_NAMES) paths.push(await guardPath(recorder, name, accounts));
    return paths;
  });
}

/** @throws ProgramError when the guard decides otherwise than the path says, or asks the database more often */
export async function guardPath(
  recorder: StatementRecorder,
  name: PathName,
  accounts: PathAccounts,
): Promise<GuardPath> {
  const { account, status, most, ...code }: Path = PATHS[name];
  const request = { ...code, id: accounts[account], url: '/orders' };
  const statements = await recorder.during(() => recorder.request(request, status));
  if (statements.length <= most) return { name, statements };
  throw new ProgramError(`${name}: a protected request costs ${statements.length} statements, not ${most}.`);
}

import { ProgramError } from '#platform';
import { RIGHT_CODE, WRONG_CODE } from './codes.js';
import type { RecordedStatement, StatementRecorder } from './statement-recorder.js';

/** One kind of request to the guard, with the statements that it executes, in order. */
export interface GuardPath {
  readonly name: PathName;
  readonly statements: readonly RecordedStatement[];
}

interface Path {
  readonly account: keyof PathAccounts;
  readonly code?: string;
  readonly status: number;
  /** The maximum number of statements. */
  readonly most: number;
}

/** In an order in which each finds the state that the previous one left. */
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
  /** An account with active factors and the outstanding code `RIGHT_CODE`. */
  readonly active: string;
  readonly bare: string;
  readonly locked: string;
}

/**
 * Records the statements of all paths. Afterwards all changes are undone, so that the statements can be executed again.
 */
export function guardPaths(recorder: StatementRecorder, accounts: PathAccounts): Promise<readonly GuardPath[]> {
  return recorder.undone(async () => {
    // the remembered state of the account is outdated: this request drops it, so that the following ones are not
    // affected
    await recorder.request({ id: accounts.active, url: '/orders' }, PATHS['no header'].status);
    const paths: GuardPath[] = [];
    for (const name of PATH_NAMES) paths.push(await guardPath(recorder, name, accounts));
    return paths;
  });
}

/** @throws ProgramError if the guard's decision is not that of the path, or if it executes too many statements */
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

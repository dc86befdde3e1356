import type { EntityManager } from 'typeorm';
import type { ApiErrorRow } from '#json-api';
import type { Settings, TokenKeys } from '#platform';
import type { Account, Audience } from './accounts/account.js';
import type { ProtectionChange } from './accounts/protection-change.js';
import type { SignIn } from './login/sign-in.js';

/** How one app answers requests whose token is missing or wrong. */
export interface TokenErrors {
  /** No `Authorization`, or an empty one. */
  readonly missing: ApiErrorRow;
  /** `Bearer` with nothing after it. */
  readonly emptyBearer: ApiErrorRow;
  /** Anything that is no valid token of a live session of this app. */
  readonly invalid: ApiErrorRow;
}

export interface AuthOptions {
  readonly audience: Audience;
  /** The name of this application's strategy in passport's register. */
  readonly strategy: string;
  readonly keys: TokenKeys;
  readonly settings: Pick<Settings, 'accessTokenTtlSeconds' | 'refreshTokenTtlSeconds' | 'login' | 'limits'>;
  readonly errors: TokenErrors;
}

export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');

/** State beside the account that must not outlive a login, such as codes and grants of a second factor. */
export interface LoginBoundState {
  voidAccount(account: Account): Promise<void>;
  voidSession(account: Account, sessionId: string): Promise<void>;
  /**
   * Records a change of the account in its trail, and voids the state where it says so: behind all locks and changes of
   * this library's rows, in their transaction.
   */
  recordChange(change: ProtectionChange, manager: EntityManager): Promise<void>;
  /**
   * Records a login in the trail of an account that has a second factor, in the transaction of what it tells; it does the
   * same work for every account, and for one that there is not.
   */
  recordSignIn(signIn: SignIn, manager: EntityManager): Promise<void>;
}

export const LOGIN_BOUND_STATE = Symbol('LOGIN_BOUND_STATE');

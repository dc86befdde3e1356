import type { ApiErrorRow } from '#json-api';
import type { MfaService } from '#mfa';
import type { Settings, TokenKeys } from '#platform';
import type { Audience } from './accounts/account.js';

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
  /** The name of this application's strategy in passport's register, which is one for the process. */
  readonly strategy: string;
  readonly keys: TokenKeys;
  readonly settings: Pick<Settings, 'accessTokenTtlSeconds' | 'refreshTokenTtlSeconds' | 'login' | 'limits'>;
  readonly errors: TokenErrors;
}

export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');

/** State beside the account that must not outlive a login: codes and grants of the second factor, and its trail. */
export type LoginBoundState = Pick<MfaService, 'voidCodesOf' | 'voidSession' | 'recordChange' | 'recordSignIn'>;

export const LOGIN_BOUND_STATE = Symbol('LOGIN_BOUND_STATE');

import type { ApiErrorRow } from '#json-api';
import type { MfaService } from '#mfa';
import type { Settings, TokenKeys } from '#platform';
import type { Audience } from './accounts/account.js';

/** An app's errors for missing or invalid tokens. */
export interface TokenErrors {
  /** No `Authorization` header, or an empty one. */
  readonly missing: ApiErrorRow;
  /** `Bearer` with nothing after it. */
  readonly emptyBearer: ApiErrorRow;
  /** Anything else that is not a valid token for a live session of this app. */
  readonly invalid: ApiErrorRow;
}

export interface AuthOptions {
  readonly audience: Audience;
  /** The name of this application's passport strategy. Passport has one list of strategies for the whole process. */
  readonly strategy: string;
  readonly keys: TokenKeys;
  readonly settings: Pick<Settings, 'accessTokenTtlSeconds' | 'refreshTokenTtlSeconds' | 'login' | 'limits' | 'pages'>;
  readonly errors: TokenErrors;
}

export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');

/**
 * State outside of this library that must end with a login or session: codes and grants of the second factor. Also the
 * audit trail.
 */
export type LoginBoundState = Pick<
  MfaService,
  'voidCodesOf' | 'voidSession' | 'recordChange' | 'recordSignIn' | 'activeMethods'
>;

export const LOGIN_BOUND_STATE = Symbol('LOGIN_BOUND_STATE');

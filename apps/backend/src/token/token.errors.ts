import { tooManyAttempts } from '#auth';
import type { BareError } from '#json-api';

/** Errors of `/token` (contract: resources, section 1.7). */
export const TOKEN_ERRORS = {
  wrongCredentials: { status: 400, code: 'invalid_grant', message: 'The user credentials were incorrect.' },
  missingParameter: {
    status: 400,
    code: 'invalid_request',
    message: 'The request is missing a required parameter.',
  },
  invalidRefreshToken: { status: 400, code: 'invalid_request', message: 'The refresh token is invalid.' },
} as const satisfies Record<string, BareError>;

export function unsupportedGrant(grantType: string): BareError {
  return { status: 400, code: 'unsupported_grant_type', message: `Grant type "${grantType}" not found` };
}

/** The error of the login limit, in the language of the request. */
export function blocked(secondsLeft: number, locale: string): BareError {
  return { status: 429, code: 'access_denied', message: tooManyAttempts(secondsLeft, locale).detail };
}

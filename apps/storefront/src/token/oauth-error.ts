import type { OAuthRefusal } from '#auth';
import { tooManyAttempts } from '#auth';

interface OAuthError {
  readonly status: 400 | 429;
  readonly error: string;
  readonly error_description: string;
}

const INVALID_GRANT =
  'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.';
const INVALID_REQUEST =
  'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.';

/** Errors of `POST /token` (contract: resources, section 1.4). */
export function oauthError(refusal: OAuthRefusal, locale: string): OAuthError {
  const invalid = (error: string, error_description: string): OAuthError => ({ status: 400, error, error_description });
  switch (refusal.reason) {
    case 'unsupported-grant':
      return invalid('invalid_grant', INVALID_GRANT);
    case 'missing-parameter':
      return invalid('invalid_request', INVALID_REQUEST);
    case 'wrong-credentials':
      return invalid('invalid_grant', 'The user credentials were incorrect.');
    case 'invalid-refresh-token':
      return invalid('invalid_request', 'The refresh token is invalid.');
    case 'blocked':
      return {
        status: 429,
        error: 'access_denied',
        error_description: tooManyAttempts(refusal.secondsLeft, locale).detail,
      };
  }
}

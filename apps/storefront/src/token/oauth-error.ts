import { tooManyAttempts, type OAuthRefusal, type RefusedGrant } from '#auth';

const INVALID_GRANT =
  'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.';
const INVALID_REQUEST =
  'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.';

/** Errors of `POST /token` (contract: resources, section 1.4). */
export function oauthError(refusal: OAuthRefusal, locale: string): RefusedGrant {
  const refused = (error: string, error_description: string, status = 400): RefusedGrant => ({
    status,
    body: { error, error_description },
  });
  switch (refusal.reason) {
    case 'unsupported-grant':
      return refused('invalid_grant', INVALID_GRANT);
    case 'missing-parameter':
      return refused('invalid_request', INVALID_REQUEST);
    case 'wrong-credentials':
      return refused('invalid_grant', 'The user credentials were incorrect.');
    case 'invalid-refresh-token':
      return refused('invalid_request', 'The refresh token is invalid.');
    case 'blocked':
      return refused('access_denied', tooManyAttempts(refusal.secondsLeft, locale).detail, 429);
  }
}

import type { OAuthRefusal, OAuthResult } from './oauth-grant.service.js';

/** The methods of Fastify's reply that are used. */
interface OAuthReply {
  code(status: number): unknown;
  headers(values: Record<string, string>): unknown;
}

/** An app's response to a refused token request. */
export interface RefusedGrant {
  readonly status: number;
  readonly body: object;
}

/**
 * Answers a token request with plain JSON: the tokens (RFC 6749, section 5.1), or the app's response to a refusal.
 *
 * @returns the body
 */
export function oauthAnswer(
  reply: OAuthReply,
  result: OAuthResult,
  refused: (refusal: OAuthRefusal) => RefusedGrant,
): object {
  reply.headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  if ('tokens' in result) {
    const { accessToken, refreshToken, expiresIn } = result.tokens;
    reply.code(200);
    return { token_type: 'Bearer', expires_in: expiresIn, access_token: accessToken, refresh_token: refreshToken };
  }
  const { refusal } = result;
  if (refusal.reason === 'blocked') reply.headers({ 'retry-after': String(refusal.secondsLeft) });
  const { status, body } = refused(refusal);
  reply.code(status);
  return body;
}

import type { IssuedTokens } from '#auth';
import { Resource } from '#json-api';

/** A response with tokens of a company user or an agent. It has no member for the company user. */
export function tokensResource(type: string, { accessToken, refreshToken, expiresIn }: IssuedTokens): Resource {
  return new Resource({ type, id: null, attributes: { tokenType: 'Bearer', expiresIn, accessToken, refreshToken } });
}

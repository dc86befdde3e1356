import type { IssuedTokens } from '#auth';
import { Resource } from '#json-api';

/** The answer with the tokens of a company user or an agent; they name no company user beside. */
export function tokensResource(type: string, { accessToken, refreshToken, expiresIn }: IssuedTokens): Resource {
  return new Resource({ type, id: null, attributes: { tokenType: 'Bearer', expiresIn, accessToken, refreshToken } });
}

/** Attributes of issued tokens, for the documentation. */
export const TOKENS_EXAMPLE = {
  tokenType: 'Bearer',
  expiresIn: 28_800,
  accessToken: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  refreshToken: 'def502c0ffee',
};

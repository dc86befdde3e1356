/** Path segments that carry a token (contract: resources, section 4, point 19). */
const TOKEN_SEGMENT = /(\/refresh-tokens\/)(?!mine(?:\/|$))[^/]+/i;

/** The path of a URL for logs and errors: no query, no token. */
export function redactedPath(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path.replace(TOKEN_SEGMENT, '$1[redacted]');
}

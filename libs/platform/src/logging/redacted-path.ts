/**
 * Path segments that contain a token, or a key sent by mistake (contract: resources, section 4, point 19), and anything
 * similar.
 */
const TOKEN_SEGMENT =
  /(\/(?:refresh-tokens|customer-restore-password|customer-confirmation)\/+)(?!mine(?:\/|$))[^/]+/gi;
const LONG_HEX = /[0-9a-f]{40,}/gi;

/** The path of a URL for logs and errors: without query and tokens, in any encoding. */
export function redactedPath(url: string): string {
  const [path = ''] = url.split('?', 1);
  return decoded(path).replace(TOKEN_SEGMENT, '$1[redacted]').replace(LONG_HEX, '[redacted]');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

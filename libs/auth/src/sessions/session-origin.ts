import { isIP } from 'node:net';
import { requestContext } from '#platform';

/** Characters that are kept of a `User-Agent`; the constraint of the table has the same number. */
const MOST_OF_USER_AGENT = 256;

/** Where a session is opened, for the list that its account sees. */
export interface SessionOrigin {
  /** Null if it could not be read, or no request opens the session. */
  readonly clientAddress: string | null;
  /** The header `User-Agent`. */
  readonly userAgent: string | null;
}

/** The origin of the current request. */
export function currentSessionOrigin(): SessionOrigin {
  const { client, userAgent } = requestContext.getStore() ?? {};
  return {
    clientAddress: client && isIP(client.address) > 0 ? client.address : null,
    userAgent: userAgent?.slice(0, MOST_OF_USER_AGENT) ?? null,
  };
}

import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientAddress } from '../http/client-address.js';

export interface RequestContext {
  /** Part of every log line. */
  readonly requestId: string;
  readonly client?: ClientAddress;
  /** The header `User-Agent`. */
  readonly userAgent?: string;
}

/** The current request. */
export const requestContext = new AsyncLocalStorage<RequestContext>();

/** The client for fair sharing: that of the current request, or `none` if the program itself acts. */
export function currentClient(): string {
  return requestContext.getStore()?.client?.network ?? 'none';
}

/** The address of the client of the current request, if there is one and it could be read. */
export function currentClientAddress(): string | undefined {
  return requestContext.getStore()?.client?.address;
}

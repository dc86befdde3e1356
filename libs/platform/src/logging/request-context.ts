import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientAddress } from '../http/client-address.js';

export interface RequestContext {
  /** Every log line carries it. */
  readonly requestId: string;
  readonly client?: ClientAddress;
}

/** The request in whose course something happens. */
export const requestContext = new AsyncLocalStorage<RequestContext>();

/** What work and mails are shared out by: the client whose request causes them, or the program itself. */
export function currentClient(): string {
  return requestContext.getStore()?.client?.network ?? 'none';
}

import { AsyncLocalStorage } from 'node:async_hooks';

/** The id of the request in whose course something happens; every log line carries it. */
export const requestContext = new AsyncLocalStorage<{ readonly requestId: string }>();

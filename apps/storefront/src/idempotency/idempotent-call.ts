import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiException, headerOf, type JsonApiHttpRequest } from '#json-api';
import type { ClientRequest } from '#platform';
import { canonicalJson } from './canonical-json.js';
import { IDEMPOTENCY_ERRORS } from './idempotency.errors.js';

/** A request that may have an idempotency key. */
export interface IdempotentCall {
  /** Undefined if the request has no key and is always carried out. */
  readonly key: string | undefined;
  /** The same key on another route is a different key. */
  readonly route: string;
  /**
   * SHA-256 of the body's content, independent of its formatting. Empty without a key. The query parameter `include` is
   * not part of it.
   */
  readonly requestHash: Buffer;
  /** The client's network, for limits. */
  readonly network: string;
}

const KEY = /^[\x20-\x7e]{1,255}$/;

/** The call of a route, named like `POST /checkout`. An invalid key gets 400. */
export const CurrentCall = createParamDecorator((route: string, context: ExecutionContext): IdempotentCall => {
  const request = context.switchToHttp().getRequest<JsonApiHttpRequest & ClientRequest>();
  const key = headerOf(request, 'idempotency-key');
  if (key !== undefined && !KEY.test(key)) throw new ApiException(IDEMPOTENCY_ERRORS.invalidKey);
  const { network } = request.client;
  if (key === undefined) return { key, route, requestHash: Buffer.alloc(0), network };
  const requestHash = createHash('sha256').update(canonicalJson(request.body)).digest();
  return { key, route, requestHash, network };
});

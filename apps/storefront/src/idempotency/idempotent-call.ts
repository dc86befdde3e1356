import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiException, headerOf, type JsonApiHttpRequest } from '#json-api';
import type { ClientRequest } from '#platform';
import { canonicalJson } from './canonical-json.js';
import { IDEMPOTENCY_ERRORS } from './idempotency.errors.js';

/** A request that may name a key, under which it is carried out once. */
export interface IdempotentCall {
  /** Undefined: the request names none and is carried out whenever it comes. */
  readonly key: string | undefined;
  /** Keys of different routes are different ones. */
  readonly route: string;
  /** SHA-256 of what the body says, however it is written, empty without a key; what a query asks to be included is no other request. */
  readonly requestHash: Buffer;
  /** Where it came from, as limits count it. */
  readonly network: string;
}

const KEY = /^[\x20-\x7e]{1,255}$/;

/** The call of a route, which is named such as `POST /checkout`; 400 for a key that is none. */
export const CurrentCall = createParamDecorator((route: string, context: ExecutionContext): IdempotentCall => {
  const request = context.switchToHttp().getRequest<JsonApiHttpRequest & ClientRequest>();
  const key = headerOf(request, 'idempotency-key');
  if (key !== undefined && !KEY.test(key)) throw new ApiException(IDEMPOTENCY_ERRORS.invalidKey);
  const { network } = request.client;
  if (key === undefined) return { key, route, requestHash: Buffer.alloc(0), network };
  const requestHash = createHash('sha256').update(canonicalJson(request.body)).digest();
  return { key, route, requestHash, network };
});

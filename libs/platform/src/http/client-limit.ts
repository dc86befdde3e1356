import rateLimit from '@fastify/rate-limit';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { ApiException, type ApiErrorRow } from '#json-api';

const WINDOW_MS = 60_000;
/** What a client has left is nobody's business; a refusal has `Retry-After`. */
const NO_FIGURES = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };

/** Who asks too often is answered 429 with `Retry-After`, before the body is read. */
export const CLIENT_LIMIT_ERROR = {
  status: 429,
  detail: 'Too many requests from your address.',
} as const satisfies ApiErrorRow;

/** For public routes that cost hashing, mail or rows: each client address has an allowance of requests a minute. */
export const LimitedByClient = (): MethodDecorator => RouteConfig({ rateLimit: {} });

/** Counts in this process, for each route of its own, what `LimitedByClient` marks. To be called before there are routes. */
export async function useClientLimit(fastify: FastifyInstance, ratePerMinute: number): Promise<void> {
  if (ratePerMinute === 0) return;
  await fastify.register(rateLimit, {
    global: false,
    max: ratePerMinute,
    timeWindow: WINDOW_MS,
    keyGenerator: ({ client }) => client.network,
    addHeaders: NO_FIGURES,
    addHeadersOnExceeding: NO_FIGURES,
    errorResponseBuilder: () => new ApiException(CLIENT_LIMIT_ERROR),
  });
}

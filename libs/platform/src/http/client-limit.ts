import rateLimit from '@fastify/rate-limit';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { ApiException, type ApiErrorRow } from '#json-api';

const WINDOW_MS = 60_000;
/** Responses do not show how many requests are left. A refusal has `Retry-After`. */
const NO_FIGURES = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };

/** The error for too many requests, with `Retry-After`. It is sent before the body is read. */
export const CLIENT_LIMIT_ERROR = {
  status: 429,
  detail: 'Too many requests from your address.',
} as const satisfies ApiErrorRow;

/**
 * Limits requests for each client address and minute. For public routes that are costly: they hash, send mail or store
 * rows.
 */
export const LimitedByClient = (): MethodDecorator => RouteConfig({ rateLimit: {} });

/**
 * Counts requests to routes marked with `LimitedByClient`, in this process, separately for each route. Call it before
 * routes are registered.
 */
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

import rateLimit from '@fastify/rate-limit';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { ApiException, type ApiErrorRow } from '#json-api';

const WINDOW_MS = 60_000;
/** Responses do not show how many requests are left. A refusal has `Retry-After`. */
const NO_FIGURES = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };

/** The error for too many requests, with `Retry-After`. It is sent before the body is read. */
export const CLIENT_LIMIT_ERROR = {
  status: 429,
  detail: 'Too many requests from your address.',
} as const satisfies ApiErrorRow;

/** What public requests that cost something are for: they hash, send mail or store rows. */
export type ClientAllowance =
  'sign-in' | 'refresh' | 'registration' | 'confirmation' | 'forgotten-password' | 'new-password' | 'guest-cart';

/**
 * Limits requests for each client address and minute. All routes of an app with the same allowance count together, so
 * that there are not several ways to guess a password.
 */
export const LimitedByClient = (clientAllowance: ClientAllowance): MethodDecorator => RouteConfig({ clientAllowance });

/** @param config of a route of Fastify */
export function allowanceOf(config: object = {}): ClientAllowance | undefined {
  return (config as { readonly clientAllowance?: ClientAllowance }).clientAllowance;
}

/** Counts requests to routes marked with `LimitedByClient`, in this process. Call it before routes are registered. */
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
  // the plugin's own configuration of routes would count each route separately
  const limits = new Map<ClientAllowance, onRequestHookHandler>();
  fastify.addHook('onRoute', (route) => {
    const clientAllowance = allowanceOf(route.config);
    if (!clientAllowance) return;
    const limit = limits.get(clientAllowance) ?? (fastify.rateLimit({}) as onRequestHookHandler);
    limits.set(clientAllowance, limit);
    route.onRequest = [...[route.onRequest ?? []].flat(), limit];
  });
}

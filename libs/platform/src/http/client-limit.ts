import rateLimit from '@fastify/rate-limit';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiException, type ApiErrorRow } from '#json-api';

const WINDOW_MS = 60_000;
/** Responses do not show how many requests are left. A refusal has `Retry-After`. */
const NO_FIGURES = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };

/** The error for too many requests, with `Retry-After`. It is sent before the body is read, if not the body decides. */
export const CLIENT_LIMIT_ERROR = {
  status: 429,
  detail: 'Too many requests from your address.',
} as const satisfies ApiErrorRow;

/** What public requests that cost something are for: they hash, send mail or store rows. */
export type ClientAllowance =
  'sign-in' | 'refresh' | 'registration' | 'confirmation' | 'forgotten-password' | 'new-password' | 'guest-cart';

/** What a request with this body is for, where one route serves several things. The body of a request can be anything. */
export type AllowanceOfBody = (body: unknown) => ClientAllowance | undefined;

/**
 * Limits requests for each client address and minute. All routes of an app with the same allowance count together, so
 * that there are not several ways to guess a password.
 */
export const LimitedByClient = (clientAllowance: ClientAllowance | AllowanceOfBody): MethodDecorator =>
  RouteConfig({ clientAllowance });

/** @param config of a route of Fastify */
export function allowanceOf(config: object = {}): ClientAllowance | AllowanceOfBody | undefined {
  return (config as { readonly clientAllowance?: ClientAllowance | AllowanceOfBody }).clientAllowance;
}

type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

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
  const limits = new Map<ClientAllowance, Limit>();
  const limitOf = (allowance: ClientAllowance): Limit => {
    const limit = limits.get(allowance) ?? (fastify.rateLimit({}) as Limit);
    limits.set(allowance, limit);
    return limit;
  };
  fastify.addHook('onRoute', (route) => {
    const allowance = allowanceOf(route.config);
    if (typeof allowance === 'string') route.onRequest = [...[route.onRequest ?? []].flat(), limitOf(allowance)];
    if (typeof allowance !== 'function') return;
    const limit: Limit = async (request, reply) => {
      const ofBody = allowance(request.body);
      if (ofBody) await limitOf(ofBody)(request, reply);
    };
    route.preHandler = [...[route.preHandler ?? []].flat(), limit];
  });
}

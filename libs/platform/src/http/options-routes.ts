import type { FastifyInstance } from 'fastify';
import { JSON_API_MEDIA_TYPE } from '#json-api';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

interface RouteConfig {
  /** True for routes that only answer methods which the path does not have. */
  readonly isMissing?: boolean;
}

/** The methods of each route by its path pattern. */
export type RouteMethods = ReadonlyMap<string, ReadonlySet<string>>;

/** Adds OPTIONS to every route. It answers the route's methods in `Allow`. */
export function useOptionsRoutes(fastify: FastifyInstance, status: 200 | 204): RouteMethods {
  const methods = new Map<string, Set<string>>();
  // lets a test compare the app's routes with a list
  fastify.decorate('routeMethods', methods);
  fastify.addHook('onRoute', ({ url: pattern, method, config }) => {
    if ((config as RouteConfig | undefined)?.isMissing) return;
    const url = pattern.replace(/(?<=.)\/+$/, ''); // the router ignores a trailing slash
    const names = [method].flat().filter((name) => name !== 'OPTIONS');
    if (names.length === 0 || url.includes('*')) return;
    const known = methods.get(url);
    if (known) return names.forEach((name) => known.add(name));
    const added = new Set(['OPTIONS', ...names]);
    methods.set(url, added);
    fastify.options(url, (_request, reply) =>
      reply
        .header('allow', [...added].toSorted().join(', '))
        .code(status)
        .send(),
    );
  });
  return methods;
}

/**
 * Answers a method that a route does not have with 404 and this document, which can differ from that of a missing
 * route.
 */
export function useMissingMethods(fastify: FastifyInstance, routes: RouteMethods, document: object): void {
  for (const [url, known] of routes) {
    const method = METHODS.filter((name) => !known.has(name));
    if (method.length > 0) {
      fastify.route({
        url,
        method,
        config: { isMissing: true } satisfies RouteConfig,
        handler: (_request, reply) => reply.code(404).header('content-type', JSON_API_MEDIA_TYPE).send(document),
      });
    }
  }
}

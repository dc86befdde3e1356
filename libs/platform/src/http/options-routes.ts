import type { FastifyInstance } from 'fastify';

/** OPTIONS on every route answers its methods in `Allow`. */
export function useOptionsRoutes(fastify: FastifyInstance, status: 200 | 204): void {
  const methods = new Map<string, Set<string>>();
  fastify.addHook('onRoute', ({ url, method }) => {
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
}

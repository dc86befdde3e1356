import type { FastifyInstance } from 'fastify';
import { clientAddressOf, type ClientAddress } from './client-address.js';
import { redactedPath } from '../logging/redacted-path.js';
import { requestContext } from '../logging/request-context.js';

declare module 'fastify' {
  interface FastifyRequest {
    client: ClientAddress;
  }
}

/** Logs one line for each answered request; for health checks at level debug. */
export function useRequestLog(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    request.client = clientAddressOf(request.ip);
    const userAgent = request.headers['user-agent'];
    const context = { requestId: request.id, client: request.client, ...(userAgent !== undefined && { userAgent }) };
    requestContext.run(context, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const path = redactedPath(request.url);
    const line = {
      event: 'request.completed',
      requestId: request.id,
      method: request.method,
      path,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      clientAddress: request.client.address,
    };
    fastify.log[path.startsWith('/health') ? 'debug' : 'info'](line);
    done();
  });
}

import type { FastifyInstance, FastifyReply } from 'fastify';
import { JSON_API_MEDIA_TYPE } from '#json-api';

const STRICT_TRANSPORT_SECURITY = 'max-age=31536000; includeSubDomains';
const PERMISSIONS_POLICY = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';

/**
 * Writes what existing clients compare literally, and what Node or Fastify would write differently (contract: section
 * 4, point 1).
 */
export function useWireFormat(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).header('permissions-policy', PERMISSIONS_POLICY);
    if (request.protocol === 'https') void reply.header('strict-transport-security', STRICT_TRANSPORT_SECURITY);
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    exactContentType(reply);
    if (reply.statusCode === 422) reply.raw.statusMessage = 'Unprocessable Content';
    done(null, payload);
  });
}

function exactContentType(reply: FastifyReply): void {
  const type = reply.getHeader('content-type');
  if (reply.statusCode === 204) reply.removeHeader('content-type');
  else if (typeof type === 'string' && type.startsWith(JSON_API_MEDIA_TYPE)) {
    void reply.header('content-type', JSON_API_MEDIA_TYPE);
  } else if (typeof type === 'string' && type.startsWith('application/json')) {
    void reply.header('content-type', 'application/json');
  }
}

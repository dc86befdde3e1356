import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parse as parseForm } from 'node:querystring';

const KNOWN_VENDOR_TYPE = /^application\/vnd\.api\+json\b/i;
const VENDOR_TYPE = /^application\/vnd\.api\+/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;

/**
 * Bodies are JSON whatever their type says, but for forms; `application/vnd.api+<other>` is 415.
 *
 * A body that cannot be read is left undefined: the complaint comes after the token and the second factor were checked.
 */
export function useBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) =>
    done(null, parsed(request, String(body))),
  );
  fastify.addHook('onRequest', (request, _reply, done) => {
    const type = request.headers['content-type'] ?? '';
    const unsupported = VENDOR_TYPE.test(type) && !KNOWN_VENDOR_TYPE.test(type);
    done(unsupported ? Object.assign(new Error('Unsupported media type.'), { statusCode: 415 }) : undefined);
  });
}

function parsed(request: FastifyRequest, body: string): unknown {
  if (FORM_TYPE.test(request.headers['content-type'] ?? '')) return { ...parseForm(body) };
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

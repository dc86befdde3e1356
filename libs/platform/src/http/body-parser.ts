import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parse as parseForm } from 'node:querystring';
import { ApiException, GENERIC_ERRORS } from '#json-api';

const KNOWN_VENDOR_TYPE = /^application\/vnd\.api\+json\b/i;
const VENDOR_TYPE = /^application\/vnd\.api\+/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;

/** RFC 9110, section 15.5.16. */
const COMPRESSED = new ApiException(GENERIC_ERRORS.unsupportedMediaType, { 'accept-encoding': 'identity' });

/**
 * Parses bodies as JSON, whatever their type, except forms. `application/vnd.api+<other>` gets 415.
 *
 * An unreadable body becomes undefined: its error must come after the checks of token and second factor.
 */
export function useBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) =>
    done(null, parsed(request, body as Buffer)),
  );
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { 'content-type': type, 'content-encoding': encoding } = request.headers;
    if (request.is404) return done();
    if (encoding && encoding.toLowerCase() !== 'identity') return done(COMPRESSED);
    if (type === undefined) return done();
    const unsupported = VENDOR_TYPE.test(type) && !KNOWN_VENDOR_TYPE.test(type);
    // Fastify would refuse values that are not media types, such as an empty header
    if (!VENDOR_TYPE.test(type) && !FORM_TYPE.test(type)) request.headers['content-type'] = 'application/json';
    done(unsupported ? Object.assign(new Error('Unsupported media type.'), { statusCode: 415 }) : undefined);
  });
}

function parsed(request: FastifyRequest, bytes: Buffer): unknown {
  const body = textOf(bytes);
  if (body === undefined) return undefined;
  // clients of the token endpoint send JSON with either type (contract: resources, section 1.7)
  const isForm = FORM_TYPE.test(request.headers['content-type'] ?? '') && !/^\s*\{/.test(body);
  if (isForm) return { ...parseForm(body) };
  if (isTooDeep(body)) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return hasHalfCharacter(body, value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/**
 * Removes a byte order mark, which some clients send first.
 *
 * @returns undefined if the bytes are not UTF-8
 */
function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/** Finds half of a surrogate pair: it is not a character, and the database would store a different one. */
function hasHalfCharacter(json: string, value: unknown): boolean {
  // JSON.stringify writes complete pairs as characters, so only halves remain escaped
  return SURROGATE_ESCAPE.test(json) && SURROGATE_ESCAPE.test(JSON.stringify(value));
}

/** No resource has a deeper body. Recursive code could overflow the stack on one. */
const MAXIMUM_DEPTH = 100;

/** Whether JSON is nested too deeply. Brackets inside strings do not count. */
function isTooDeep(json: string): boolean {
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]+|\\.)*"?|[[\]{}]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > MAXIMUM_DEPTH) return true;
  }
  return false;
}

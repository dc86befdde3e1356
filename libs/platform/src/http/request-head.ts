import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiException, GENERIC_ERRORS } from '#json-api';

/** A host name, an IPv4 address, or an IPv6 address in brackets; and a port. */
const AUTHORITY = /^(?:\[([^\]]*)\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i;
const LAST_PORT = 65_535;

/**
 * Refuses a request that does not say where it goes, or says it in more than one way (RFC 9112, section 3.2): links are
 * made of its host.
 */
export function useRequestHead(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) =>
    done(isReadable(request) ? undefined : new ApiException(GENERIC_ERRORS.invalidRequest)),
  );
}

function isReadable(request: FastifyRequest): boolean {
  const { rawHeaders, httpVersion } = request.raw;
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  const isHostKnown = hosts === 1 ? isAuthority(request.host) : hosts === 0 && httpVersion === '1.0';
  const isSchemeKnown = request.protocol === 'http' || request.protocol === 'https';
  // clients keep fragments to themselves; a router that cut one off would serve another path than was checked
  return isHostKnown && isSchemeKnown && !request.url.includes('#');
}

function isAuthority(host: string): boolean {
  const [match, address, port = '0'] = AUTHORITY.exec(host) ?? [];
  return match !== undefined && (address === undefined || isIPv6(address)) && Number(port) <= LAST_PORT;
}

/**
 * The path of a request that names the whole URL, as clients do to proxies; its host counts in place of the
 * header's (RFC 9112, section 3.2.2), and is looked at with the rest of the head.
 */
export function pathOf(request: IncomingMessage): string {
  const { url = '/', headers } = request;
  const [whole, authority = '', path = ''] = /^https?:\/\/([^/?#]*)([^]*)$/i.exec(url) ?? [];
  if (whole === undefined) return url;
  headers.host = authority;
  return path.startsWith('/') ? path : `/${path}`;
}

import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiException, GENERIC_ERRORS } from '#json-api';

/** A host name, an IPv4 address, or an IPv6 address in brackets; optionally with a port. */
const AUTHORITY = /^(?:\[([^\]]*)\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i;
const LAST_PORT = 65_535;

/** Refuses a request whose host is missing or ambiguous (RFC 9112, section 3.2), because the host is used in links. */
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
  // clients do not send fragments; a router that removed one would serve another path than the one that was checked
  return isHostKnown && isSchemeKnown && !request.url.includes('#');
}

function isAuthority(host: string): boolean {
  const [match, address, port = '0'] = AUTHORITY.exec(host) ?? [];
  return match !== undefined && (address === undefined || isIPv6(address)) && Number(port) <= LAST_PORT;
}

/**
 * The path of a request with a whole URL, as clients send it to proxies. The URL's host replaces that of the header
 * (RFC 9112, section 3.2.2) and is checked with the rest of the head.
 */
export function pathOf(request: IncomingMessage): string {
  const { url = '/', headers } = request;
  const [whole, authority = '', path = ''] = /^https?:\/\/([^/?#]*)([^]*)$/i.exec(url) ?? [];
  if (whole === undefined) return url;
  headers.host = authority;
  return path.startsWith('/') ? path : `/${path}`;
}

import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import {
  errorDocument,
  GENERIC_ERRORS,
  JSON_API_MEDIA_TYPE,
  type ApiErrorRow,
  type ExceptionFilterOptions,
} from '#json-api';

/** The format of this app's errors. */
type ErrorFormat = Pick<ExceptionFilterOptions, 'withMessage'>;

/** Headers for responses that are sent before the framework's hooks, which otherwise add them. */
const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

/** Answers 404 to a URL that the router cannot parse. */
export function answerUnreadableUrl(reply: FastifyReply, { notFound, withMessage }: ExceptionFilterOptions): void {
  const document = errorDocument([notFound ?? GENERIC_ERRORS.notFound], { withMessage });
  // bytes, because Fastify adds a charset to text
  void reply
    .code(404)
    .headers({ ...SECURITY_HEADERS, 'content-type': JSON_API_MEDIA_TYPE, 'x-request-id': reply.request.id })
    .send(Buffer.from(JSON.stringify(document)));
}

/** How long a refused client may read the response before the connection is destroyed. */
const LINGER_MS = 1000;

const ROWS_OF_CODES: Readonly<Record<string, ApiErrorRow>> = {
  HPE_HEADER_OVERFLOW: GENERIC_ERRORS.headersTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: GENERIC_ERRORS.requestTimeout,
};

/** Answers a request that is not HTTP, is too large or too slow. It never reaches the framework. */
export function answerUnreadableRequest(error: { code?: string }, socket: Socket, options: ErrorFormat): void {
  answerOnSocket(socket, ROWS_OF_CODES[error.code ?? ''] ?? GENERIC_ERRORS.invalidRequest, options);
}

/** Adds error documents where Node would answer without one, or close the connection. */
export function useUnreadableRequests(server: Server, options: ErrorFormat): void {
  server.on('connect', (_request, socket: Socket) => answerOnSocket(socket, GENERIC_ERRORS.notImplemented, options));
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    const { status, headers, body } = answerOf(GENERIC_ERRORS.expectationFailed, options);
    response.writeHead(status, headers).end(body);
  });
}

function answerOnSocket(socket: Socket, row: ApiErrorRow, options: ErrorFormat): void {
  if (!socket.writable) return void socket.destroy();
  const { status, headers, body } = answerOf(row, options);
  const head = [
    `HTTP/1.1 ${status} ${row.detail}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.on('error', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // a client that never closes its side would keep the socket open forever
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

function answerOf(row: ApiErrorRow, { withMessage }: ErrorFormat) {
  const body = JSON.stringify(errorDocument([row], { withMessage }));
  const format = { 'content-type': JSON_API_MEDIA_TYPE, 'content-length': String(Buffer.byteLength(body)) };
  return { status: row.status, headers: { ...SECURITY_HEADERS, ...format, connection: 'close' }, body };
}

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

/** How this app writes errors. */
type ErrorFormat = Pick<ExceptionFilterOptions, 'withMessage'>;

/** These answers are made before the framework's hooks, which add the others. */
const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

/** A URL that the router cannot read leads nowhere. */
export function answerUnreadableUrl(reply: FastifyReply, { notFound, withMessage }: ExceptionFilterOptions): void {
  const document = errorDocument([notFound ?? GENERIC_ERRORS.notFound], { withMessage });
  // bytes, because text would get a charset
  void reply
    .code(404)
    .headers({ ...SECURITY_HEADERS, 'content-type': JSON_API_MEDIA_TYPE, 'x-request-id': reply.request.id })
    .send(Buffer.from(JSON.stringify(document)));
}

/** How long a client that was refused may read the answer, before the connection is gone. */
const LINGER_MS = 1000;

const ROWS_OF_CODES: Readonly<Record<string, ApiErrorRow>> = {
  HPE_HEADER_OVERFLOW: GENERIC_ERRORS.headersTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: GENERIC_ERRORS.requestTimeout,
};

/** A request that is no HTTP, or too large, or too slow, never becomes one of the framework's. */
export function answerUnreadableRequest(error: { code?: string }, socket: Socket, options: ErrorFormat): void {
  answerOnSocket(socket, ROWS_OF_CODES[error.code ?? ''] ?? GENERIC_ERRORS.invalidRequest, options);
}

/** What Node answers or ends by itself, without a document. */
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
  // whoever never closes the own end would keep the descriptor for ever
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

function answerOf(row: ApiErrorRow, { withMessage }: ErrorFormat) {
  const body = JSON.stringify(errorDocument([row], { withMessage }));
  const format = { 'content-type': JSON_API_MEDIA_TYPE, 'content-length': String(Buffer.byteLength(body)) };
  return { status: row.status, headers: { ...SECURITY_HEADERS, ...format, connection: 'close' }, body };
}

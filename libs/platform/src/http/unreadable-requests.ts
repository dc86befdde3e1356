import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import { errorDocument, GENERIC_ERRORS, JSON_API_MEDIA_TYPE, type ExceptionFilterOptions } from '#json-api';

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

/** A request that is no HTTP, or whose headers are too large, never becomes one of the framework's. */
export function answerUnreadableRequest(error: { code?: string }, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const row = error.code === 'HPE_HEADER_OVERFLOW' ? GENERIC_ERRORS.headersTooLarge : GENERIC_ERRORS.invalidRequest;
  const body = JSON.stringify(errorDocument([row]));
  const headers = { ...SECURITY_HEADERS, 'content-type': JSON_API_MEDIA_TYPE, connection: 'close' };
  const head = [
    `HTTP/1.1 ${row.status} ${row.detail}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const ALLOWED_HEADERS = [
  'Authorization',
  'Content-Type',
  'Accept-Language',
  'X-MFA-Code',
  'If-Match',
  'Idempotency-Key',
  'X-Agent-Authorization',
  'X-Anonymous-Customer-Unique-Id',
];
const EXPOSED_HEADERS = ['ETag', 'Retry-After', 'X-Request-Id', 'Content-Language'];

/** Allows cross-origin requests from the configured origins only. Default: none (contract: section 4, point 14). */
export function useCors(app: NestFastifyApplication, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const options = {
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: ALLOWED_HEADERS,
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: 600,
  };
  app.enableCors({
    delegator: (request, done) =>
      // the route itself answers an OPTIONS request that is not a preflight
      done(null, { ...options, preflight: request.headers['access-control-request-method'] !== undefined }),
  });
}

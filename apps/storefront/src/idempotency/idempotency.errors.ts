import type { ApiErrorRow } from '#json-api';

/** Errors of the header `Idempotency-Key`. */
export const IDEMPOTENCY_ERRORS = {
  invalidKey: { status: 400, detail: 'The Idempotency-Key must have 1 to 255 printable characters.' },
  otherRequest: { status: 422, detail: 'The Idempotency-Key was used with another request.' },
  /** With `Retry-After`. */
  tooMany: { status: 429, detail: 'Too many requests with an Idempotency-Key.' },
} as const satisfies Record<string, ApiErrorRow>;

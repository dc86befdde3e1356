import type { ApiErrorRow } from '#json-api';

/** Errors for callers who may not use a resource. */
export const ACCESS_ERRORS = {
  /** A valid token that is not the customer's: of an agent, or of another customer. */
  notCustomer: { status: 403, code: '411', detail: 'Unauthorized request.' },
  missingGuestId: { status: 400, code: '109', detail: 'Anonymous customer unique id is empty.' },
} as const satisfies Record<string, ApiErrorRow>;

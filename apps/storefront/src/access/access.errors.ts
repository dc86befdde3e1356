import type { ApiErrorRow } from '#json-api';

/** Errors of callers that a resource is not for. */
export const ACCESS_ERRORS = {
  /** A valid token of somebody who is no customer, such as an agent's own, or of another one. */
  notCustomer: { status: 403, code: '411', detail: 'Unauthorized request.' },
  missingGuestId: { status: 400, code: '109', detail: 'Anonymous customer unique id is empty.' },
} as const satisfies Record<string, ApiErrorRow>;

import type { ApiErrorRow } from '#json-api';

/** Errors about accounts that both apps use (contract: resources, section 2.1). */
export const ACCOUNT_ERRORS = {
  customerNotFound: { status: 404, code: '402', detail: 'Customer not found.' },
} as const satisfies Record<string, ApiErrorRow>;

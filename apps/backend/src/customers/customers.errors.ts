import type { ApiErrorRow } from '#json-api';

/** Errors of customers; the same as in the storefront (contract: resources, section 2.2). */
export const CUSTOMER_ERRORS = {
  notFound: { status: 404, code: '402', detail: 'Customer not found.' },
} as const satisfies Record<string, ApiErrorRow>;

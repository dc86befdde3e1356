import type { ApiErrorRow } from '#json-api';

/** Errors of order payments (contract: resources, section 2.6). */
export const ORDER_PAYMENT_ERRORS = {
  notUpdated: { status: 422, code: '2401', detail: 'Order payment is not updated.' },
} as const satisfies Record<string, ApiErrorRow>;

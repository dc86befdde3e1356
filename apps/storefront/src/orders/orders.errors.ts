import type { ApiErrorRow } from '#json-api';

/** Errors of orders (contract: resources, section 3.1). */
export const ORDER_ERRORS = {
  /** Also answered for somebody else's order. */
  notFound: { status: 404, code: '801', detail: "Can't find order by the given order reference" },
  unauthorized: { status: 403, code: '802', detail: 'Unauthorized request.' },
} as const satisfies Record<string, ApiErrorRow>;

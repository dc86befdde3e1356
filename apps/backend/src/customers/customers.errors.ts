import { ACCOUNT_ERRORS } from '#auth';
import type { ApiErrorRow } from '#json-api';

/** Errors of customers, the same as in the storefront (contract: resources, section 2.2). */
export const CUSTOMER_ERRORS = {
  notFound: ACCOUNT_ERRORS.customerNotFound,
} as const satisfies Record<string, ApiErrorRow>;

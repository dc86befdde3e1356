import { ACCOUNT_ERRORS } from '#auth';
import type { ApiErrorRow } from '#json-api';
import { ACCESS_ERRORS } from '../access/access.errors.js';

/** Errors of addresses (contract: resources, section 2.3). */
export const ADDRESS_ERRORS = {
  customerNotFound: ACCOUNT_ERRORS.customerNotFound,
  notFound: { status: 404, code: '404', detail: 'Address was not found.' },
  notSaved: { status: 400, code: '409', detail: 'Failed to save customer address.' },
  unauthorized: ACCESS_ERRORS.notCustomer,
} as const satisfies Record<string, ApiErrorRow>;

/** The error 422 / 409: the customer has the maximum number of addresses. */
export function tooManyAddresses(limit: number): ApiErrorRow {
  const { code } = ADDRESS_ERRORS.notSaved;
  return { status: 422, code, detail: `No more than ${limit} addresses can be kept. Please delete one first.` };
}

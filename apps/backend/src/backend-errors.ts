import type { ApiErrorRow } from '#json-api';

/** Errors that every resource of the backend app can answer (contract: resources, sections 1.7 and 3.2). */
export const BACKEND_ERRORS = {
  unauthorized: { status: 401, detail: 'Unauthorized request.' },
  missingAccessToken: { status: 401, code: '002', detail: 'Missing access token.' },
  forbidden: { status: 403, detail: 'Forbidden.' },
  notFound: { status: 404, code: '007', detail: 'Not found' },
  missingMethod: { status: 404, code: '008', detail: 'Method does not exist' },
  /** The account in the path of a child resource does not exist. */
  missingCustomer: { status: 404, code: '009', detail: 'Customer not found.' },
  missingUser: { status: 404, code: '009', detail: 'User not found.' },
  unsupportedAccept: { status: 415, code: '010', detail: 'Unsupported `Accept` format used.' },
} as const satisfies Record<string, ApiErrorRow>;

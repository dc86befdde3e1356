import type { ApiErrorRow } from './api-error.js';

/** Errors that any resource can answer. Most have no code (contract: sections 2 and 3). */
export const GENERIC_ERRORS = {
  invalidType: { status: 400, detail: 'Invalid type.' },
  invalidDocument: { status: 400, detail: 'Post data is invalid.' },
  missingId: { status: 400, detail: 'Resource id is not specified.' },
  invalidPagination: { status: 400, detail: 'Pagination parameters are invalid.' },
  /** A page of a long list that is beyond what can be paged to. */
  pageTooDeep: {
    status: 400,
    detail: 'Pagination parameters are invalid. A long list is not shown that far. Please use filters.',
  },
  /** A filter without the form `filter[resource.property]=value`. */
  invalidFilter: {
    status: 400,
    code: '011',
    detail: 'Unsupported `Filter` format is used. Please use `filter[resource.property]` ',
  },
  /** A guard has refused the request, and says no more. */
  forbidden: { status: 403, detail: 'Forbidden' },
  /** Another site has made a browser send the request. */
  foreignOrigin: { status: 403, detail: 'Requests from this origin are not allowed.' },
  notFound: { status: 404, detail: 'Not Found' },
  notAcceptable: { status: 406, detail: 'Not acceptable.' },
  ifMatchMissing: { status: 428, code: '005', detail: 'If-Match header is missing.' },
  ifMatchFailed: { status: 412, code: '006', detail: 'If-Match header value is invalid.' },
  payloadTooLarge: { status: 413, detail: 'Payload too large.' },
  unsupportedMediaType: { status: 415, detail: 'Unsupported media type.' },
  invalidRequest: { status: 400, detail: 'Bad Request' },
  requestTimeout: { status: 408, detail: 'Request Timeout' },
  expectationFailed: { status: 417, detail: 'Expectation Failed' },
  headersTooLarge: { status: 431, detail: 'Request Header Fields Too Large' },
  internal: { status: 500, detail: 'Internal Server Error', level: 'error' },
  notImplemented: { status: 501, detail: 'Not Implemented' },
  unavailable: { status: 503, detail: 'Service temporarily unavailable. Please try again.', level: 'error' },
} as const satisfies Record<string, ApiErrorRow>;

/** The error of an attribute rule: 422 / 901 (contract: section 3.1). */
export function violation(path: string, message: string): ApiErrorRow {
  return { status: 422, code: '901', detail: `${path} => ${message}` };
}

/** The log level of an expected refusal: `debug` for mistakes of clients, `warn` for what an operator should see. */
export type ApiErrorLevel = 'debug' | 'info' | 'warn' | 'error';

/**
 * A row of an error table. `status` is the HTTP status, `code` the contract's number as a string (absent for generic
 * errors), `detail` the exact English text of the contract.
 */
export interface ApiErrorRow {
  readonly status: number;
  readonly code?: string;
  readonly detail: string;
  readonly level?: ApiErrorLevel;
}

/** An error of the endpoints that answer errors as a bare array in plain JSON (contract: sections 1.7 and 1.8). */
export interface BareError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/**
 * A member of `errors` in an error document. The order of the members is that of the output (contract: sections 3.1 and
 * 5).
 */
export interface ApiErrorObject {
  status: number;
  code?: string;
  detail: string;
  message?: string;
  meta?: Record<string, unknown>;
}

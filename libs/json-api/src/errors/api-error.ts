/** The log level of an expected refusal: `debug` for client mistakes, `warn` for what an operator should see. */
export type ApiErrorLevel = 'debug' | 'info' | 'warn' | 'error';

/**
 * One row of an error table.
 * `status` is the HTTP status, `code` the contract's number as a string (absent on generic errors),
 * `detail` the exact English text of the contract.
 */
export interface ApiErrorRow {
  readonly status: number;
  readonly code?: string;
  readonly detail: string;
  readonly level?: ApiErrorLevel;
}

/** An error of the endpoints whose errors are bare arrays in plain JSON (contract: sections 1.7 and 1.8). */
export interface BareError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** A member of `errors` in an error document, in the order in which it is printed (contract: sections 3.1 and 5). */
export interface ApiErrorObject {
  status: number;
  code?: string;
  detail: string;
  message?: string;
  meta?: Record<string, unknown>;
}

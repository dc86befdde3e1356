import { HttpException } from '@nestjs/common';
import type { ApiErrorRow } from './api-error.js';
import { errorDocument } from './error-document.js';

/**
 * Refuses a request with one or more rows of an error table.
 *
 * The HTTP status is that of the last row (contract: section 3.1). The response body is already an error document, so
 * an application without `JsonApiExceptionFilter` answers the right status and errors too.
 */
export class ApiException extends HttpException {
  readonly rows: readonly ApiErrorRow[];

  /**
   * @param headers additional response headers, such as `Retry-After` in seconds
   * @param explanation only for the log, if the rows do not say enough
   */
  constructor(
    rows: ApiErrorRow | readonly [ApiErrorRow, ...ApiErrorRow[]],
    readonly headers: Readonly<Record<string, string>> = {},
    readonly explanation?: string,
  ) {
    const list: readonly ApiErrorRow[] = 'detail' in rows ? [rows] : rows;
    super(errorDocument(list), last(list));
    this.rows = list;
  }
}

function last(rows: readonly ApiErrorRow[]): number {
  return rows[rows.length - 1]?.status ?? 400;
}

/** The header `Retry-After` for a time in the future, in whole seconds, at least one. */
export function retryAfter(until: Date, now: Date): Record<string, string> {
  return { 'retry-after': String(Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))) };
}

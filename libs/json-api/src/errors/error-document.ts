import type { ApiErrorObject, ApiErrorRow } from './api-error.js';

export interface ErrorDocumentOptions {
  /** Repeats `detail` as `message`, which clients of the backend app read. */
  readonly withMessage?: boolean | undefined;
  readonly requestId?: string | undefined;
}

/** Writes the document of one or more errors (contract: section 3.1). */
export function errorDocument(
  rows: readonly ApiErrorRow[],
  { withMessage, requestId }: ErrorDocumentOptions = {},
): { errors: ApiErrorObject[] } {
  const errors = rows.map(({ status, code, detail }) => ({
    detail,
    ...(withMessage && { message: detail }),
    status,
    ...(code && { code }),
    ...(requestId && { meta: { requestId } }),
  }));
  return { errors };
}

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
    status,
    ...(code && { code }),
    detail,
    ...(withMessage && { message: detail }),
    ...(requestId && { meta: { requestId } }),
  }));
  return { errors };
}

import { ApiException } from '../errors/api-exception.js';
import { GENERIC_ERRORS } from '../errors/generic-errors.js';
import { MOST_LISTED } from './list-bound.js';

/** Offset and limit as numbers of entries. `limit` is undefined if the client sent none. */
export interface Page {
  readonly offset: number;
  readonly limit?: number;
}

/** The largest page size. */
export const MAX_LIMIT = 1000;

const BOUNDED = { byDefault: 20, atMost: 100 };

/**
 * Reads `page[offset]` and `page[limit]`. Both are optional. Offsets above `MOST_LISTED` are reduced to it, because no
 * list has a page there.
 *
 * @throws ApiException 400 `Pagination parameters are invalid.` if a value is not a whole number in range
 */
export function parsePage(query: Record<string, unknown>): Page {
  const offset = wholeNumber(query['page[offset]']);
  const limit = wholeNumber(query['page[limit]']);
  if (limit === 0) throw new ApiException(GENERIC_ERRORS.invalidPagination);
  return {
    offset: Math.min(offset ?? 0, MOST_LISTED),
    ...(limit !== undefined && { limit: Math.min(limit, MAX_LIMIT) }),
  };
}

/**
 * Reads the page of a list that is always paginated: 20 entries, or up to 100 if the client asks for more.
 *
 * @param byDefault the page size if the client sends none
 * @throws ApiException 400 `Pagination parameters are invalid.`
 */
export function parseBoundedPage(
  query: Record<string, unknown>,
  byDefault: number = BOUNDED.byDefault,
): Required<Page> {
  const { offset, limit = byDefault } = parsePage(query);
  return { offset, limit: Math.min(limit, BOUNDED.atMost) };
}

function wholeNumber(value: unknown): number | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || !/^\d{1,9}$/.test(value)) throw new ApiException(GENERIC_ERRORS.invalidPagination);
  return Number(value);
}

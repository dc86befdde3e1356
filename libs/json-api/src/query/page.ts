import { ApiException } from '../errors/api-exception.js';
import { GENERIC_ERRORS } from '../errors/generic-errors.js';
import { MOST_LISTED } from './list-bound.js';

/** Offset and limit in items; `limit` is undefined where the client named none. */
export interface Page {
  readonly offset: number;
  readonly limit?: number;
}

/** The largest page that one request may ask for. */
export const MAX_LIMIT = 1000;

const BOUNDED = { byDefault: 20, atMost: 100 };

/**
 * Reads `page[offset]` and `page[limit]`; either may be missing or empty. Offsets behind `MOST_LISTED` are the same: no
 * list has a page there.
 *
 * @throws ApiException 400 `Pagination parameters are invalid.` for anything that is no whole number in range
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
 * The page of a list that may be long and never comes as a whole: of 20, or up to 100 where the client asks for more.
 *
 * @param byDefault where the client names no limit
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

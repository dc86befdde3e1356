import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { MOST_COUNTED } from '#json-api';
import { countRows } from '#sql';

/** The number of rows on all pages of a query, counted up to `MOST_COUNTED`. */
export function boundedCount(query: SelectQueryBuilder<ObjectLiteral>): Promise<number> {
  return countRows(query.clone().select('1').orderBy().offset(undefined).limit(MOST_COUNTED));
}

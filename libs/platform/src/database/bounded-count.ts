import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { MOST_COUNTED } from '#json-api';

/** How many rows a query finds on all pages, counted up to `MOST_COUNTED`. */
export async function boundedCount(query: SelectQueryBuilder<ObjectLiteral>): Promise<number> {
  const rows = query.clone().select('1').orderBy().offset(undefined).limit(MOST_COUNTED);
  const [sql, values] = rows.getQueryAndParameters();
  const [row] = await query.connection.query<{ total: number }[]>(
    `SELECT count(*)::int AS total FROM (${sql}) counted`,
    values,
  );
  return row?.total ?? 0;
}

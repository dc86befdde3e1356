import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { MOST_COUNTED } from '#json-api';

/** How many rows a query finds on all pages, counted up to `MOST_COUNTED`. */
export async function boundedCount(query: SelectQueryBuilder<ObjectLiteral>): Promise<number> {
  const rows = query.clone().select('1').orderBy().offset(undefined).limit(MOST_COUNTED);
  const counted = await query.connection
    .createQueryBuilder()
    .select('count(*)::int', 'total')
    .from(`(${rows.getQuery()})`, 'counted')
    .setParameters(rows.getParameters())
    .getRawOne<{ total: number }>();
  return counted?.total ?? 0;
}

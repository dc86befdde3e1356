import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** The number of rows of a query, within its limit. */
export async function countRows(query: SelectQueryBuilder<ObjectLiteral>): Promise<number> {
  const counted = await query.connection
    .createQueryBuilder()
    .select('count(*)::int', 'total')
    .from(`(${query.getQuery()})`, 'counted')
    .setParameters(query.getParameters())
    .getRawOne<{ total: number }>();
  return counted?.total ?? 0;
}

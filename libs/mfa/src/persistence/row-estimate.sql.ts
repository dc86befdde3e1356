import { run, unprepared, type Source } from '#sql';

const ESTIMATE = unprepared(`
  SELECT coalesce(sum(greatest(reltuples, 0)), 0)::int AS rows FROM pg_class WHERE oid = ANY (:tables::regclass[])`);

/** The number of rows in all the tables, estimated by the database's statistics. */
export async function estimateRows(source: Source, tables: readonly string[]): Promise<number> {
  const [row] = await run<{ rows: number }>(source, ESTIMATE, { tables });
  return row?.rows ?? 0;
}

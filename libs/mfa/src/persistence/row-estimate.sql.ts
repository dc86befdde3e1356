import { run, unprepared, type Source } from '#sql';

const ESTIMATE = unprepared(`
  SELECT coalesce(sum(greatest(reltuples, 0)), 0)::int AS rows FROM pg_class WHERE oid = ANY (:tables::regclass[])`);

/** How many rows tables have together, as the database's statistics estimate it. */
export async function estimateRows(source: Source, tables: readonly string[]): Promise<number> {
  const [row] = await run<{ rows: number }>(source, ESTIMATE, { tables });
  return row?.rows ?? 0;
}

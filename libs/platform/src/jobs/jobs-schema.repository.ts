import type { Pool } from 'pg';

/** The last migration of the library's version that this program has. */
export const KNOWN_SCHEMA = 19;

/** Whether a newer version of the library has changed the schema so that this one would do harm. */
export async function isSchemaTooNew(connections: Pool): Promise<boolean> {
  const { rows } = await connections.query<{ id: number }>(
    `SELECT id FROM graphile_worker.migrations WHERE breaking AND id > $1 LIMIT 1`,
    [KNOWN_SCHEMA],
  );
  return rows.length > 0;
}

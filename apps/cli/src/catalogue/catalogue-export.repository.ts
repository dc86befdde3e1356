import type { Client } from 'pg';
import { KINDS } from './catalogue-kinds.js';

/** How many lines an export of the catalogue has. */
export async function countCatalogue(client: Client): Promise<number> {
  const counts = KINDS.map(({ table }) => `(SELECT count(*) FROM ${table})`);
  const { rows } = await client.query<{ total: number }>(`SELECT (${counts.join(' + ')})::float8 AS total`);
  return rows[0]?.total ?? 0;
}

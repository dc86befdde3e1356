import type { EntityManager } from 'typeorm';
import { insertStatement, referredQuery } from '../kinds/kind.sql.js';
import type { Entry, Kind, Reference } from '../kinds/kind.js';

/** Holds other loaders off until the transaction ends. */
export async function lockDemoData(manager: EntityManager): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('demo data', 0))`);
}

/** @returns those of the keys that were ever loaded */
export async function findLoadedKeys(
  manager: EntityManager,
  list: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await manager.query<{ natural_key: string }[]>(
    `SELECT natural_key FROM demo_data_entry WHERE list = $1 AND natural_key = ANY($2)`,
    [list, keys],
  );
  return new Set(rows.map((row) => row.natural_key));
}

export async function rememberLoaded(manager: EntityManager, list: string, keys: readonly string[]): Promise<void> {
  await manager.query(`INSERT INTO demo_data_entry (list, natural_key) SELECT $1, unnest($2::text[])`, [list, keys]);
}

/** Lets the table's next generated id be greater than all these numbers; it never goes back. */
export async function continueIdsBehind(manager: EntityManager, table: string, ids: readonly number[]): Promise<void> {
  await manager.query(
    `SELECT setval(sequence, last)
     FROM (SELECT pg_get_serial_sequence($1, 'id')::regclass AS sequence, max(id) AS last
           FROM unnest($2::bigint[]) AS id) AS ids
     WHERE last > coalesce(pg_sequence_last_value(sequence), 0)`,
    [table, ids],
  );
}

/** Makes the row of an entry. */
export async function insertEntry(manager: EntityManager, kind: Kind, entry: Entry): Promise<void> {
  await manager.query(insertStatement(kind), [JSON.stringify(entry)]);
}

/** @returns those of the values that a reference finds in the database */
export async function findReferred(
  manager: EntityManager,
  reference: Reference,
  values: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await manager.query<{ value: string }[]>(referredQuery(reference), [values]);
  return new Set(rows.map(({ value }) => value));
}

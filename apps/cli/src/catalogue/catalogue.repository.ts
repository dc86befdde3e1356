import type { Client } from 'pg';
import { insertNewStatement, lockStatement, missingStatement, updateStatement } from '../kinds/kind.sql.js';
import { CATALOGUE, type LineKind } from './catalogue-lines.js';

/** The first and the last key of some lines that wait, in the order of keys. */
export interface KeyRange {
  readonly first: string;
  readonly last: string;
  readonly lines: number;
}

/** How many rows a batch has made, and how many it has changed. */
export interface Stored {
  readonly created: number;
  readonly changed: number;
}

/** A line that cannot be stored; `owner` is the line that has its key already, null: the key is not there. */
export interface WrongLine {
  readonly line: number;
  readonly owner: number | null;
}

const REPEATED = `
  SELECT line::float8, owner::float8 FROM (
    SELECT line, first_value(line) OVER same AS owner, row_number() OVER same AS place FROM catalogue_import
    WINDOW same AS (PARTITION BY kind, natural_key ORDER BY line)) AS numbered
  WHERE place > 1 ORDER BY numbered.line LIMIT $1`;

const NEXT_RANGE = `
  SELECT min(natural_key) AS first, max(natural_key) AS last, count(*)::int AS lines FROM (
    SELECT natural_key FROM catalogue_import WHERE kind = $1 AND ($2::text IS NULL OR natural_key > $2)
    ORDER BY natural_key LIMIT $3) AS batch`;

/** Generated ids must not meet one of the file; they never go back. */
const CONTINUE_IDS = `
  SELECT setval(sequence, last)
  FROM (SELECT pg_get_serial_sequence('shipment_method', 'id')::regclass AS sequence, max(id) AS last
    FROM shipment_method) AS ids
  WHERE last > coalesce(pg_sequence_last_value(sequence), 0)`;

/** Lines whose key stands in the file before, and lines whose key has to be in the database and is not. */
export async function findWrongLines(
  client: Client,
  kinds: readonly LineKind[],
  limit: number,
): Promise<readonly WrongLine[]> {
  const { rows } = await client.query<WrongLine>(REPEATED, [limit]);
  const found = [...rows];
  for (const kind of kinds.filter(({ creates }) => !creates)) {
    const missing = await client.query<{ line: number }>(missingStatement(kind), [kind.kind, limit]);
    found.push(...missing.rows.map(({ line }) => ({ line, owner: null })));
  }
  return found;
}

/** How many lines of each kind wait. */
export async function countLines(client: Client): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ kind: string; lines: number }>(
    `SELECT kind, count(*)::int AS lines FROM catalogue_import GROUP BY kind`,
  );
  return new Map(rows.map(({ kind, lines }) => [kind, lines]));
}

/** @returns the lines of a kind that come next behind a key; undefined: there are none */
export async function nextRange(
  client: Client,
  kind: string,
  behind: string | undefined,
  size: number,
): Promise<KeyRange | undefined> {
  const { rows } = await client.query<KeyRange>({
    name: 'catalogue_next_range',
    text: NEXT_RANGE,
    values: [kind, behind ?? null, size],
  });
  return rows[0]?.lines ? rows[0] : undefined;
}

/** Stores the lines of a range. */
export async function storeRange(client: Client, kind: LineKind, { first, last }: KeyRange): Promise<Stored> {
  const values = [kind.kind, first, last];
  await client.query({ name: `catalogue_lock_${kind.kind}`, text: lockStatement(kind), values });
  const updated = await client.query({ name: `catalogue_update_${kind.kind}`, text: updateStatement(kind), values });
  const inserted = kind.creates
    ? await client.query({ name: `catalogue_insert_${kind.kind}`, text: insertNewStatement(kind), values })
    : undefined;
  return { created: inserted?.rowCount ?? 0, changed: updated.rowCount ?? 0 };
}

/** Imports take turns. */
export async function lockCatalogue(client: Client): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('catalogue', 0))`);
}

export async function continueIds(client: Client): Promise<void> {
  await client.query(CONTINUE_IDS);
}

/** How many lines an export has. */
export async function countCatalogue(client: Client): Promise<number> {
  const counts = CATALOGUE.map(({ table }) => `(SELECT count(*) FROM ${table})`);
  const { rows } = await client.query<{ total: number }>(`SELECT (${counts.join(' + ')})::float8 AS total`);
  return rows[0]?.total ?? 0;
}

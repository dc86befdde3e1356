import type { Writable } from 'node:stream';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { EntryLine } from './json-lines.js';

/**
 * Lines as they are: CSV whose marks are control characters, which neither JSON nor a checked key holds, so that nothing
 * is ever quoted or escaped.
 */
export const SEPARATOR = '\u0002';
const RAW_LINES = `(FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')`;

/** All that follows sees the database as it is now. */
export async function openSnapshot(client: Client): Promise<void> {
  await client.query(`SET TIME ZONE 'UTC'`);
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
}

export async function closeSnapshot(client: Client): Promise<void> {
  await client.query('COMMIT');
}

/** Bytes of lines, one for each row of the query, as fast as they are taken. */
export function copiedRows(client: Client, query: string): AsyncIterable<Buffer> {
  return client.query(copyTo(`COPY (${query}) TO STDOUT WITH ${RAW_LINES}`)) as AsyncIterable<Buffer>;
}

/** Where lines of a file wait for being judged together: line, kind, keys and entry. */
export interface Staging<Entry extends { readonly kind: string }> {
  readonly table: string;
  /** Columns of what no two entries share, and their values; without control characters. */
  readonly keys: readonly string[];
  keysOf(entry: Entry): readonly string[];
}

/** The database sees that a client is gone, and ends what it does for it; not every system can tell. */
export const CHECK_CONNECTION = `SET client_connection_check_interval = '1s'`;

/** The table goes with the transaction. */
export async function openImport(
  client: Client,
  { table, keys }: Pick<Staging<never>, 'table' | 'keys'>,
): Promise<void> {
  const columns = ['line bigint', 'kind text', ...keys.map((key) => `${key} text`), 'entry jsonb'];
  await client.query(CHECK_CONNECTION).catch(() => undefined);
  await client.query('BEGIN');
  await client.query(`SET LOCAL work_mem = '64MB'`);
  await client.query(
    `CREATE TEMPORARY TABLE ${table} (${columns.map((column) => `${column} NOT NULL`).join(', ')}) ON COMMIT DROP`,
  );
}

/** Takes what `stagedLine` makes. */
export function stagingStream(client: Client, { table }: Pick<Staging<never>, 'table'>): Writable {
  return client.query(copyFrom(`COPY ${table} FROM STDIN WITH ${RAW_LINES}`));
}

export function stagedLine<Entry extends { readonly kind: string }>(
  { keysOf }: Pick<Staging<Entry>, 'keysOf'>,
  { number, entry }: EntryLine<Entry>,
): string {
  return `${[number, entry.kind, ...keysOf(entry), JSON.stringify(entry)].join(SEPARATOR)}\n`;
}

/** @param columns by which the lines are taken from it */
export async function indexStaging(
  client: Client,
  { table }: Pick<Staging<never>, 'table'>,
  columns = 'line',
): Promise<void> {
  await client.query(`CREATE INDEX ON ${table} (${columns})`);
  await client.query(`ANALYZE ${table}`);
}

export async function closeImport(client: Client): Promise<void> {
  await client.query('COMMIT');
}

/**
 * Has the database take stock of what came, which it would do by itself after a while: until then it searches slowly.
 * It leaves out tables that this login does not own, and those it is at already.
 */
export async function takeStock(client: Client, tables: readonly string[]): Promise<void> {
  await client.query(`VACUUM (ANALYZE, SKIP_LOCKED) ${tables.join(', ')}`);
}

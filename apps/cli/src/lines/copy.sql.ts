import type { Writable } from 'node:stream';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/**
 * Lines as they are: CSV whose marks are control characters, which neither JSON nor a checked key holds, so that nothing
 * is ever quoted or escaped.
 */
export const SEPARATOR = '\u0002';
const RAW_LINES = `(FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')`;

/** Bytes of lines, one for each row of the query, as fast as they are taken. */
export function copiedRows(client: Client, query: string): AsyncIterable<Buffer> {
  return client.query(copyTo(`COPY (${query}) TO STDOUT WITH ${RAW_LINES}`)) as AsyncIterable<Buffer>;
}

/** Takes lines, a row each; an empty value is null. */
export function rowsInto(client: Client, table: string): Writable {
  return client.query(copyFrom(`COPY ${table} FROM STDIN WITH ${RAW_LINES}`));
}

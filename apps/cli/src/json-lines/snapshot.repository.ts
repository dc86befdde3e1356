import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { RAW_LINES } from './copy-format.js';

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

import type { Writable } from 'node:stream';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { IMPORTED_TABLES } from '#mfa';
import { RAW_LINES, SEPARATOR } from './copy-format.js';
import type { AccountLine } from './account-lines.js';

/** The database sees that a client is gone, and ends what it does for it; not every system can tell. */
const CHECK_CONNECTION = `SET client_connection_check_interval = '1s'`;

/** Lines of a file wait here for being judged together; the table goes with the transaction. */
const STAGING = `
  CREATE TEMPORARY TABLE account_import (
    line bigint NOT NULL,
    kind text NOT NULL,
    natural_key text NOT NULL,
    login text NOT NULL,
    entry jsonb NOT NULL
  ) ON COMMIT DROP`;

export async function openImport(client: Client): Promise<void> {
  await client.query(CHECK_CONNECTION).catch(() => undefined);
  await client.query('BEGIN');
  await client.query(`SET LOCAL work_mem = '64MB'`);
  await client.query(STAGING);
}

/** Takes what `stagedLine` makes. */
export function stagingStream(client: Client): Writable {
  return client.query(copyFrom(`COPY account_import FROM STDIN WITH ${RAW_LINES}`));
}

export function stagedLine({ number, entry }: AccountLine): string {
  const keys = entry.kind === 'customer' ? [entry.customerReference, entry.email] : [entry.uuid, entry.username];
  return `${[number, entry.kind, ...keys, JSON.stringify(entry)].join(SEPARATOR)}\n`;
}

export async function indexStaging(client: Client): Promise<void> {
  await client.query(`ALTER TABLE account_import ADD PRIMARY KEY (line)`);
  await client.query(`ANALYZE account_import`);
}

export async function closeImport(client: Client): Promise<void> {
  await client.query('COMMIT');
}

/**
 * Has the database take stock of what came, which it would do by itself after a while: until then it searches slowly.
 * It leaves out tables that this login does not own, and those it is at already.
 */
export async function takeStock(client: Client): Promise<void> {
  const tables = ['customer', 'company_user', 'user_account', ...IMPORTED_TABLES];
  await client.query(`VACUUM (ANALYZE, SKIP_LOCKED) ${tables.join(', ')}`);
}

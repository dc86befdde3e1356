import { run, statement, type Statement } from '#sql';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

/** A table with rows that are over at some time. */
interface Purged {
  readonly table: string;
  /** What comes behind the account in the primary key. */
  readonly key: string;
  readonly type: string;
  readonly first: string;
  readonly expiry: string;
}

const FIRST_UUID = '00000000-0000-0000-0000-000000000000';
const PURGED: readonly Purged[] = [
  { table: 'mfa_code', key: 'method', type: 'text', first: '', expiry: 'expires_at' },
  { table: 'mfa_grant', key: 'session_id', type: 'text', first: '', expiry: 'expires_at' },
  // an hour later: one that is being verified as its time ends must not vanish under that
  { table: 'mfa_credential', key: 'id', type: 'uuid', first: FIRST_UUID, expiry: `pending_until + interval '1 hour'` },
];

/**
 * A batch of the walk through a table in the order of its primary key; answers where the next one begins.
 *
 * Only what is over is locked, because a lock is a write; the rows are found again by address, because a join could be
 * planned as a scan of the table.
 */
const batchStatement = ({ table, key, type, expiry }: Purged): Statement =>
  statement(
    `mfa_purge_${table}`,
    `
WITH batch AS MATERIALIZED (
  SELECT ctid, account_kind, account_id, ${key}, ${expiry} <= :at::timestamptz AS is_over
  FROM ${table}
  WHERE (account_kind, account_id, ${key}) > (:account_kind, :account_id, :key::${type})
  ORDER BY account_kind, account_id, ${key} LIMIT :size
), over AS MATERIALIZED (
  SELECT ctid FROM ${table}
  WHERE ctid = ANY (ARRAY(SELECT ctid FROM batch WHERE is_over)) AND ${expiry} <= :at
  FOR UPDATE SKIP LOCKED
), purged AS (
  DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM over)) RETURNING 1
)
SELECT account_kind AS kind, account_id AS "accountId", ${key}::text AS key, (SELECT count(*)::int FROM purged) AS purged,
  (SELECT count(*)::int FROM batch) AS seen
FROM batch ORDER BY account_kind DESC, account_id DESC, batch.${key} DESC LIMIT 1`,
  );

const BATCHES = PURGED.map((purged) => ({ ...purged, statement: batchStatement(purged) }));

/** The last key of a batch, and how many rows of the batch were deleted. */
interface PurgeCursor {
  readonly kind: string;
  readonly accountId: string;
  readonly key: string;
  readonly purged: number;
  readonly seen: number;
}

/** Keeps the tables flat. What is over decides nothing any more, so that no revision changes. */
@Injectable()
export class PurgeRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** How many rows there are, as the database's statistics estimate it. */
  async estimate(): Promise<number> {
    const [row] = await this.dataSource.query<{ rows: number }[]>(
      `SELECT sum(greatest(reltuples, 0))::int AS rows FROM pg_class WHERE oid = ANY ($1::regclass[])`,
      [PURGED.map(({ table }) => table)],
    );
    return row?.rows ?? 0;
  }

  /**
   * Deletes expired codes, ended grants and set-ups that were never verified, in batches.
   *
   * @param onBatch told after each batch how many rows were looked at so far, and how many of them were deleted
   * @returns how many were deleted
   */
  async purge(now: Date, batchSize: number, onBatch?: (seen: number, purged: number) => void): Promise<number> {
    let total = 0;
    let seen = 0;
    for (const { statement: batch, first } of BATCHES) {
      let last: PurgeCursor | undefined = { kind: '', accountId: '', key: first, purged: 0, seen: 0 };
      while (last) {
        const values = { account_kind: last.kind, account_id: last.accountId, key: last.key, at: now, size: batchSize };
        [last] = (await run<PurgeCursor>(this.dataSource, batch, values)) as [PurgeCursor | undefined];
        total += last?.purged ?? 0;
        seen += last?.seen ?? 0;
        onBatch?.(seen, total);
      }
    }
    return total;
  }
}

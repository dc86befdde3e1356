import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { prepared, type Statement } from './prepared.js';

/**
 * A batch of the walk through all codes in the order of the primary key; answers where the next one begins.
 *
 * Only what is over is locked, because a lock is a write; the rows are found again by address, because a join could be
 * planned as a scan of the table.
 */
const PURGE_BATCH: Statement = {
  name: 'mfa_purge_batch',
  text: `
WITH batch AS MATERIALIZED (
  SELECT ctid, account_kind, account_id, id, coalesce(grant_until, expires_at) <= $4::timestamptz AS is_over
  FROM mfa_code
  WHERE (account_kind, account_id, id) > ($1, $2, $3::uuid) ORDER BY account_kind, account_id, id LIMIT $5
), over AS MATERIALIZED (
  SELECT ctid FROM mfa_code
  WHERE ctid = ANY (ARRAY(SELECT ctid FROM batch WHERE is_over)) AND coalesce(grant_until, expires_at) <= $4
  FOR UPDATE SKIP LOCKED
), purged AS (
  DELETE FROM mfa_code WHERE ctid = ANY (ARRAY(SELECT ctid FROM over)) RETURNING 1
)
SELECT account_kind AS kind, account_id AS "accountId", id, (SELECT count(*)::int FROM purged) AS purged,
  (SELECT count(*)::int FROM batch) AS seen
FROM batch ORDER BY account_kind DESC, account_id DESC, id DESC LIMIT 1`,
};

/** The last key of a batch, and how many codes of the batch were deleted. */
interface PurgeCursor {
  readonly kind: string;
  readonly accountId: string;
  readonly id: string;
  readonly purged: number;
  readonly seen: number;
}

const FIRST_KEY: PurgeCursor = {
  kind: '',
  accountId: '',
  id: '00000000-0000-0000-0000-000000000000',
  purged: 0,
  seen: 0,
};

/** Keeps the table of codes flat. */
@Injectable()
export class PurgeRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** How many codes there are, as the database's statistics estimate it. */
  async estimate(): Promise<number> {
    const [row] = await this.dataSource.query<{ codes: number }[]>(
      `SELECT greatest(reltuples, 0)::int AS codes FROM pg_class WHERE oid = 'mfa_code'::regclass`,
    );
    return row?.codes ?? 0;
  }

  /**
   * Deletes expired codes and ended grants in batches.
   *
   * @param onBatch told after each batch how many codes were looked at so far, and how many of them were deleted
   * @returns how many were deleted
   */
  async purge(now: Date, batchSize: number, onBatch?: (seen: number, purged: number) => void): Promise<number> {
    let total = 0;
    let seen = 0;
    let last: PurgeCursor | undefined = FIRST_KEY;
    while (last) {
      const values: unknown[] = [last.kind, last.accountId, last.id, now, batchSize];
      [last] = await prepared<PurgeCursor>(this.dataSource, PURGE_BATCH, values);
      total += last?.purged ?? 0;
      seen += last?.seen ?? 0;
      onBatch?.(seen, total);
    }
    return total;
  }
}

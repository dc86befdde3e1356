import { statement, type Statement } from '#sql';

/** A table whose rows expire. */
interface Purged {
  readonly table: string;
  /** The part of the primary key after the account. */
  readonly key: string;
  readonly type: string;
  readonly first: string;
  readonly expiry: string;
}

const FIRST_UUID = '00000000-0000-0000-0000-000000000000';
export const PURGED: readonly Purged[] = [
  { table: 'mfa_code', key: 'method', type: 'text', first: '', expiry: 'expires_at' },
  { table: 'mfa_grant', key: 'session_id', type: 'text', first: '', expiry: 'expires_at' },
  // one hour later, because a set-up whose time has just ended may still be in verification
  { table: 'mfa_credential', key: 'id', type: 'uuid', first: FIRST_UUID, expiry: `pending_until + interval '1 hour'` },
];

/**
 * Deletes the expired rows of one batch, in the order of the primary key, and returns the key to continue after.
 *
 * It locks expired rows only, because a lock is a write. It finds the rows again by their physical address (ctid),
 * because a join could be planned as a scan of the whole table.
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

/** A statement for each table. */
export const PURGE_BATCHES = PURGED.map((purged) => ({ ...purged, statement: batchStatement(purged) }));

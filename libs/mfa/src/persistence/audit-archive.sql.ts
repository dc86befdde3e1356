import { AUDIT_LINE_MEMBERS } from './audit-export.sql.js';

/** The chain of the `archived` entries. It is never archived itself. */
export const ARCHIVE_CHAIN = { kind: 'operator', id: 'audit-archive' } as const;

/** The details of an `archived` entry. Times are in ISO 8601. */
export interface AuditArchive {
  /** The name that the file had when it was written. */
  readonly file: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  /** SHA-256 of the previous file. Null for the first file. */
  readonly former: string | null;
  readonly entries: number;
  /** The times of the first and the last entry. */
  readonly from: string | null;
  readonly until: string | null;
  /** The requested time: entries before it were archived. */
  readonly before: string;
  /** Digest over how far each chain is archived, computed by `ANCHORS_DIGEST`. */
  readonly anchors: string;
}

/** The part of a chain that a file contains: its first and last entries, and the hash before the first. */
export interface ArchivedChain {
  readonly kind: string;
  readonly id: string;
  readonly first: string;
  readonly previousHash: Buffer;
  readonly sequence: string;
  readonly hash: Buffer;
}

/** SHA-256 over the SHA-256 of each anchor. The sort order does not depend on the database's collation. */
export const ANCHORS_DIGEST = `
  SELECT coalesce(sum(sequence), 0)::text AS entries, encode(sha256(coalesce(string_agg(
      sha256(convert_to(json_build_array(account_kind, account_id, sequence, encode(hash, 'hex'))::text, 'UTF8')),
      ''::bytea ORDER BY account_kind COLLATE "C", account_id COLLATE "C"), '')), 'hex') AS digest
  FROM mfa_audit_anchor`;

/** All archives, oldest first. */
export const ARCHIVES = `
  SELECT sequence, details FROM mfa_audit_event
  WHERE account_kind = '${ARCHIVE_CHAIN.kind}' AND account_id = '${ARCHIVE_CHAIN.id}' ORDER BY sequence`;

/**
 * The beginning of each chain, up to the first entry that is not before the given time. The rest is a complete chain
 * again, even if the clocks of several instances differed.
 *
 * @param before an SQL literal
 */
const due = (before: string): string => `
  WITH kept AS (
    SELECT account_kind, account_id, min(sequence) AS first FROM mfa_audit_event
    WHERE occurred_at >= ${before} GROUP BY account_kind, account_id
  ), due AS (
    SELECT e.* FROM mfa_audit_event e LEFT JOIN kept k USING (account_kind, account_id)
    WHERE e.account_kind <> '${ARCHIVE_CHAIN.kind}' AND (k.first IS NULL OR e.sequence < k.first)
  )`;

const iso = (moment: string): string => `to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The number of entries to archive, and their first and last times. */
export const archiveSizeQuery = (before: string): string => `${due(before)}
  SELECT count(*)::int AS entries, ${iso('min(occurred_at)')} AS "from", ${iso('max(occurred_at)')} AS until FROM due`;

/**
 * A query that returns a JSON object for each entry to archive: the members of an export, and the hash of the previous
 * entry. Sorted by chain; the order does not depend on the database's collation. It has no parameters, because COPY
 * takes none.
 */
export const archiveLinesQuery = (before: string): string => `${due(before)}
  SELECT json_build_object(${AUDIT_LINE_MEMBERS},
    'previousHash', encode(coalesce(lag(e.hash) OVER chain, a.hash, ''), 'hex'))
  FROM due e LEFT JOIN mfa_audit_anchor a USING (account_kind, account_id)
  WINDOW chain AS (PARTITION BY e.account_kind COLLATE "C", e.account_id COLLATE "C" ORDER BY e.sequence)
  ORDER BY e.account_kind COLLATE "C", e.account_id COLLATE "C", e.sequence`;

/** The statements of an archive run. They run in one transaction, with the login that owns the tables. */
export const AUDIT_ARCHIVE = {
  isOwner: `
    SELECT current_user AS login, pg_has_role(relowner, 'USAGE') AS "isOwner" FROM pg_class
    WHERE oid = 'mfa_audit_event'::regclass`,
  openStaging: `
    CREATE TEMPORARY TABLE audit_archive_chain (account_kind text, account_id text, first bigint, previous_hash bytea,
      sequence bigint, hash bytea) ON COMMIT DROP`,
  stage: `
    INSERT INTO audit_archive_chain
    SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[], $5::bigint[], $6::bytea[])`,
  /** Chains in the file that do not start right after their anchor, or do not end at an entry of the stored chain. */
  misfits: `
    SELECT s.account_kind AS kind, s.account_id AS id, s.first AS sequence
    FROM audit_archive_chain s
    LEFT JOIN mfa_audit_anchor a USING (account_kind, account_id)
    LEFT JOIN mfa_audit_chain c USING (account_kind, account_id)
    LEFT JOIN mfa_audit_event e ON e.account_kind = s.account_kind AND e.account_id = s.account_id AND e.sequence = s.sequence
    WHERE s.first <> coalesce(a.sequence, 0) + 1 OR s.previous_hash <> coalesce(a.hash, '')
      OR e.hash IS DISTINCT FROM s.hash OR c.sequence IS NULL OR c.sequence < s.sequence
      OR (c.sequence = s.sequence AND c.hash <> s.hash)
    LIMIT 20`,
  moveAnchors: `
    INSERT INTO mfa_audit_anchor (account_kind, account_id, sequence, hash)
    SELECT account_kind, account_id, sequence, hash FROM audit_archive_chain ORDER BY account_kind, account_id
    ON CONFLICT (account_kind, account_id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash`,
  remove: `
    DELETE FROM mfa_audit_event e USING audit_archive_chain s
    WHERE e.account_kind = s.account_kind AND e.account_id = s.account_id AND e.sequence <= s.sequence`,
  /** `$1`: the operator, `$2`: the time, `$3`: an `AuditArchive` */
  append: `
    INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id, details)
    VALUES ('${ARCHIVE_CHAIN.kind}', '${ARCHIVE_CHAIN.id}', 'archived', $2, 'operator', $1, $3)`,
} as const;

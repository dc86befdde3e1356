import { AUDIT_LINE_MEMBERS } from './audit-export.sql.js';

/** The chain of the entries that say what was archived; it stays in the database as a whole. */
export const ARCHIVE_CHAIN = { kind: 'operator', id: 'audit-archive' } as const;

/** What an `archived` entry tells in its details; moments in ISO form. */
export interface AuditArchive {
  /** The name that the file had when it was written. */
  readonly file: string;
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
  /** Of the file before this one; null for the first. */
  readonly former: string | null;
  readonly entries: number;
  /** The first and the last moment of the entries. */
  readonly from: string | null;
  readonly until: string | null;
  /** What was asked for: entries before then. */
  readonly before: string;
  /** How far each chain was archived, as `ANCHORS_DIGEST` has it. */
  readonly anchors: string;
}

/** A chain in a file: where it begins, what its first entry follows, and its last entry. */
export interface ArchivedChain {
  readonly kind: string;
  readonly id: string;
  readonly first: string;
  readonly previousHash: Buffer;
  readonly sequence: string;
  readonly hash: Buffer;
}

/** SHA-256 over the SHA-256 of each anchor, in an order that no collation changes. */
export const ANCHORS_DIGEST = `
  SELECT coalesce(sum(sequence), 0)::text AS entries, encode(sha256(coalesce(string_agg(
      sha256(convert_to(json_build_array(account_kind, account_id, sequence, encode(hash, 'hex'))::text, 'UTF8')),
      ''::bytea ORDER BY account_kind COLLATE "C", account_id COLLATE "C"), '')), 'hex') AS digest
  FROM mfa_audit_anchor`;

/** All archives, the first one first. */
export const ARCHIVES = `
  SELECT sequence, details FROM mfa_audit_event
  WHERE account_kind = '${ARCHIVE_CHAIN.kind}' AND account_id = '${ARCHIVE_CHAIN.id}' ORDER BY sequence`;

/**
 * The beginnings of all chains, up to the first entry that is not before a moment: what is left is a chain again, also
 * where clocks of several instances did not agree.
 *
 * @param before a literal of SQL
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

/** How much there is to archive. */
export const archiveSizeQuery = (before: string): string => `${due(before)}
  SELECT count(*)::int AS entries, ${iso('min(occurred_at)')} AS "from", ${iso('max(occurred_at)')} AS until FROM due`;

/**
 * A query that gives a JSON object for each entry to archive: as an export has it, with the hash of the entry before.
 * Chain by chain, in an order that no collation changes. It has no parameters, for COPY.
 */
export const archiveLinesQuery = (before: string): string => `${due(before)}
  SELECT json_build_object(${AUDIT_LINE_MEMBERS},
    'previousHash', encode(coalesce(lag(e.hash) OVER chain, a.hash, ''), 'hex'))
  FROM due e LEFT JOIN mfa_audit_anchor a USING (account_kind, account_id)
  WINDOW chain AS (PARTITION BY e.account_kind COLLATE "C", e.account_id COLLATE "C" ORDER BY e.sequence)
  ORDER BY e.account_kind COLLATE "C", e.account_id COLLATE "C", e.sequence`;

/** The statements of an archive run, in one transaction of the login that owns the tables. */
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
  /** Chains of the file that do not begin at their anchors, or do not end at an entry of their chains. */
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
  /** `$1`: who, `$2`: when, `$3`: an `AuditArchive` */
  append: `
    INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id, details)
    VALUES ('${ARCHIVE_CHAIN.kind}', '${ARCHIVE_CHAIN.id}', 'archived', $2, 'operator', $1, $3)`,
} as const;

import { statement, unprepared } from '#sql';

export const ALLOW_LONG_READS = unprepared('SET LOCAL statement_timeout = 0');

const BOUNDS = `a.sequence AS "anchorSequence", a.hash AS "anchorHash", c.sequence AS "endSequence", c.hash AS "endHash"`;

/** The entry's content in the same form as in the trigger that computes the hashes. */
export const BATCH = statement(
  'mfa_audit_chain_batch',
  `
    SELECT e.account_kind AS kind, e.account_id AS id, e.sequence, e.hash, ${BOUNDS},
      json_build_array(e.account_kind, e.account_id, e.sequence, e.event,
        to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US BC'), e.method, e.error_code, e.reason,
        e.actor_kind, e.actor_id, e.acts_for_kind, e.acts_for_id, e.session_id, e.request_id, e.client_address,
        e.details)::text AS content
    FROM mfa_audit_event e LEFT JOIN mfa_audit_chain c USING (account_kind, account_id)
    LEFT JOIN mfa_audit_anchor a USING (account_kind, account_id)
    WHERE (e.account_kind, e.account_id, e.sequence) > (:account_kind, :account_id, :sequence::bigint)
    ORDER BY e.account_kind, e.account_id, e.sequence LIMIT :size`,
);

export const ARCHIVED_BATCH = statement(
  'mfa_audit_archived_batch',
  `
    SELECT a.account_kind AS kind, a.account_id AS id, a.sequence, a.hash, ${BOUNDS}
    FROM mfa_audit_anchor a LEFT JOIN mfa_audit_chain c USING (account_kind, account_id)
    WHERE (a.account_kind, a.account_id) > (:account_kind, :account_id) AND NOT EXISTS (
      SELECT FROM mfa_audit_event e WHERE e.account_kind = a.account_kind AND e.account_id = a.account_id)
    ORDER BY a.account_kind, a.account_id LIMIT :size`,
);

export const EMPTY_CHAINS = statement(
  'mfa_audit_empty_chains',
  `
    SELECT account_kind AS kind, account_id AS id FROM mfa_audit_chain c WHERE NOT EXISTS (
      SELECT FROM mfa_audit_event e WHERE e.account_kind = c.account_kind AND e.account_id = c.account_id)
    AND NOT EXISTS (
      SELECT FROM mfa_audit_anchor a WHERE a.account_kind = c.account_kind AND a.account_id = c.account_id)
    UNION
    SELECT account_kind, account_id FROM mfa_factor f WHERE NOT EXISTS (
      SELECT FROM mfa_audit_chain c WHERE c.account_kind = f.account_kind AND c.account_id = f.account_id)
    ORDER BY 1, 2 LIMIT :size`,
);

const HEADS = `unnest(:kinds::text[], :ids::text[], :sequences::bigint[], :hashes::bytea[])
      AS h (kind, id, sequence, hash)`;

/** Of archived entries the database only has the last one of each chain. */
export const CHANGED = statement(
  'mfa_audit_changed',
  `
    SELECT h.kind, h.id, h.sequence, h.hash, CASE WHEN coalesce(e.hash, last.hash) IS NOT NULL THEN 'changed'
      WHEN a.sequence > h.sequence THEN 'archived' ELSE 'removed' END AS fault
    FROM ${HEADS}
    LEFT JOIN mfa_audit_event e ON e.account_kind = h.kind AND e.account_id = h.id AND e.sequence = h.sequence
    LEFT JOIN mfa_audit_anchor a ON a.account_kind = h.kind AND a.account_id = h.id
    LEFT JOIN mfa_audit_anchor last ON last.account_kind = h.kind AND last.account_id = h.id AND last.sequence = h.sequence
    WHERE coalesce(e.hash, last.hash) IS DISTINCT FROM h.hash`,
);

export const NOT_ARCHIVED = statement(
  'mfa_audit_not_archived',
  `
    SELECT h.kind, h.id, h.sequence, h.hash
    FROM ${HEADS}
    LEFT JOIN mfa_audit_anchor a ON a.account_kind = h.kind AND a.account_id = h.id
    WHERE a.sequence IS NULL OR a.sequence < h.sequence OR (a.sequence = h.sequence AND a.hash <> h.hash)`,
);

import { auditInsert } from './audit-entry.repository.js';
import type { Statement } from './prepared.js';

/** Which policies in force are about the account. */
const policies = (now: string, keys: string): string => `
policy AS MATERIALIZED (
  SELECT methods FROM step_up_policy
  WHERE required_from <= ${now} AND concat_ws(':', applies_to, value) = ANY (${keys}::text[])
)`;

/** Whether a method must be set up first, by the factors of the snapshot. */
const setup = (demand: string, actsForKind: string, actsForId: string): string => `
setup AS MATERIALIZED (
  SELECT ${demand}::text <> 'never' AND (EXISTS (
    SELECT FROM policy p
    WHERE NOT EXISTS (SELECT FROM factor f WHERE f.status = 2 AND f.method = ANY (p.methods))
  ) OR NOT EXISTS (SELECT FROM factor WHERE status = 2) AND (${demand} = 'always' OR EXISTS (
    SELECT FROM mfa_factor WHERE account_kind = ${actsForKind} AND account_id = ${actsForId} AND status = 2
  ))) AS required
)`;

/**
 * One statement reads, judges, counts, consumes, and writes the audit entry.
 *
 * READ COMMITTED re-reads only rows that a statement locks after it waited for them. Therefore `account` locks the
 * account's row first, and all that is judged then comes from rows locked behind it: parallel submissions behave as
 * if they came one after another. What needs no judging (nothing submitted, no factor, a live grant) is answered from
 * the snapshot, without a lock or a write.
 *
 * With a method active, a further one needs a code of it: an activation code is void when the account has activated a
 * method since its issue. A count tells, because a code that was inserted while this statement waited is not seen by it.
 *
 * A miss changes the account's row alone: a code is void when the account has counted too many misses since its issue.
 */
export const JUDGE: Statement = {
  name: 'mfa_judge',
  text: `
WITH factor AS MATERIALIZED (
  SELECT method, status FROM mfa_factor WHERE account_kind = $1 AND account_id = $2
), locked AS MATERIALIZED (
  SELECT locked_until FROM mfa_account WHERE account_kind = $1 AND account_id = $2 AND locked_until > $4::timestamptz
), ${policies('$4', '$19')}, ${setup('$20', '$15', '$16')}, asked AS MATERIALIZED (
  SELECT FROM factor WHERE status = $9::smallint AND ($8::text IS NULL OR method = $8)
    AND NOT EXISTS (SELECT FROM setup WHERE required) LIMIT 1
), granted AS MATERIALIZED (
  SELECT c.method FROM asked CROSS JOIN mfa_code c JOIN factor f ON f.method = c.method AND f.status = $9
  WHERE c.account_kind = $1 AND c.account_id = $2 AND c.session_id = $3 AND c.mac = ANY ($5::bytea[])
    AND c.grant_until > $4 AND $7 AND $14 = 'none' AND NOT EXISTS (SELECT FROM locked)
), account AS MATERIALIZED (
  SELECT * FROM mfa_account
  WHERE account_kind = $1 AND account_id = $2 AND cardinality($5::bytea[]) > 0 AND EXISTS (SELECT FROM asked)
    AND NOT EXISTS (SELECT FROM locked) AND NOT EXISTS (SELECT FROM granted)
  FOR UPDATE
), factor_now AS MATERIALIZED (
  SELECT f.method, f.status FROM account a
  JOIN mfa_factor f ON f.account_kind = a.account_kind AND f.account_id = a.account_id FOR UPDATE OF f
), code_now AS MATERIALIZED (
  SELECT c.* FROM account a
  JOIN mfa_code c ON c.account_kind = a.account_kind AND c.account_id = a.account_id FOR UPDATE OF c
), state AS MATERIALIZED (
  SELECT miss_count, activation_count, locked_until, coalesce(locked_until > $4, false) AS is_locked,
    EXISTS (SELECT FROM factor_now WHERE status = $9 AND ($8 IS NULL OR method = $8)) AS is_due,
    $14 = 'deactivate' AND EXISTS (SELECT FROM policy p WHERE $8 = ANY (p.methods) AND NOT EXISTS (
      SELECT FROM factor_now f WHERE f.status = 2 AND f.method <> $8 AND f.method = ANY (p.methods)
    )) AS is_required
  FROM account
), hit AS MATERIALIZED (
  SELECT c.id, c.method, c.grant_until IS NULL AS is_first_use
  FROM state s CROSS JOIN code_now c JOIN factor_now f ON f.method = c.method AND f.status = $9
  WHERE s.is_due AND NOT s.is_locked AND c.session_id = $3 AND c.mac = ANY ($5)
    AND CASE WHEN c.grant_until IS NULL
      THEN c.purpose = $6 AND c.expires_at > $4 AND s.miss_count - c.misses_at_issue < $10::int
        AND (c.purpose = 'step-up' OR c.activations_at_issue = s.activation_count)
      ELSE $7::boolean AND c.grant_until > $4 END
  ORDER BY c.grant_until NULLS LAST LIMIT 1
), counted AS (
  UPDATE mfa_account t SET
    miss_count = CASE WHEN h.id IS NULL THEN t.miss_count + 1 ELSE t.miss_count END,
    failure_count = CASE WHEN h.id IS NULL THEN t.failure_count + 1 ELSE 0 END,
    activation_count = t.activation_count + CASE WHEN h.id IS NOT NULL AND $14 = 'activate' THEN 1 ELSE 0 END,
    locked_until = CASE WHEN h.id IS NULL AND t.failure_count + 1 >= $11::int
      THEN $4 + make_interval(secs => $12::int) ELSE t.locked_until END
  FROM state s LEFT JOIN hit h ON true
  WHERE t.account_kind = $1 AND t.account_id = $2 AND s.is_due AND NOT s.is_locked
    AND (h.id IS NULL OR h.is_first_use)
  RETURNING t.locked_until
), consumed AS (
  UPDATE mfa_code c SET grant_until = $4 + make_interval(secs => $13::int) FROM hit h
  WHERE c.account_kind = $1 AND c.account_id = $2 AND c.id = h.id AND h.is_first_use
), replaced AS (
  DELETE FROM mfa_code c USING hit h, code_now old
  WHERE c.account_kind = $1 AND c.account_id = $2 AND c.id = old.id AND old.session_id = $3
    AND old.grant_until IS NOT NULL AND old.id <> h.id AND h.is_first_use
), activated AS (
  UPDATE mfa_factor f SET status = 2, activated_at = $4 FROM hit h
  WHERE f.account_kind = $1 AND f.account_id = $2 AND f.method = $8 AND $14::text = 'activate'
), deactivated AS (
  DELETE FROM mfa_factor f USING hit h, state s
  WHERE f.account_kind = $1 AND f.account_id = $2 AND f.method = $8 AND $14 = 'deactivate' AND NOT s.is_required
), outcome AS MATERIALIZED (
  SELECT
    CASE WHEN EXISTS (SELECT FROM account) THEN (SELECT json_object_agg(method, status) FROM factor_now)
      ELSE (SELECT json_object_agg(method, status) FROM factor) END AS factors,
    CASE WHEN EXISTS (SELECT FROM account) THEN (SELECT locked_until FROM state WHERE is_locked)
      ELSE (SELECT locked_until FROM locked) END AS locked_until,
    CASE WHEN EXISTS (SELECT FROM granted) THEN 'reused'
      WHEN EXISTS (SELECT FROM hit WHERE is_first_use) THEN 'consumed'
      WHEN EXISTS (SELECT FROM hit) THEN 'reused'
      WHEN EXISTS (SELECT FROM state WHERE is_due AND NOT is_locked) THEN 'wrong' END AS verdict,
    coalesce((SELECT method FROM hit), (SELECT min(method) FROM granted)) AS method,
    (SELECT locked_until FROM counted WHERE locked_until > $4) AS locked_now,
    (SELECT required FROM setup) AS setup_required,
    EXISTS (SELECT FROM state s JOIN hit ON s.is_required) AS method_required
), entry AS MATERIALIZED (
  SELECT 1 AS position, CASE
      WHEN setup_required THEN 'refused'
      WHEN locked_until IS NOT NULL AND EXISTS (SELECT FROM asked) THEN 'blocked'
      WHEN verdict = 'wrong' OR method_required THEN 'refused'
      WHEN verdict IS NULL THEN NULL
      WHEN $14 = 'activate' THEN 'activated'
      WHEN $14 = 'deactivate' THEN 'deactivated'
      WHEN verdict = 'consumed' THEN 'accepted' END AS event,
    CASE WHEN setup_required THEN '5913' WHEN locked_until IS NOT NULL THEN '5911'
      WHEN method_required THEN '5903' WHEN verdict = 'wrong' THEN '5901' END AS error_code,
    coalesce(method, $8) AS method, NULL::jsonb AS details
  FROM outcome
  UNION ALL
  SELECT 0, 'accepted', NULL, method, NULL FROM outcome WHERE method_required AND verdict = 'consumed'
  UNION ALL
  SELECT 2, 'locked', NULL, NULL, jsonb_build_object('lockedUntil', locked_now) FROM outcome WHERE locked_now IS NOT NULL
), audited AS (
  ${auditInsert({ now: '$4', session: '$3', actsForKind: '$15', actsForId: '$16', requestId: '$17', clientAddress: '$18' })}
)
SELECT factors, locked_until AS "lockedUntil", verdict, method, locked_now IS NOT NULL AS "lockedNow",
  setup_required AS "setupRequired", method_required AS "methodRequired"
FROM outcome`,
};

/** All that is to know where no value was submitted; `JUDGE` would answer the same at twice the price. */
export const READ: Statement = {
  name: 'mfa_read',
  text: `
WITH factor AS MATERIALIZED (
  SELECT method, status FROM mfa_factor WHERE account_kind = $1 AND account_id = $2
), ${policies('$3::timestamptz', '$9')}, ${setup('$10', '$4', '$5')}, entry AS MATERIALIZED (
  SELECT 1 AS position, 'refused' AS event, NULL::text AS method, NULL::jsonb AS details,
    CASE WHEN setup.required THEN '5913' ELSE '5900' END AS error_code
  FROM setup WHERE setup.required OR EXISTS (SELECT FROM factor WHERE status = 2)
), audited AS (
  ${auditInsert({ now: '$3', session: '$6', actsForKind: '$4', actsForId: '$5', requestId: '$7', clientAddress: '$8' })}
)
SELECT
  (SELECT json_object_agg(method, status) FROM factor) AS factors,
  NULL AS "lockedUntil", NULL AS verdict, NULL AS method, false AS "lockedNow",
  setup.required AS "setupRequired", false AS "methodRequired"
FROM setup`,
};

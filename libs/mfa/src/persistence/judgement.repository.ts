import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Caller } from '../core/account.js';
import type { CodePurpose } from '../core/code.js';
import type { Factors, FactorStatus } from '../core/factor.js';
import type { MfaLimits } from '../mfa.options.js';
import { prepared, type Statement } from './prepared.js';

/** What is asked of a submitted code. */
export interface Question {
  readonly caller: Caller;
  /** MACs of the submitted value for each method in question and each live key; empty: no value was submitted. */
  readonly macs: readonly Buffer[];
  readonly purpose: CodePurpose;
  /** Whether a code that opened the session's grant may be used again. */
  readonly acceptGrant: boolean;
  /** The code is judged only if this method (any method: null) has this status. */
  readonly method: string | null;
  readonly status: FactorStatus;
  /** What a right code does to the method, beside opening a grant. */
  readonly effect: 'none' | 'activate' | 'deactivate';
  readonly limits: MfaLimits;
  readonly now: Date;
}

export interface Judgement {
  /** The account's factors at the moment of the decision. */
  readonly factors: Factors;
  /** Set while the account is locked; no value is judged then. */
  readonly lockedUntil: Date | null;
  /**
   * `consumed`: right, first use; `reused`: right, within its grant; `wrong`: anything else, and it was counted;
   * null: not judged (nothing submitted, locked, or the method has another status).
   */
  readonly verdict: 'consumed' | 'reused' | 'wrong' | null;
  /** The method whose code it was. */
  readonly method: string | null;
  /** This wrong value was the one that locked the account. */
  readonly lockedNow: boolean;
  /** The account acts for another one that has an active factor. */
  readonly actsForProtected: boolean;
}

interface JudgementRow extends Omit<Judgement, 'factors'> {
  readonly factors: Record<string, FactorStatus> | null;
}

/**
 * One statement reads, judges, counts and consumes.
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
const JUDGE: Statement = {
  name: 'mfa_judge',
  text: `
WITH factor AS MATERIALIZED (
  SELECT method, status FROM mfa_factor WHERE account_kind = $1 AND account_id = $2
), locked AS MATERIALIZED (
  SELECT locked_until FROM mfa_account WHERE account_kind = $1 AND account_id = $2 AND locked_until > $4::timestamptz
), granted AS MATERIALIZED (
  SELECT c.method FROM mfa_code c JOIN factor f ON f.method = c.method AND f.status = $9
  WHERE c.account_kind = $1 AND c.account_id = $2 AND c.session_id = $3 AND c.mac = ANY ($5::bytea[])
    AND c.grant_until > $4 AND $7 AND $14 = 'none' AND NOT EXISTS (SELECT FROM locked)
), account AS MATERIALIZED (
  SELECT * FROM mfa_account
  WHERE account_kind = $1 AND account_id = $2 AND cardinality($5::bytea[]) > 0
    AND EXISTS (SELECT FROM factor WHERE status = $9::smallint AND ($8::text IS NULL OR method = $8))
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
    EXISTS (SELECT FROM factor_now WHERE status = $9 AND ($8 IS NULL OR method = $8)) AS is_due
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
  DELETE FROM mfa_factor f USING hit h
  WHERE f.account_kind = $1 AND f.account_id = $2 AND f.method = $8 AND $14 = 'deactivate'
)
SELECT
  CASE WHEN EXISTS (SELECT FROM account) THEN (SELECT json_object_agg(method, status) FROM factor_now)
    ELSE (SELECT json_object_agg(method, status) FROM factor) END AS factors,
  CASE WHEN EXISTS (SELECT FROM account) THEN (SELECT locked_until FROM state WHERE is_locked)
    ELSE (SELECT locked_until FROM locked) END AS "lockedUntil",
  CASE WHEN EXISTS (SELECT FROM granted) THEN 'reused'
    WHEN EXISTS (SELECT FROM hit WHERE is_first_use) THEN 'consumed'
    WHEN EXISTS (SELECT FROM hit) THEN 'reused'
    WHEN EXISTS (SELECT FROM state WHERE is_due AND NOT is_locked) THEN 'wrong' END AS verdict,
  coalesce((SELECT method FROM hit), (SELECT min(method) FROM granted)) AS method,
  EXISTS (SELECT FROM counted WHERE locked_until > $4) AS "lockedNow",
  EXISTS (SELECT FROM mfa_factor WHERE account_kind = $15 AND account_id = $16 AND status = 2) AS "actsForProtected"`,
};

/** All that is to know where no value was submitted; `JUDGE` would answer the same at twice the price. */
const READ: Statement = {
  name: 'mfa_read',
  text: `
SELECT
  (SELECT json_object_agg(method, status) FROM mfa_factor WHERE account_kind = $1 AND account_id = $2) AS factors,
  (SELECT locked_until FROM mfa_account
    WHERE account_kind = $1 AND account_id = $2 AND locked_until > $3::timestamptz) AS "lockedUntil",
  NULL AS verdict, NULL AS method, false AS "lockedNow",
  EXISTS (SELECT FROM mfa_factor WHERE account_kind = $4 AND account_id = $5 AND status = 2) AS "actsForProtected"`,
};

/** Decides about submitted codes; nothing else does. */
@Injectable()
export class JudgementRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async judge(question: Question): Promise<Judgement> {
    const { caller, macs, purpose, acceptGrant, method, status, effect, limits, now } = question;
    const { attemptLimit, failureLimit, lockSeconds, graceSeconds } = limits;
    const { account, sessionId, actsFor } = caller;
    const other = [actsFor?.kind ?? null, actsFor?.id ?? null];
    const asked = [account.kind, account.id, sessionId, now, macs, purpose, acceptGrant, method, status];
    const values = [...asked, attemptLimit, failureLimit, lockSeconds, graceSeconds, effect, ...other];
    const [row] =
      macs.length === 0
        ? await prepared<JudgementRow>(this.dataSource, READ, [account.kind, account.id, now, ...other])
        : await prepared<JudgementRow>(this.dataSource, JUDGE, values);
    if (!row) throw new TypeError('the statement answers one row');
    return { ...row, factors: new Map(Object.entries(row.factors ?? {})) };
  }
}

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Account, Caller } from '../core/account.js';
import type { CodeMac, CodePurpose } from '../core/code.js';
import type { MfaLimits } from '../mfa.options.js';
import { prepared, type Statement } from './prepared.js';

/** A transaction of the application, in which a change of the account and its second factor succeed or fail together. */
export type Transaction = EntityManager;

export interface NewCode {
  readonly caller: Caller;
  readonly method: string;
  readonly purpose: CodePurpose;
  /** A code of an active method was accepted for this activation. */
  readonly steppedUp: boolean;
  readonly stored: CodeMac;
  readonly limits: MfaLimits;
  readonly now: Date;
}

export interface Issue {
  /** The code was stored, and a send was taken from the allowance. */
  readonly issued: boolean;
  /** The method has the status that the purpose asks for: not active for `activation`, active for `step-up`. */
  readonly isDue: boolean;
  /** Another method is active, and no code of it was accepted. */
  readonly needsCode: boolean;
  readonly lockedUntil: Date | null;
  /** When the next send is allowed, if this one was not. */
  readonly sendAllowedAt: Date | null;
}

const ENSURE_ACCOUNT: Statement = {
  name: 'mfa_ensure_account',
  text: `INSERT INTO mfa_account (account_kind, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
};

/**
 * Check of the lock, send limit (a GCRA on `sends_until`) and record of the send, and the new code in place of the
 * older unused one: one statement behind the lock on the account's row.
 */
const ISSUE: Statement = {
  name: 'mfa_issue',
  text: `
WITH account AS MATERIALIZED (
  SELECT * FROM mfa_account WHERE account_kind = $1 AND account_id = $2 FOR UPDATE
), factor_now AS MATERIALIZED (
  SELECT f.method, f.status FROM account a
  JOIN mfa_factor f ON f.account_kind = a.account_kind AND f.account_id = a.account_id FOR UPDATE OF f
), state AS MATERIALIZED (
  SELECT miss_count, activation_count, CASE WHEN locked_until > $3::timestamptz THEN locked_until END AS locked_until,
    greatest(sends_until, $3) + make_interval(secs => $12::int) AS next_sends_until,
    EXISTS (SELECT FROM factor_now WHERE method = $4 AND status = 2) = ($5::text = 'step-up') AS is_due,
    $5 = 'activation' AND NOT $13::boolean AND EXISTS (SELECT FROM factor_now WHERE method <> $4 AND status = 2) AS needs_code
  FROM account
), allowed AS MATERIALIZED (
  SELECT * FROM state
  WHERE is_due AND NOT needs_code AND locked_until IS NULL AND next_sends_until <= $3 + make_interval(secs => $11::int * $12)
), sent AS (
  UPDATE mfa_account t SET sends_until = a.next_sends_until FROM allowed a
  WHERE t.account_kind = $1 AND t.account_id = $2
), begun AS (
  INSERT INTO mfa_factor (account_kind, account_id, method, status)
  SELECT $1, $2, $4::text, 1 FROM allowed WHERE $5 = 'activation' ON CONFLICT DO NOTHING
), cleaned AS (
  DELETE FROM mfa_code c USING allowed WHERE c.account_kind = $1 AND c.account_id = $2 AND c.grant_until <= $3
), issued AS (
  INSERT INTO mfa_code (account_kind, account_id, id, method, session_id, purpose, mac, key_id, issued_at, expires_at,
    misses_at_issue, activations_at_issue)
  SELECT $1, $2, $6::uuid, $4, $7::text, $5, $8::bytea, $9::text, $3, $3 + make_interval(secs => $10::int), miss_count,
    activation_count
  FROM allowed
  ON CONFLICT (account_kind, account_id, method) WHERE grant_until IS NULL DO UPDATE SET
    session_id = excluded.session_id, purpose = excluded.purpose, mac = excluded.mac, key_id = excluded.key_id,
    issued_at = excluded.issued_at, expires_at = excluded.expires_at, misses_at_issue = excluded.misses_at_issue,
    activations_at_issue = excluded.activations_at_issue
)
SELECT EXISTS (SELECT FROM allowed) AS issued, is_due AS "isDue", needs_code AS "needsCode", locked_until AS "lockedUntil",
  next_sends_until - make_interval(secs => $11 * $12) AS "sendAllowedAt"
FROM state`,
};

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
SELECT account_kind AS kind, account_id AS "accountId", id, (SELECT count(*)::int FROM purged) AS purged
FROM batch ORDER BY account_kind DESC, account_id DESC, id DESC LIMIT 1`,
};

/** The last key of a batch, and how many codes of the batch were deleted. */
interface PurgeCursor {
  readonly kind: string;
  readonly accountId: string;
  readonly id: string;
  readonly purged: number;
}

const FIRST_KEY: PurgeCursor = { kind: '', accountId: '', id: '00000000-0000-0000-0000-000000000000', purged: 0 };

/** The life of codes and grants before and after they are judged. */
@Injectable()
export class CodeRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async issue({ caller, method, purpose, steppedUp, stored, limits, now }: NewCode): Promise<Issue> {
    const { account, sessionId } = caller;
    if (purpose === 'activation') await prepared(this.dataSource, ENSURE_ACCOUNT, [account.kind, account.id]);
    const { codeTtlSeconds, sendBurst, sendIntervalSeconds } = limits;
    const stated = [account.kind, account.id, now, method, purpose, randomUUID(), sessionId, stored.mac, stored.keyId];
    const values = [...stated, codeTtlSeconds, sendBurst, sendIntervalSeconds, steppedUp];
    const [row] = await prepared<Issue>(this.dataSource, ISSUE, values);
    return row ?? { issued: false, isDue: false, needsCode: false, lockedUntil: null, sendAllowedAt: null };
  }

  /** Voids a code that could not be sent. */
  withdraw(account: Account, { mac }: CodeMac): Promise<void> {
    return this.void(account, 'mac = $3 AND grant_until IS NULL', [mac]);
  }

  voidAccount(account: Account, within?: Transaction): Promise<void> {
    return this.void(account, 'true', [], within);
  }

  voidSession(account: Account, sessionId: string): Promise<void> {
    return this.void(account, 'session_id = $3', [sessionId]);
  }

  async forgetAccount({ kind, id }: Account, within: Transaction): Promise<void> {
    await within.query(`DELETE FROM mfa_account WHERE account_kind = $1 AND account_id = $2`, [kind, id]);
  }

  /** Deletes codes behind the lock on the account's row; a statement of its own sees what was issued before the lock. */
  private async void(
    { kind, id }: Account,
    condition: string,
    values: readonly unknown[],
    within?: Transaction,
  ): Promise<void> {
    if (!within) return this.dataSource.transaction((manager) => this.void({ kind, id }, condition, values, manager));
    await within.query(`SELECT FROM mfa_account WHERE account_kind = $1 AND account_id = $2 FOR UPDATE`, [kind, id]);
    await within.query(`DELETE FROM mfa_code WHERE account_kind = $1 AND account_id = $2 AND ${condition}`, [
      kind,
      id,
      ...values,
    ]);
  }

  /** Deletes expired codes and ended grants in batches; @returns how many */
  async purge(now: Date, batchSize: number): Promise<number> {
    let total = 0;
    let last: PurgeCursor | undefined = FIRST_KEY;
    while (last) {
      const values: unknown[] = [last.kind, last.accountId, last.id, now, batchSize];
      [last] = await prepared<PurgeCursor>(this.dataSource, PURGE_BATCH, values);
      total += last?.purged ?? 0;
    }
    return total;
  }
}

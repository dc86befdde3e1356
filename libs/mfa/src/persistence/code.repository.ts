import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Account, Caller } from '../core/account.js';
import type { Authorship } from '../core/audit.js';
import type { CodeMac, CodePurpose } from '../core/code.js';
import type { MfaLimits } from '../mfa.options.js';
import { appendAuditEntry, auditInsert } from './audit-entry.repository.js';
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
 * Check of the lock, send limit (a GCRA on `sends_until`) and record of the send, the new code in place of the older
 * unused one, and the audit entry: one statement behind the lock on the account's row.
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
  RETURNING method
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
), entry AS MATERIALIZED (
  SELECT 1 AS position, 'activation-begun' AS event, method, NULL AS error_code, NULL::jsonb AS details FROM begun
  UNION ALL
  SELECT 2, CASE WHEN EXISTS (SELECT FROM allowed) THEN 'code-sent' WHEN NOT is_due THEN NULL
      WHEN needs_code THEN 'refused' ELSE 'blocked' END,
    $4, CASE WHEN EXISTS (SELECT FROM allowed) THEN NULL WHEN needs_code THEN '5900'
      WHEN locked_until IS NULL THEN '5912' ELSE '5911' END, NULL
  FROM state
), audited AS (
  ${auditInsert({ now: '$3', session: '$7', actsForKind: '$14', actsForId: '$15', requestId: '$16', clientAddress: '$17' })}
)
SELECT EXISTS (SELECT FROM allowed) AS issued, is_due AS "isDue", needs_code AS "needsCode", locked_until AS "lockedUntil",
  next_sends_until - make_interval(secs => $11 * $12) AS "sendAllowedAt"
FROM state`,
};

/** The life of codes and grants before and after they are judged. */
@Injectable()
export class CodeRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async issue({ caller, method, purpose, steppedUp, stored, limits, now }: NewCode): Promise<Issue> {
    const { account, sessionId, actsFor, origin } = caller;
    if (purpose === 'activation') await prepared(this.dataSource, ENSURE_ACCOUNT, [account.kind, account.id]);
    const { codeTtlSeconds, sendBurst, sendIntervalSeconds } = limits;
    const stated = [account.kind, account.id, now, method, purpose, randomUUID(), sessionId, stored.mac, stored.keyId];
    const ruled = [codeTtlSeconds, sendBurst, sendIntervalSeconds, steppedUp];
    const from = [actsFor?.kind ?? null, actsFor?.id ?? null, origin?.requestId ?? null, origin?.clientAddress ?? null];
    const values = [...stated, ...ruled, ...from];
    const [row] = await prepared<Issue>(this.dataSource, ISSUE, values);
    return row ?? { issued: false, isDue: false, needsCode: false, lockedUntil: null, sendAllowedAt: null };
  }

  /** Voids a code that could not be sent. */
  withdraw(by: Authorship, method: string, { mac }: CodeMac): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await this.void(by.account, 'mac = $3 AND grant_until IS NULL', [mac], manager);
      await appendAuditEntry(manager, { ...by, event: 'send-failed', method, errorCode: '5910' });
    });
  }

  voidAccount(account: Account, within?: Transaction): Promise<void> {
    return this.void(account, 'true', [], within);
  }

  voidSession(account: Account, sessionId: string): Promise<void> {
    return this.void(account, 'session_id = $3', [sessionId]);
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
}

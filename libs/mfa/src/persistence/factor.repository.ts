import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Account, AccountKind, Actor, Caller } from '../core/account.js';
import type { Factors, FactorStatus } from '../core/factor.js';
import type { Requirement } from '../core/policy.js';
import { appendAuditEntry } from './audit-entry.repository.js';
import type { Transaction } from './code.repository.js';
import { prepared, type Statement } from './prepared.js';

export interface FactorOverview {
  readonly factors: Factors;
  /** The end of the session's grant, while one is alive. */
  readonly grantExpiresAt: Date | null;
  /** What policies demand of the account, now or later; the earliest first. */
  readonly requirements: readonly Requirement[];
}

interface OverviewRow {
  readonly factors: Record<string, FactorStatus> | null;
  readonly grantExpiresAt: Date | null;
  readonly requirements: readonly { readonly requiredFrom: string; readonly methods: readonly string[] }[] | null;
}

const OVERVIEW: Statement = {
  name: 'mfa_overview',
  text: `
    SELECT (SELECT json_object_agg(method, status) FROM mfa_factor WHERE account_kind = $1 AND account_id = $2) AS factors,
      (SELECT max(c.grant_until) FROM mfa_code c
        JOIN mfa_factor f USING (account_kind, account_id, method)
        WHERE c.account_kind = $1 AND c.account_id = $2 AND c.session_id = $3 AND c.grant_until > $4::timestamptz
          AND f.status = 2) AS "grantExpiresAt",
      (SELECT json_agg(json_build_object('requiredFrom', required_from, 'methods', methods) ORDER BY required_from, uuid)
        FROM step_up_policy WHERE concat_ws(':', applies_to, value) = ANY ($5::text[])) AS requirements`,
};

const ACTIVE_METHODS: Statement = {
  name: 'mfa_active_methods',
  text: `
    SELECT account_id AS id, array_agg(method ORDER BY method) AS methods FROM mfa_factor
    WHERE account_kind = $1 AND account_id = ANY ($2::text[]) AND status = 2 GROUP BY account_id`,
};

/** What accounts have set up. */
@Injectable()
export class FactorRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async overview({ account, sessionId, policyKeys = [] }: Caller, now: Date): Promise<FactorOverview> {
    const values = [account.kind, account.id, sessionId, now, policyKeys];
    const [row] = await prepared<OverviewRow>(this.dataSource, OVERVIEW, values);
    const requirements = row?.requirements ?? [];
    return {
      factors: new Map(Object.entries(row?.factors ?? {})),
      grantExpiresAt: row?.grantExpiresAt ?? null,
      requirements: requirements.map((one) => ({ ...one, requiredFrom: new Date(one.requiredFrom) })),
    };
  }

  /** The active methods of each of the accounts that has some, by id. */
  async activeMethods(
    kind: AccountKind,
    ids: readonly string[],
    within: Transaction | DataSource = this.dataSource,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await prepared<{ id: string; methods: string[] }>(within, ACTIVE_METHODS, [kind, ids]);
    return new Map(rows.map(({ id, methods }) => [id, methods]));
  }

  /** Behind the lock on the account's row, which an activation takes too. */
  async hasActive({ kind, id }: Account, within: Transaction): Promise<boolean> {
    await within.query(`SELECT FROM mfa_account WHERE account_kind = $1 AND account_id = $2 FOR UPDATE`, [kind, id]);
    const found = await within.query<unknown[]>(
      `SELECT FROM mfa_factor WHERE account_kind = $1 AND account_id = $2 AND status = 2`,
      [kind, id],
    );
    return found.length > 0;
  }

  /**
   * Removes one method (null: all) with every code and grant of the account; an entry for each method.
   *
   * @returns the methods that had been set up, or begun
   */
  async remove(
    account: Account,
    method: string | null,
    actor: Actor,
    at: Date,
    within?: Transaction,
  ): Promise<readonly string[]> {
    if (!within) return this.dataSource.transaction((manager) => this.remove(account, method, actor, at, manager));
    const { kind, id } = account;
    // behind the lock a statement of its own sees what was set up and issued while this one waited for it
    await within.query(`SELECT FROM mfa_account WHERE account_kind = $1 AND account_id = $2 FOR UPDATE`, [kind, id]);
    const [rows] = await within.query<[{ method: string }[], number]>(
      `DELETE FROM mfa_factor WHERE account_kind = $1 AND account_id = $2 AND ($3::text IS NULL OR method = $3)
       RETURNING method`,
      [kind, id, method],
    );
    const removed = rows.map((row) => row.method).toSorted();
    if (removed.length === 0) return removed;
    await within.query(`DELETE FROM mfa_code WHERE account_kind = $1 AND account_id = $2`, [kind, id]);
    for (const one of removed) await appendAuditEntry(within, { account, actor, event: 'removed', method: one, at });
    return removed;
  }

  /** Forgets an account for good: its factors, codes and counters; the audit trail stays. */
  async forget(account: Account, actor: Actor, at: Date, within: Transaction): Promise<void> {
    const { kind, id } = account;
    const [, count] = await within.query<[unknown[], number]>(
      `DELETE FROM mfa_account WHERE account_kind = $1 AND account_id = $2`,
      [kind, id],
    );
    if (count > 0) await appendAuditEntry(within, { account, actor, event: 'account-ended', at });
  }
}

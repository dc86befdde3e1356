import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Account, Actor } from '../core/account.js';
import type { FactorStatus } from '../core/factor.js';
import { appendAuditEntry } from './audit-entry.repository.js';
import { prepared, type Statement } from './prepared.js';

/** All that is known of an account's second factor, for those who help the person; never a code. */
export interface AccountState {
  readonly factors: readonly {
    readonly method: string;
    readonly status: FactorStatus;
    readonly activatedAt: Date | null;
  }[];
  /** Wrong values since a code was last consumed. */
  readonly failureCount: number;
  readonly lockedUntil: Date | null;
  /** Codes that are still good. */
  readonly outstandingCodes: number;
  readonly liveGrants: number;
}

interface StateRow extends Omit<AccountState, 'factors'> {
  readonly factors: readonly { method: string; status: FactorStatus; activatedAt: string | null }[];
}

const STATE: Statement = {
  name: 'mfa_account_state',
  text: `
    SELECT
      coalesce((SELECT json_agg(json_build_object('method', method, 'status', status, 'activatedAt', activated_at)
        ORDER BY method) FROM mfa_factor WHERE account_kind = $1 AND account_id = $2), '[]') AS factors,
      coalesce((SELECT failure_count FROM mfa_account WHERE account_kind = $1 AND account_id = $2), 0) AS "failureCount",
      (SELECT locked_until FROM mfa_account
        WHERE account_kind = $1 AND account_id = $2 AND locked_until > $3::timestamptz) AS "lockedUntil",
      count(*) FILTER (WHERE c.grant_until IS NULL AND c.expires_at > $3 AND a.miss_count - c.misses_at_issue < $4::int
        AND (c.purpose = 'step-up' OR c.activations_at_issue = a.activation_count))::int AS "outstandingCodes",
      count(*) FILTER (WHERE c.grant_until > $3)::int AS "liveGrants"
    FROM mfa_code c JOIN mfa_account a USING (account_kind, account_id)
    WHERE c.account_kind = $1 AND c.account_id = $2`,
};

/** The state of one account as a whole, and its lock. */
@Injectable()
export class AccountStateRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async find({ kind, id }: Account, attemptLimit: number, now: Date): Promise<AccountState> {
    const [row] = await prepared<StateRow>(this.dataSource, STATE, [kind, id, now, attemptLimit]);
    if (!row) throw new TypeError('the statement answers one row');
    const factors = row.factors.map((one) => ({
      ...one,
      activatedAt: one.activatedAt ? new Date(one.activatedAt) : null,
    }));
    return { ...row, factors };
  }

  /**
   * Ends a lock, and takes its misses off the count: else the next miss would lock the account again.
   *
   * @returns false for an account that is not locked
   */
  unlock(account: Account, actor: Actor, at: Date): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [, unlocked] = await manager.query<[unknown[], number]>(
        `UPDATE mfa_account SET locked_until = NULL, failure_count = 0
         WHERE account_kind = $1 AND account_id = $2 AND locked_until > $3`,
        [account.kind, account.id, at],
      );
      if (unlocked > 0) await appendAuditEntry(manager, { account, actor, event: 'unlocked', at });
      return unlocked > 0;
    });
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { run, statement, type Source } from '#sql';
import type { Account, AccountKind } from '../core/account.js';
import type { StoredFactor } from '../core/factor.js';
import { dateOf, type Told } from './told.js';

/** All that is known of an account's second factor, for those who help the person; never a code. */
export interface AccountOverview {
  readonly factors: readonly StoredFactor[];
  /** Wrong values since a code was last accepted. */
  readonly failureCount: number;
  readonly lockedUntil: Date | null;
  /** Codes that are still good. */
  readonly outstandingCodes: number;
  readonly liveGrants: number;
  readonly credentials: readonly CredentialOverview[];
  readonly recoveryCodes: number;
}

/** A credential without its secret. */
export interface CredentialOverview {
  readonly method: string;
  readonly keyId: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly isPending: boolean;
}

interface OverviewRow extends Omit<AccountOverview, 'factors' | 'credentials'> {
  readonly factors: readonly Told<StoredFactor>[];
  readonly credentials: readonly Told<CredentialOverview>[];
}

const OF_ACCOUNT = 'account_kind = :account_kind AND account_id = :account_id';

const OVERVIEW = statement(
  'mfa_account_overview',
  `
  SELECT
    coalesce((SELECT json_agg(json_build_object('method', method, 'status', status, 'activatedAt', activated_at)
      ORDER BY method) FROM mfa_factor WHERE ${OF_ACCOUNT}), '[]') AS factors,
    coalesce((SELECT failure_count FROM mfa_account WHERE ${OF_ACCOUNT}), 0) AS "failureCount",
    (SELECT locked_until FROM mfa_account WHERE ${OF_ACCOUNT} AND locked_until > :at::timestamptz) AS "lockedUntil",
    (SELECT count(*)::int FROM mfa_code c JOIN mfa_account a USING (account_kind, account_id)
      WHERE c.account_kind = :account_kind AND c.account_id = :account_id AND c.expires_at > :at
        AND a.miss_count - c.misses_at_issue < :attempt_limit::int) AS "outstandingCodes",
    (SELECT count(*)::int FROM mfa_grant WHERE ${OF_ACCOUNT} AND expires_at > :at) AS "liveGrants",
    coalesce((SELECT json_agg(json_build_object('method', method, 'keyId', key_id, 'createdAt', created_at,
      'lastUsedAt', last_used_at, 'isPending', pending_until IS NOT NULL) ORDER BY created_at)
      FROM mfa_credential WHERE ${OF_ACCOUNT}), '[]') AS credentials,
    (SELECT count(*)::int FROM mfa_recovery_code WHERE ${OF_ACCOUNT}) AS "recoveryCodes"`,
);

const ACTIVE_METHODS = statement(
  'mfa_active_methods',
  `
  SELECT account_id AS id, array_agg(method ORDER BY method) AS methods FROM mfa_factor
  WHERE account_kind = :account_kind AND account_id = ANY (:ids::text[]) AND status = 2 GROUP BY account_id`,
);

/** So that there is a row to lock. */
const ENSURE = statement(
  'mfa_ensure_account',
  `INSERT INTO mfa_account (account_kind, account_id) VALUES (:account_kind, :account_id) ON CONFLICT DO NOTHING`,
);

const LOCK = statement('mfa_lock_account', `SELECT FROM mfa_account WHERE ${OF_ACCOUNT} FOR UPDATE`);

const HAS_ACTIVE = statement(
  'mfa_has_active_method',
  `SELECT EXISTS (SELECT FROM mfa_factor WHERE ${OF_ACCOUNT} AND status = 2) AS "isActive"`,
);

/** What accounts have set up, for those who look at the accounts of others. */
@Injectable()
export class FactorsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async overview({ kind, id }: Account, attemptLimit: number, at: Date): Promise<AccountOverview> {
    const values = { account_kind: kind, account_id: id, at, attempt_limit: attemptLimit };
    const [row] = await run<OverviewRow>(this.dataSource, OVERVIEW, values);
    if (!row) throw new TypeError('the statement answers one row');
    return {
      ...row,
      factors: row.factors.map((one) => ({ ...one, activatedAt: dateOf(one.activatedAt) })),
      credentials: row.credentials.map((one) => ({
        ...one,
        createdAt: new Date(one.createdAt),
        lastUsedAt: dateOf(one.lastUsedAt),
      })),
    };
  }

  /** The active methods of each of the accounts that has some, by id. */
  async activeMethods(
    kind: AccountKind,
    ids: readonly string[],
    source: Source = this.dataSource,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const values = { account_kind: kind, ids };
    const rows = await run<{ id: string; methods: string[] }>(source, ACTIVE_METHODS, values);
    return new Map(rows.map(({ id, methods }) => [id, methods]));
  }

  /** Behind the lock on the account's row, which every commit takes too. */
  async hasActive({ kind, id }: Account, source: Source): Promise<boolean> {
    const values = { account_kind: kind, account_id: id };
    await run(source, ENSURE, values);
    await run(source, LOCK, values);
    const [row] = await run<{ isActive: boolean }>(source, HAS_ACTIVE, values);
    return row?.isActive ?? false;
  }
}

import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { run } from '#sql';
import type { Account, AccountKind } from '../core/account.js';
import type { StoredFactor } from '../core/factor.js';
import { OVERVIEW } from './factors.sql.js';
import { MfaAccount } from './mfa-account.entity.js';
import { MfaFactor } from './mfa-factor.entity.js';
import { dateOf, type Told } from './told.js';

/** The state of an account's second factor, for the support staff. Never a code. */
export interface AccountOverview {
  readonly factors: readonly StoredFactor[];
  /** Wrong values since the last accepted one. */
  readonly failureCount: number;
  readonly lockedUntil: Date | null;
  /** Codes that are still valid. */
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

const ACTIVE = 2;

/** Reads the factors of accounts, for people who manage them. */
@Injectable()
export class FactorsRepository {
  constructor(@InjectRepository(MfaFactor) private readonly factors: Repository<MfaFactor>) {}

  async overview({ kind, id }: Account, attemptLimit: number, at: Date): Promise<AccountOverview> {
    const values = { account_kind: kind, account_id: id, at, attempt_limit: attemptLimit };
    const [row] = await run<OverviewRow>(this.factors.manager, OVERVIEW, values);
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

  /** The active methods by account id. Accounts without any are left out. */
  async activeMethods(
    kind: AccountKind,
    ids: readonly string[],
    manager: EntityManager = this.factors.manager,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const active = await manager.find(MfaFactor, {
      select: { accountId: true, method: true },
      where: { accountKind: kind, accountId: In(ids), status: ACTIVE },
      order: { method: 'ASC' },
    });
    const methods = new Map<string, string[]>();
    for (const { accountId, method } of active) methods.set(accountId, [...(methods.get(accountId) ?? []), method]);
    return methods;
  }

  /** Locks the account's row first, as every commit does. */
  async hasActive({ kind, id }: Account, manager: EntityManager): Promise<boolean> {
    const account = { accountKind: kind, accountId: id };
    // ensures that there is a row to lock
    await manager
      .createQueryBuilder()
      .insert()
      .into(MfaAccount)
      .values(account)
      .orIgnore()
      .updateEntity(false)
      .execute();
    await manager.findOneOrFail(MfaAccount, { where: account, lock: { mode: 'pessimistic_write' } });
    return manager.existsBy(MfaFactor, { ...account, status: ACTIVE });
  }
}

import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, type EntityManager, type Repository } from 'typeorm';
import type { Account, AccountKind } from '#mfa';
import { run } from '#sql';
import { ACCOUNT_TABLES } from '../accounts/account-tables.js';
import { AccountKey } from './account-key.entity.js';
import { ISSUE_KEY } from './account-key.sql.js';

/** What a key may be used for. */
export type KeyPurpose = 'confirmation' | 'password-restore';

export interface NewKey {
  readonly account: Account;
  readonly purpose: KeyPurpose;
  readonly hash: Buffer;
  readonly expiresAt: Date;
  readonly now: Date;
  /** True if the request does not count against the send limit. */
  readonly isUncounted: boolean;
}

/** A key that a client submitted. */
export interface UsedKey {
  readonly kind: AccountKind;
  readonly purpose: KeyPurpose;
  readonly hash: Buffer;
}

/** The address that a key is mailed to. */
export interface KeyRecipient {
  readonly email: string;
  /** Locale such as `de_DE`. */
  readonly locale: string;
}

/** Why no key was issued: the account was ended, or was sent too many keys. */
export type KeyRefusal = 'ended' | 'limited';

const SEND_BURST = 5;
const SEND_INTERVAL_SECONDS = 60;

/** Stores the hashes of mailed keys. */
@Injectable()
export class AccountKeyRepository {
  constructor(@InjectRepository(AccountKey) private readonly keys: Repository<AccountKey>) {}

  /** Replaces the older key only if the new one is issued. */
  async issue({ account, ...key }: NewKey): Promise<KeyRecipient | KeyRefusal> {
    const values = { id: account.id, ...key, interval: SEND_INTERVAL_SECONDS, burst: SEND_BURST };
    const source = this.keys.manager;
    const [owner] = await run<KeyRecipient & { isIssued: boolean }>(source, ISSUE_KEY[account.kind], values);
    if (!owner) return 'ended';
    return owner.isIssued ? { email: owner.email, locale: owner.locale } : 'limited';
  }

  /** Takes back the count of an issued key that was not sent. */
  async giveBack({ kind, id }: Account, purpose: KeyPurpose): Promise<void> {
    const sendsUntil = () => `sends_until - interval '${SEND_INTERVAL_SECONDS} seconds'`;
    await this.keys.update({ accountKind: kind, accountId: id, purpose }, { sendsUntil });
  }

  /**
   * Uses a key up. Locks the account before the key, as every transaction that changes both does: another order causes
   * deadlocks.
   *
   * @returns the account; undefined if the key is unknown, expired or used, or belongs to another kind of account
   */
  async use({ kind, purpose, hash }: UsedKey, now: Date, manager: EntityManager): Promise<Account | undefined> {
    const owner = await manager
      .createQueryBuilder(ACCOUNT_TABLES[kind], 'owner')
      .select('owner.id')
      .innerJoin(AccountKey, 'key', 'key.accountKind = :kind AND key.accountId = owner.id', { kind })
      .where('key.keyHash = :hash', { hash })
      .setLock('for_no_key_update', undefined, ['owner'])
      .getOne();
    if (!owner) return undefined;
    const key = { accountKind: kind, accountId: owner.id, purpose, keyHash: hash, expiresAt: MoreThan(now) };
    const { affected } = await manager.update(AccountKey, key, { keyHash: null });
    return affected === 1 ? { kind, id: owner.id } : undefined;
  }

  /** Voids all keys of an account, in the transaction that changes the password or address. */
  async voidAll({ kind, id }: Account, manager: EntityManager): Promise<void> {
    await manager.update(AccountKey, { accountKind: kind, accountId: id }, { keyHash: null });
  }
}

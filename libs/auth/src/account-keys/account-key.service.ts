import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Account, AccountKind, Origin } from '#mfa';
import { Clock } from '#platform';
import { AccountRepository } from '../accounts/account.repository.js';
import { PasswordService } from '../passwords/password.service.js';
import { AccountKeyRepository, type KeyPurpose, type KeyRecipient, type KeyRefusal } from './account-key.repository.js';

const KEY_BYTES = 32;
const TTL_SECONDS: Readonly<Record<KeyPurpose, number>> = { confirmation: 604_800, 'password-restore': 3600 };

/** A key as it is mailed. */
export interface IssuedKey {
  /** base64url. */
  readonly key: string;
  readonly ttlSeconds: number;
  /** Where it goes, and nowhere else. */
  readonly recipient: KeyRecipient;
}

/** Keys that prove who reads an account's mail: drawn at random, stored as hashes, good for one use in a limited time. */
@Injectable()
export class AccountKeyService {
  constructor(
    private readonly keys: AccountKeyRepository,
    private readonly accounts: AccountRepository,
    private readonly passwords: PasswordService,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /**
   * Draws a new key for an account; the older one of the purpose is void.
   *
   * @param isUncounted nobody who is not allowed to can have asked: the limit of sends does not matter
   * @returns the reason when the account ended or was sent too many keys
   */
  async issue(account: Account, purpose: KeyPurpose, isUncounted = false): Promise<IssuedKey | KeyRefusal> {
    const key = randomBytes(KEY_BYTES).toString('base64url');
    const now = this.clock.now();
    const ttlSeconds = TTL_SECONDS[purpose];
    const expiresAt = new Date(now.getTime() + ttlSeconds * 1000);
    const recipient = await this.keys.issue({
      ...{ account, purpose, isUncounted },
      ...{ hash: hashOf(key), expiresAt, now },
    });
    return typeof recipient === 'string' ? recipient : { key, ttlSeconds, recipient };
  }

  /** A key that was counted and could not be sent does not count. */
  giveBack(account: Account, purpose: KeyPurpose): Promise<void> {
    return this.keys.giveBack(account, purpose);
  }

  /** Voids all keys of an account, in the transaction that changes what they were mailed for. */
  voidAll(account: Account, manager: EntityManager): Promise<void> {
    return this.keys.voidAll(account, manager);
  }

  /** Confirms a customer's e-mail address; @returns false when the key is unknown, expired or used */
  confirm(key: string): Promise<boolean> {
    const confirmation = { kind: 'customer', purpose: 'confirmation', hash: hashOf(key) } as const;
    const now = this.clock.now();
    return this.dataSource.transaction(async (manager) => {
      const account = await this.keys.use(confirmation, now, manager);
      return account !== undefined && this.accounts.confirm(account.id, now, manager);
    });
  }

  /**
   * Replaces the password of the account that the key was mailed to; all sessions end.
   *
   * @param kind of the accounts whose keys are good here
   * @returns the account, or undefined when the key is unknown, expired or used
   */
  restorePassword(kind: AccountKind, key: string, newHash: string, origin: Origin): Promise<Account | undefined> {
    return this.passwords.restore({ kind, keyHash: hashOf(key), newHash, origin, now: this.clock.now() });
  }
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

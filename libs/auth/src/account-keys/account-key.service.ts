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

/** A key with the address that it is mailed to. */
export interface IssuedKey {
  /** base64url. */
  readonly key: string;
  readonly ttlSeconds: number;
  /** The only address that the key may be sent to. */
  readonly recipient: KeyRecipient;
}

/**
 * Keys that prove that a person can read the account's mail. They are random, stored as hashes, and valid once within a
 * limited time.
 */
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
   * Draws a new key for an account. The older key of the same purpose becomes void.
   *
   * @param isUncounted true if only an authorised person can have made the request: then the send limit does not apply
   * @returns the reason if the account was ended or was sent too many keys
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

  /** Takes back the count of a key that could not be sent. */
  giveBack(account: Account, purpose: KeyPurpose): Promise<void> {
    return this.keys.giveBack(account, purpose);
  }

  /** Voids all keys of an account, in the transaction that changes the password or address. */
  voidAll(account: Account, manager: EntityManager): Promise<void> {
    return this.keys.voidAll(account, manager);
  }

  /**
   * Confirms a customer's e-mail address.
   *
   * @returns false if the key is unknown, expired or used
   */
  confirm(key: string): Promise<boolean> {
    const confirmation = { kind: 'customer', purpose: 'confirmation', hash: hashOf(key) } as const;
    const now = this.clock.now();
    return this.dataSource.transaction(async (manager) => {
      const account = await this.keys.use(confirmation, now, manager);
      return account !== undefined && this.accounts.confirm(account.id, now, manager);
    });
  }

  /**
   * Replaces the password of the account that the key was mailed to, and ends all its sessions.
   *
   * @param kind the only kind of account whose keys are accepted
   * @returns the account, or undefined if the key is unknown, expired or used
   */
  restorePassword(kind: AccountKind, key: string, newHash: string, origin: Origin): Promise<Account | undefined> {
    return this.passwords.restore({ kind, keyHash: hashOf(key), newHash, origin, now: this.clock.now() });
  }
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

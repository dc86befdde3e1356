import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#platform';
import type { Account } from '../accounts/account.js';
import { PasswordRepository } from '../passwords/password.repository.js';
import { AccountKeyRepository, type KeyPurpose } from './account-key.repository.js';

const KEY_BYTES = 32;
const TTL_SECONDS: Readonly<Record<KeyPurpose, number>> = { confirmation: 604_800, 'password-restore': 3600 };

/** Keys that prove who reads an account's mail: drawn at random, stored as hashes, good for one use in a limited time. */
@Injectable()
export class AccountKeyService {
  constructor(
    private readonly keys: AccountKeyRepository,
    private readonly passwords: PasswordRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Draws a new key; the older one of the purpose is void.
   *
   * @returns the key as base64url, with its life in seconds; undefined when the account was sent too many keys
   */
  async issue(account: Account, purpose: KeyPurpose): Promise<{ key: string; ttlSeconds: number } | undefined> {
    const key = randomBytes(KEY_BYTES).toString('base64url');
    const now = this.clock.now();
    const ttlSeconds = TTL_SECONDS[purpose];
    const expiresAt = new Date(now.getTime() + ttlSeconds * 1000);
    const issued = await this.keys.issue({ account, purpose, hash: hashOf(key), expiresAt, now });
    return issued ? { key, ttlSeconds } : undefined;
  }

  /** Confirms a customer's e-mail address; @returns false when the key is unknown, expired or used */
  confirm(key: string): Promise<boolean> {
    return this.keys.confirm(hashOf(key), this.clock.now());
  }

  /**
   * Replaces the password of the customer that the key was mailed to; all sessions end.
   *
   * @returns the account, or undefined when the key is unknown, expired or used
   */
  restorePassword(key: string, newHash: string): Promise<Account | undefined> {
    return this.passwords.restore(hashOf(key), newHash, this.clock.now());
  }
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Account, AccountKind, Actor, Origin } from '#mfa';
import { lockOwnerOfKey } from '../account-keys/account-key.repository.js';
import type { Credentials } from '../accounts/account.js';
import { LOGIN_BOUND_STATE, type LoginBoundState } from '../auth.options.js';
import { addNotice } from '../notices/add-notice.js';
import { endAccountSessions } from '../sessions/session-end.repository.js';

const CHANGE: Record<AccountKind, string> = {
  customer: `UPDATE customer SET password_hash = $3, updated_at = $4 WHERE id = $1 AND password_hash = $2`,
  user: `UPDATE user_account SET password_hash = $3, updated_at = $4
    WHERE id = $1 AND password_hash = $2 AND status = 'active'`,
};

const RESTORE: Record<AccountKind, string> = {
  customer: `UPDATE customer SET password_hash = $2, confirmed = true, updated_at = $3
    WHERE id = (SELECT account_id FROM used) AND anonymized_at IS NULL RETURNING id`,
  user: `UPDATE user_account SET password_hash = $2, updated_at = $3
    WHERE id = (SELECT account_id FROM used) AND status = 'active' RETURNING id`,
};

const VOID: Record<AccountKind, string> = {
  customer: `UPDATE customer SET password_hash = $2, updated_at = $3 WHERE id = $1 AND anonymized_at IS NULL`,
  user: `UPDATE user_account SET password_hash = $2, updated_at = $3 WHERE id = $1`,
};

export interface PasswordChange {
  /** With the hash that was verified. */
  readonly credentials: Credentials;
  readonly newHash: string;
  readonly actor: Actor;
  readonly now: Date;
}

/** A new password for a mailed key. */
export interface PasswordRestoration {
  readonly kind: AccountKind;
  readonly keyHash: Buffer;
  readonly newHash: string;
  readonly origin: Origin;
  readonly now: Date;
}

/** Passwords; with each change all sessions, codes and mailed keys of the account end, or nothing happens. */
@Injectable()
export class PasswordRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(LOGIN_BOUND_STATE) private readonly loginBoundState: LoginBoundState,
  ) {}

  /**
   * @param also what is stored with it, in the same transaction
   * @returns false when the password is another one by now, or the account ended
   */
  change(
    { credentials, newHash, actor, now }: PasswordChange,
    also?: (manager: EntityManager) => Promise<unknown>,
  ): Promise<boolean> {
    const { kind, id, passwordHash } = credentials;
    return this.dataSource.transaction(async (manager) => {
      const [, changed] = await manager.query<[unknown[], number]>(CHANGE[kind], [id, passwordHash, newHash, now]);
      if (changed === 0) return false;
      await also?.(manager);
      await this.endAll(manager, { kind, id }, { actor, by: 'change', now });
      return true;
    });
  }

  /**
   * Uses a key up; who reads a customer's mail also confirms the address.
   *
   * @returns undefined when the key is unknown, expired or used, or of the other kind of account
   */
  restore({ kind, keyHash, newHash, origin, now }: PasswordRestoration): Promise<Account | undefined> {
    return this.dataSource.transaction(async (manager) => {
      await lockOwnerOfKey(manager, kind, keyHash);
      const [rows] = await manager.query<[{ id: string }[], number]>(
        `WITH used AS (
           UPDATE account_key SET key_hash = NULL
           WHERE key_hash = $1 AND purpose = 'password-restore' AND account_kind = $4 AND expires_at > $3::timestamptz
           RETURNING account_id
         )
         ${RESTORE[kind]}`,
        [keyHash, newHash, now, kind],
      );
      const [restored] = rows;
      if (!restored) return undefined;
      const account = { kind, id: restored.id };
      await this.endAll(manager, account, { actor: { ...account, origin }, by: 'restore', now });
      return account;
    });
  }

  /**
   * Makes the password void, and ends all sessions and mailed keys; what is beside the account is the caller's to end.
   *
   * @param voidHash a hash that no password is known for
   * @returns false for a customer who is gone
   */
  async revoke({ kind, id }: Account, voidHash: string, now: Date, manager: EntityManager): Promise<boolean> {
    const [, revoked] = await manager.query<[unknown[], number]>(VOID[kind], [id, voidHash, now]);
    if (revoked === 0) return false;
    await endAccountSessions(manager, { kind, id }, now);
    return true;
  }

  /** What a change of the password ends, in its transaction; the person is told when that is committed. */
  private async endAll(
    manager: EntityManager,
    account: Account,
    { actor, by, now }: { readonly actor: Actor; readonly by: 'change' | 'restore'; readonly now: Date },
  ): Promise<void> {
    await endAccountSessions(manager, account, now);
    const change = { account, actor, event: 'password-set', voidsCodes: true, details: { by } } as const;
    await this.loginBoundState.recordChange(change, manager);
    await addNotice(manager, { account, event: 'password-changed', at: now });
  }
}

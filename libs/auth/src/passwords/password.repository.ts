import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { AccountKind } from '#platform';
import { lockCustomerOfKey } from '../account-keys/account-key.repository.js';
import type { Account, Credentials } from '../accounts/account.js';
import { LOGIN_BOUND_STATE, type LoginBoundState } from '../auth.options.js';
import { addNotice } from '../notices/add-notice.repository.js';
import { endAccountSessions } from '../sessions/session-end.repository.js';

const CHANGE: Record<AccountKind, string> = {
  customer: `UPDATE customer SET password_hash = $3, updated_at = $4 WHERE id = $1 AND password_hash = $2`,
  user: `UPDATE user_account SET password_hash = $3, updated_at = $4
    WHERE id = $1 AND password_hash = $2 AND status = 'active'`,
};

/** Passwords; with each change all sessions, codes and mailed keys of the account end, or nothing happens. */
@Injectable()
export class PasswordRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(LOGIN_BOUND_STATE) private readonly loginBoundState: LoginBoundState,
  ) {}

  /**
   * @param credentials with the hash that was verified
   * @param also what is stored with it, in the same transaction
   * @returns false when the password is another one by now, or the account ended
   */
  change(
    { kind, id, passwordHash }: Credentials,
    newHash: string,
    now: Date,
    also?: (manager: EntityManager) => Promise<unknown>,
  ): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [, changed] = await manager.query<[unknown[], number]>(CHANGE[kind], [id, passwordHash, newHash, now]);
      if (changed === 0) return false;
      await also?.(manager);
      await this.endAll(manager, { kind, id }, now);
      return true;
    });
  }

  /**
   * Uses a key up; who reads the account's mail also confirms the address.
   *
   * @returns undefined when the key is unknown, expired or used
   */
  restore(keyHash: Buffer, newHash: string, now: Date): Promise<Account | undefined> {
    return this.dataSource.transaction(async (manager) => {
      await lockCustomerOfKey(manager, keyHash);
      const [rows] = await manager.query<[{ id: string }[], number]>(
        `WITH used AS (
           UPDATE account_key SET key_hash = NULL
           WHERE key_hash = $1 AND purpose = 'password-restore' AND account_kind = 'customer' AND expires_at > $3::timestamptz
           RETURNING account_id
         )
         UPDATE customer SET password_hash = $2, confirmed = true, updated_at = $3
         WHERE id = (SELECT account_id FROM used) AND anonymized_at IS NULL RETURNING id`,
        [keyHash, newHash, now],
      );
      const [restored] = rows;
      if (!restored) return undefined;
      const account = { kind: 'customer', id: restored.id } as const;
      await this.endAll(manager, account, now);
      return account;
    });
  }

  /** What a change of the password ends, in its transaction; the person is told when that is committed. */
  private async endAll(manager: EntityManager, account: Account, now: Date): Promise<void> {
    await endAccountSessions(manager, account, now);
    await this.loginBoundState.voidAccount(account, manager);
    await addNotice(manager, { account, event: 'password-changed', at: now });
  }
}

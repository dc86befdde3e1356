import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { lockCustomerOfKey, voidAccountKeys } from '../account-keys/account-key.repository.js';
import type { Account, Credentials } from '../accounts/account.js';
import { LOGIN_BOUND_STATE, type LoginBoundState } from '../auth.options.js';

/** Customers' passwords; with each change all sessions, codes and mailed keys of the account end, or nothing happens. */
@Injectable()
export class PasswordRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(LOGIN_BOUND_STATE) private readonly loginBoundState: LoginBoundState,
  ) {}

  /**
   * @param credentials with the hash that was verified
   * @returns false when the password is another one by now
   */
  change({ id, passwordHash }: Credentials, newHash: string, now: Date): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [, changed] = await manager.query<[unknown[], number]>(
        `UPDATE customer SET password_hash = $3, updated_at = $4 WHERE id = $1 AND password_hash = $2`,
        [id, passwordHash, newHash, now],
      );
      if (changed > 0) await this.endAll(manager, id, now);
      return changed > 0;
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
      await this.endAll(manager, restored.id, now);
      return { kind: 'customer', id: restored.id };
    });
  }

  private async endAll(manager: EntityManager, id: string, now: Date): Promise<void> {
    await endCustomerSessions(manager, id, now);
    await this.loginBoundState.voidAccount({ kind: 'customer', id }, manager);
  }
}

/**
 * Ends all sessions of a customer and voids the mailed keys, in the transaction that locked the customer's row.
 *
 * A statement of its own: it also sees sessions that were opened while that lock waited for their logins.
 */
export async function endCustomerSessions(manager: EntityManager, id: string, now: Date): Promise<void> {
  await manager.query(
    `UPDATE login_session SET ended_at = $2 WHERE account_kind = 'customer' AND account_id = $1 AND ended_at IS NULL`,
    [id, now],
  );
  await voidAccountKeys(manager, { kind: 'customer', id });
}

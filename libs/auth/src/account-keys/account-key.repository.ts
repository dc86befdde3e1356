import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Account, AccountKind } from '#mfa';
import { prepared, type Statement } from '#platform';

/** What a key is good for. */
export type KeyPurpose = 'confirmation' | 'password-restore';

export interface NewKey {
  readonly account: Account;
  readonly purpose: KeyPurpose;
  readonly hash: Buffer;
  readonly expiresAt: Date;
  readonly now: Date;
  /** Somebody asked whose requests are not counted. */
  readonly isUncounted: boolean;
}

/** Where a key is mailed to. */
export interface KeyRecipient {
  readonly email: string;
  /** ISO form, such as `de_DE`. */
  readonly locale: string;
}

/** Why there is no key: the account ended, or was sent too many. */
export type KeyRefusal = 'ended' | 'limited';

const SEND_BURST = 5;
const SEND_INTERVAL_SECONDS = 60;

/** Accounts that can be mailed a key, by their id. */
const OWNER: Readonly<Record<AccountKind, string>> = {
  customer: `SELECT id, email, locale FROM customer WHERE id = $1 AND anonymized_at IS NULL`,
  user: `SELECT id, username AS email, locale FROM user_account WHERE id = $1 AND status = 'active'`,
};

/**
 * Send limit and new key in one statement: the key replaces the older one of its purpose.
 *
 * The shared lock makes it wait for a change of the address, or that for it: a key never goes to an address that the
 * account has no more.
 */
const issue = (kind: AccountKind): Statement => ({
  name: `auth_issue_${kind}_key`,
  text: `
    WITH owner AS MATERIALIZED (${OWNER[kind]} FOR SHARE
    ), issued AS (
      INSERT INTO account_key AS k (account_kind, account_id, purpose, key_hash, expires_at, sends_until)
      SELECT '${kind}', id, $2::text, $3::bytea, $4::timestamptz, $5::timestamptz + make_interval(secs => $6::int) FROM owner
      ON CONFLICT (account_kind, account_id, purpose) DO UPDATE SET
        key_hash = excluded.key_hash, expires_at = excluded.expires_at,
        sends_until = CASE WHEN $8 THEN k.sends_until ELSE greatest(k.sends_until, $5) + make_interval(secs => $6) END
      WHERE $8::boolean OR greatest(k.sends_until, $5) + make_interval(secs => $6) <= $5 + make_interval(secs => $6 * $7::int)
      RETURNING account_id
    )
    SELECT o.email, o.locale, i.account_id IS NOT NULL AS "isIssued" FROM owner o LEFT JOIN issued i ON i.account_id = o.id`,
});

const ISSUE = { customer: issue('customer'), user: issue('user') } satisfies Record<AccountKind, Statement>;

const GIVE_BACK: Statement = {
  name: 'auth_give_back_key_send',
  text: `
    UPDATE account_key SET sends_until = sends_until - make_interval(secs => $3::int)
    WHERE account_kind = $1 AND account_id = $2 AND purpose = $4`,
};

const TABLES: Readonly<Record<AccountKind, string>> = { customer: 'customer', user: 'user_account' };

/** The keys that are mailed to people, by their hashes. */
@Injectable()
export class AccountKeyRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** A key that was not issued leaves the older one as it is. */
  async issue({ account, purpose, hash, expiresAt, now, isUncounted }: NewKey): Promise<KeyRecipient | KeyRefusal> {
    const values = [account.id, purpose, hash, expiresAt, now, SEND_INTERVAL_SECONDS, SEND_BURST, isUncounted];
    const [owner] = await prepared<KeyRecipient & { isIssued: boolean }>(this.dataSource, ISSUE[account.kind], values);
    if (!owner) return 'ended';
    return owner.isIssued ? { email: owner.email, locale: owner.locale } : 'limited';
  }

  /** The send of a key that was counted and issued did not take place. */
  async giveBack({ kind, id }: Account, purpose: KeyPurpose): Promise<void> {
    await prepared(this.dataSource, GIVE_BACK, [kind, id, SEND_INTERVAL_SECONDS, purpose]);
  }

  /** Uses a confirmation key up; @returns false when it is unknown, expired or used */
  confirm(hash: Buffer, now: Date): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      await lockOwnerOfKey(manager, 'customer', hash);
      const [, confirmed] = await manager.query<[unknown[], number]>(
        `WITH used AS (
           UPDATE account_key SET key_hash = NULL
           WHERE key_hash = $1 AND purpose = 'confirmation' AND account_kind = 'customer' AND expires_at > $2::timestamptz
           RETURNING account_id
         )
         UPDATE customer SET confirmed = true, updated_at = $2
         WHERE id = (SELECT account_id FROM used) AND anonymized_at IS NULL`,
        [hash, now],
      );
      return confirmed > 0;
    });
  }
}

/** Locks the account before the key, as every transaction does that changes both: in any other order they deadlock. */
export async function lockOwnerOfKey(manager: EntityManager, kind: AccountKind, hash: Buffer): Promise<void> {
  await manager.query(
    `SELECT FROM ${TABLES[kind]} a JOIN account_key k ON k.account_kind = $2 AND k.account_id = a.id
     WHERE k.key_hash = $1 FOR NO KEY UPDATE OF a`,
    [hash, kind],
  );
}

/** Voids all keys of an account, in the transaction that changes what they were mailed for. */
export async function voidAccountKeys(manager: EntityManager, { kind, id }: Account): Promise<void> {
  await manager.query(`UPDATE account_key SET key_hash = NULL WHERE account_kind = $1 AND account_id = $2`, [kind, id]);
}

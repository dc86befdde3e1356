import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { prepared, type AccountKind, type Statement } from '#platform';
import type { Account, Audience, Credentials } from '../accounts/account.js';

/** A live session with what is known of its account; one row answers whether a token is still good. */
export interface LiveSession {
  readonly id: string;
  readonly kind: AccountKind;
  readonly accountId: string;
  /** Where mails of the account go. */
  readonly email: string;
  readonly locale: string;
  readonly customerReference: string | null;
  readonly userUuid: string | null;
  readonly roles: readonly string[];
  readonly isWarehouseUser: boolean;
}

export interface NewToken {
  readonly hash: Buffer;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

const FIND_LIVE: Statement = {
  name: 'auth_find_live_session',
  text: `
    SELECT s.id, s.account_kind AS kind, s.account_id AS "accountId", coalesce(c.email, u.username) AS email,
      coalesce(c.locale, u.locale) AS locale, c.customer_reference AS "customerReference", u.uuid AS "userUuid",
      coalesce(u.roles, '{}') AS roles, coalesce(u.is_warehouse_user, false) AS "isWarehouseUser"
    FROM login_session s
    LEFT JOIN customer c ON s.account_kind = 'customer' AND c.id = s.account_id AND c.anonymized_at IS NULL
    LEFT JOIN user_account u ON s.account_kind = 'user' AND u.id = s.account_id AND u.status = 'active'
    WHERE s.id = $1 AND s.ended_at IS NULL AND (c.id IS NOT NULL OR u.id IS NOT NULL)`,
};

/** The account's row, with the password that was verified; shared locks make a password change wait, or be seen. */
const OWNER: Record<AccountKind, string> = {
  customer: `customer WHERE id = $3 AND password_hash = $8 AND confirmed AND anonymized_at IS NULL`,
  user: `user_account WHERE id = $3 AND password_hash = $8 AND status = 'active'`,
};

/** A login also sweeps the account's sessions that are over for good, so that the tables stay flat. */
const open = (kind: AccountKind): Statement => ({
  name: `auth_open_${kind}_session`,
  text: `
    WITH owner AS MATERIALIZED (
      SELECT id FROM ${OWNER[kind]} FOR SHARE
    ), swept AS (
      DELETE FROM login_session s USING owner o
      WHERE s.account_kind = $2 AND s.account_id = o.id
        AND NOT EXISTS (SELECT FROM refresh_token t WHERE t.session_id = s.id AND t.expires_at > $5)
    ), opened AS (
      INSERT INTO login_session (id, account_kind, account_id, audience, created_at)
      SELECT $1::uuid, $2::text, id, $4::text, $5::timestamptz FROM owner RETURNING id
    )
    INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at)
    SELECT $6::bytea, id, $5::timestamptz, $7::timestamptz FROM opened RETURNING session_id`,
});

const OPEN = { customer: open('customer'), user: open('user') } satisfies Record<AccountKind, Statement>;

/** Rotation, and the end of a session whose token is used twice: decided from rows that are locked first. */
const ROTATE: Statement = {
  name: 'auth_rotate_refresh_token',
  text: `
    WITH token AS MATERIALIZED (
      SELECT session_id, rotated_at IS NOT NULL AS reused FROM refresh_token
      WHERE token_hash = $1 AND expires_at > $4::timestamptz FOR UPDATE
    ), session AS MATERIALIZED (
      SELECT s.id, s.account_kind, s.account_id, t.reused FROM token t JOIN login_session s ON s.id = t.session_id
      WHERE s.audience = $2 AND s.ended_at IS NULL FOR UPDATE OF s
    ), rotated AS (
      UPDATE refresh_token t SET rotated_at = $4 FROM session s WHERE t.token_hash = $1 AND NOT s.reused
      RETURNING s.id, s.account_kind, s.account_id
    ), ended AS (
      UPDATE login_session l SET ended_at = $4 FROM session s WHERE l.id = s.id AND s.reused
      RETURNING l.id, l.account_kind, l.account_id
    ), swept AS (
      DELETE FROM refresh_token t USING rotated r WHERE t.session_id = r.id AND t.expires_at <= $4
    ), issued AS (
      INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at)
      SELECT $3::bytea, id, $4, $5::timestamptz FROM rotated
    )
    SELECT id AS "sessionId", account_kind AS kind, account_id AS "accountId", false AS reused FROM rotated
    UNION ALL SELECT id, account_kind, account_id, true FROM ended`,
};

export interface Rotation {
  readonly sessionId: string;
  readonly kind: AccountKind;
  readonly accountId: string;
  /** The token had been rotated before: its session was ended. */
  readonly reused: boolean;
}

/** Sessions and their refresh tokens. */
@Injectable()
export class SessionRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async findLive(sessionId: string): Promise<LiveSession | undefined> {
    const [row] = await prepared<LiveSession>(this.dataSource, FIND_LIVE, [sessionId]);
    return row;
  }

  /** @returns false when the account's password is another one by now, or the account ended */
  async open(id: string, owner: Credentials, audience: Audience, token: NewToken): Promise<boolean> {
    const { kind, id: accountId, passwordHash } = owner;
    const values = [id, kind, accountId, audience, token.issuedAt, token.hash, token.expiresAt, passwordHash];
    return (await prepared(this.dataSource, OPEN[kind], values)).length > 0;
  }

  /** Exchanges a refresh token for a new one; undefined when it is unknown, expired, or its session ended. */
  async rotate(hash: Buffer, audience: Audience, next: NewToken): Promise<Rotation | undefined> {
    const values = [hash, audience, next.hash, next.issuedAt, next.expiresAt];
    const [row] = await prepared<Rotation>(this.dataSource, ROTATE, values);
    return row;
  }

  /** Ends the session that a refresh token belongs to, if it is one of this account. */
  async endByToken(hash: Buffer, { kind, id }: Account, now: Date): Promise<string | undefined> {
    const [rows] = await this.dataSource.query<[{ id: string }[], number]>(
      `UPDATE login_session s SET ended_at = $4 FROM refresh_token t
       WHERE t.token_hash = $1 AND s.id = t.session_id AND s.account_kind = $2 AND s.account_id = $3 AND s.ended_at IS NULL
       RETURNING s.id`,
      [hash, kind, id, now],
    );
    return rows[0]?.id;
  }

  async endAll({ kind, id }: Account, now: Date): Promise<void> {
    await this.dataSource.query(
      `UPDATE login_session SET ended_at = $3 WHERE account_kind = $1 AND account_id = $2 AND ended_at IS NULL`,
      [kind, id, now],
    );
  }
}

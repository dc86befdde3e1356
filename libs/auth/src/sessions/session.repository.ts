import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { AccountKind } from '#mfa';
import { prepared, type Statement } from '#platform';
import type { Audience, Credentials } from '../accounts/account.js';
import { AGENT_ROLE } from '../tokens/scopes.js';
import { endSessionOfToken, endSessions, type EndedSession, type SessionOwner } from './session-end.repository.js';

export interface NewSession {
  readonly id: string;
  readonly audience: Audience;
  /** The user that acts for the customer, in a session of their own; null: the account itself logs in. */
  readonly agent: { readonly id: string; readonly sessionId: string } | null;
}

export interface NewToken {
  readonly hash: Buffer;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** The account's row, with the password that was verified; shared locks make a password change wait, or be seen. */
const OWNER: Record<AccountKind, string> = {
  customer: `customer WHERE id = $3 AND password_hash = $8 AND confirmed AND anonymized_at IS NULL`,
  user: `user_account WHERE id = $3 AND password_hash = $8 AND status = 'active'`,
};

/**
 * The account's sessions that are over for good, as parts of a statement with the account's row as `owner`: whoever opens
 * one sweeps them, so that the tables stay flat.
 *
 * It waits for nobody: a session that somebody else has locked is left to the next login, with those that an agent opened
 * in it, which go with their agent's.
 */
export const sweepSessions = (kind: string, now: string): string => `
    over AS MATERIALIZED (
      SELECT s.id FROM login_session s JOIN owner o ON s.account_kind = ${kind} AND s.account_id = o.id
      WHERE NOT EXISTS (
        SELECT FROM refresh_token t WHERE t.session_id = s.id AND t.expires_at > ${now} AND s.ended_at IS NULL)
      FOR UPDATE OF s SKIP LOCKED
    ), opened_in_over AS MATERIALIZED (
      SELECT s.id FROM login_session s JOIN over ON s.agent_session_id = over.id FOR UPDATE OF s SKIP LOCKED
    ), swept AS (
      DELETE FROM login_session s USING over
      WHERE s.id = over.id AND NOT EXISTS (
        SELECT FROM login_session c WHERE c.agent_session_id = s.id AND c.id NOT IN (SELECT id FROM opened_in_over))
    )`;

/**
 * An agent needs the role and a live session; the shared locks make a deactivation or a sign-out wait, or be seen. The
 * account is locked before its session, as whatever ends both does. An agent also sweeps their ended sessions for other
 * customers, who may not log in for long.
 */
const open = (kind: AccountKind): Statement => ({
  name: `auth_open_${kind}_session`,
  text: `
    WITH agent AS MATERIALIZED (
      SELECT id FROM user_account
      WHERE id = $9::bigint AND status = 'active' AND '${AGENT_ROLE}' = ANY (roles)
      FOR SHARE
    ), agent_session AS MATERIALIZED (
      SELECT s.id FROM login_session s
      WHERE s.id = $10::uuid AND s.account_kind = 'user' AND s.account_id = (SELECT id FROM agent)
        AND s.ended_at IS NULL AND s.audience = $4
      FOR SHARE
    ), owner AS MATERIALIZED (
      SELECT id FROM ${OWNER[kind]} AND ($9 IS NULL OR EXISTS (SELECT FROM agent_session))
      FOR SHARE
    ), ${sweepSessions('$2', '$5')}, swept_of_agent AS (
      DELETE FROM login_session WHERE id IN (
        SELECT id FROM login_session WHERE agent_id = $9 AND ended_at IS NOT NULL FOR UPDATE SKIP LOCKED)
    ), opened AS (
      INSERT INTO login_session (id, account_kind, account_id, audience, created_at, agent_id, agent_session_id)
      SELECT $1::uuid, $2::text, id, $4::text, $5::timestamptz, $9, $10 FROM owner RETURNING id
    )
    INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at)
    SELECT $6::bytea, id, $5::timestamptz, $7::timestamptz FROM opened RETURNING session_id`,
});

const OPEN = { customer: open('customer'), user: open('user') } satisfies Record<AccountKind, Statement>;

/**
 * Rotation, and the end of a session whose token is used twice: decided from rows that are locked first, the session
 * before its token, as whatever deletes sessions does.
 */
const ROTATE: Statement = {
  name: 'auth_rotate_refresh_token',
  text: `
    WITH held AS MATERIALIZED (
      SELECT s.id, s.account_kind, s.account_id, s.agent_id, s.warehouse_uuid FROM login_session s
      WHERE s.id = (SELECT session_id FROM refresh_token WHERE token_hash = $1)
        AND s.audience = $2 AND s.ended_at IS NULL AND (s.agent_session_id IS NULL OR EXISTS (
          SELECT FROM login_session p WHERE p.id = s.agent_session_id AND p.ended_at IS NULL))
      FOR UPDATE OF s
    ), session AS MATERIALIZED (
      SELECT h.*, t.company_user_uuid, t.rotated_at IS NOT NULL AS reused
      FROM held h JOIN refresh_token t ON t.session_id = h.id
      WHERE t.token_hash = $1 AND t.expires_at > $4::timestamptz
      FOR UPDATE OF t
    ), rotated AS (
      UPDATE refresh_token t SET rotated_at = $4 FROM session s WHERE t.token_hash = $1 AND NOT s.reused
      RETURNING s.*
    ), ended AS (
      UPDATE login_session l SET ended_at = $4 FROM session s WHERE l.id = s.id AND s.reused
      RETURNING s.*
    ), swept AS (
      DELETE FROM refresh_token t USING rotated r WHERE t.session_id = r.id AND t.expires_at <= $4
    ), issued AS (
      INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at, company_user_uuid)
      SELECT $3::bytea, id, $4, $5::timestamptz, company_user_uuid FROM rotated
    )
    SELECT id AS "sessionId", account_kind AS kind, account_id AS "accountId", agent_id AS "agentId",
      company_user_uuid AS "companyUserUuid", warehouse_uuid AS "warehouseUuid", reused
    FROM (SELECT * FROM rotated UNION ALL SELECT * FROM ended) AS done`,
};

/** One more refresh token in a session of the customer, for a company user of theirs. */
const CHOOSE_COMPANY_USER: Statement = {
  name: 'auth_choose_company_user',
  text: `
    INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at, company_user_uuid)
    SELECT $3::bytea, s.id, $4::timestamptz, $5::timestamptz, c.uuid
    FROM login_session s JOIN company_user c ON s.account_kind = 'customer' AND c.customer_id = s.account_id
    WHERE s.id = $1 AND s.ended_at IS NULL AND c.uuid = $2 AND c.is_active
    RETURNING session_id`,
};

/**
 * Deletes the oldest refresh tokens for company users of a session, but for so many; that of the login stays. The session
 * is locked before its tokens. To be called when the new token is committed, like `endOldestSessions`.
 */
const FORGET_OLDEST_CHOICES = `
  WITH held AS MATERIALIZED (SELECT id FROM login_session WHERE id = $1 FOR UPDATE)
  DELETE FROM refresh_token WHERE token_hash IN (
    SELECT t.token_hash FROM refresh_token t JOIN held h ON t.session_id = h.id
    WHERE t.company_user_uuid IS NOT NULL AND t.rotated_at IS NULL
    ORDER BY t.issued_at DESC, t.token_hash OFFSET $2)`;

export interface Rotation {
  readonly sessionId: string;
  readonly kind: AccountKind;
  readonly accountId: string;
  readonly agentId: string | null;
  readonly companyUserUuid: string | null;
  /** The warehouse that the session's tokens stand for. */
  readonly warehouseUuid: string | null;
  /** The token had been rotated before: its session was ended. */
  readonly reused: boolean;
}

/** Sessions and their refresh tokens. */
@Injectable()
export class SessionRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns false when the account's password is another one by now, or the account ended, or the agent's or its session */
  async open(
    { id, audience, agent }: NewSession,
    { kind, id: accountId, passwordHash }: Credentials,
    token: NewToken,
    manager: EntityManager,
  ): Promise<boolean> {
    const values = [id, kind, accountId, audience, token.issuedAt, token.hash, token.expiresAt, passwordHash];
    const by = [agent?.id ?? null, agent?.sessionId ?? null];
    return (await prepared(manager, OPEN[kind], [...values, ...by])).length > 0;
  }

  /** @returns false when the company user is not an active one of the session's customer, or the session ended */
  async chooseCompanyUser(sessionId: string, uuid: string, token: NewToken, manager: EntityManager): Promise<boolean> {
    const values = [sessionId, uuid, token.hash, token.issuedAt, token.expiresAt];
    return (await prepared(manager, CHOOSE_COMPANY_USER, values)).length > 0;
  }

  /** @param limit of refresh tokens for company users in one session: the oldest ones give way */
  async forgetOldestChoices(sessionId: string, limit: number): Promise<void> {
    await this.dataSource.query(FORGET_OLDEST_CHOICES, [sessionId, limit]);
  }

  /** Exchanges a refresh token for a new one; undefined when it is unknown, expired, or its session ended. */
  async rotate(hash: Buffer, audience: Audience, next: NewToken): Promise<Rotation | undefined> {
    const values = [hash, audience, next.hash, next.issuedAt, next.expiresAt];
    const [row] = await prepared<Rotation>(this.dataSource, ROTATE, values);
    return row;
  }

  /** Ends the session that a refresh token belongs to, if it is one of the caller's. */
  endByToken(hash: Buffer, caller: SessionOwner, now: Date): Promise<EndedSession[]> {
    return endSessionOfToken(this.dataSource, caller, hash, now);
  }

  endAll(caller: SessionOwner, now: Date): Promise<EndedSession[]> {
    return this.dataSource.transaction((manager) => endSessions(manager, caller, now));
  }
}

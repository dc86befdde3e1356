import type { AccountKind } from '#mfa';
import { statement, type Statement } from '#sql';
import { AGENT_ROLE } from '../tokens/scopes.js';

/**
 * Selects the account's row if it still has the verified password. Because of the shared lock, a password change either
 * waits or is seen.
 */
const OWNER: Record<AccountKind, string> = {
  customer: `customer WHERE id = :accountId AND password_hash = :passwordHash AND confirmed AND anonymized_at IS NULL`,
  user: `user_account WHERE id = :accountId AND password_hash = :passwordHash AND status = 'active'`,
};

/**
 * CTEs that delete the account's ended and expired sessions. The statement must have the account's row as `owner`.
 * Whoever opens a session runs this, so that the tables stay small.
 *
 * It does not wait for locks: the next login deletes what is locked now. An agent's session stays as long as one of the
 * sessions opened in it is locked, because those are deleted together with it.
 */
const sweepSessions = (kind: string, now: string): string => `
    over AS MATERIALIZED (
      SELECT s.id FROM login_session s JOIN owner o ON s.account_kind = ${kind} AND s.account_id = o.id
      WHERE NOT EXISTS (
        SELECT FROM refresh_token t WHERE t.session_id = s.id AND t.expires_at > ${now} AND s.ended_at IS NULL)
      AND NOT EXISTS (
        SELECT FROM page_session p WHERE p.session_id = s.id AND p.expires_at > ${now} AND s.ended_at IS NULL)
      FOR UPDATE OF s SKIP LOCKED
    ), opened_in_over AS MATERIALIZED (
      SELECT s.id FROM login_session s JOIN over ON s.agent_session_id = over.id FOR UPDATE OF s SKIP LOCKED
    ), swept AS (
      DELETE FROM login_session s USING over
      WHERE s.id = over.id AND NOT EXISTS (
        SELECT FROM login_session c WHERE c.agent_session_id = s.id AND c.id NOT IN (SELECT id FROM opened_in_over))
    )`;

/**
 * An agent needs the role and a live session. Because of the shared locks, a deactivation or a logout either waits or
 * is seen. The account is locked before its session, as in statements that end both. An agent's ended sessions for
 * other customers are deleted too, because those customers may not log in for a long time.
 */
const open = (kind: AccountKind, name: string, insertHolder: string): Statement =>
  statement(
    `auth_open_${kind}_${name}`,
    `
    WITH agent AS MATERIALIZED (
      SELECT id FROM user_account
      WHERE id = :agentId::bigint AND status = 'active' AND '${AGENT_ROLE}' = ANY (roles)
      FOR SHARE
    ), agent_session AS MATERIALIZED (
      SELECT s.id FROM login_session s
      WHERE s.id = :agentSessionId::uuid AND s.account_kind = 'user' AND s.account_id = (SELECT id FROM agent)
        AND s.ended_at IS NULL AND s.audience = :audience
      FOR SHARE
    ), owner AS MATERIALIZED (
      SELECT id FROM ${OWNER[kind]} AND (:agentId IS NULL OR EXISTS (SELECT FROM agent_session))
      FOR SHARE
    ), ${sweepSessions(':kind', ':now')}, swept_of_agent AS (
      DELETE FROM login_session WHERE id IN (
        SELECT id FROM login_session WHERE agent_id = :agentId AND ended_at IS NOT NULL FOR UPDATE SKIP LOCKED)
    ), opened AS (
      INSERT INTO login_session (id, account_kind, account_id, audience, created_at, agent_id, agent_session_id,
        client_address, user_agent)
      SELECT :id::uuid, :kind::text, id, :audience::text, :now::timestamptz, :agentId, :agentSessionId,
        :clientAddress::text, :userAgent::text
      FROM owner RETURNING id
    )
    ${insertHolder} FROM opened RETURNING session_id`,
  );

const INSERT_REFRESH_TOKEN = `
    INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at)
    SELECT :tokenHash::bytea, id, :now::timestamptz, :tokenExpiresAt::timestamptz`;
const INSERT_PAGE_SESSION = `
    INSERT INTO page_session (token_hash, session_id, awaits_second_step, last_used_at, expires_at)
    SELECT :hash::bytea, id, :awaitsSecondStep::boolean, :now::timestamptz, :expiresAt::timestamptz`;

export const OPEN_SESSION = {
  customer: open('customer', 'session', INSERT_REFRESH_TOKEN),
  user: open('user', 'session', INSERT_REFRESH_TOKEN),
} satisfies Record<AccountKind, Statement>;

/** A session that the cookie of a browser holds in place of tokens. */
export const OPEN_PAGE_SESSION = {
  customer: open('customer', 'page_session', INSERT_PAGE_SESSION),
  user: open('user', 'page_session', INSERT_PAGE_SESSION),
} satisfies Record<AccountKind, Statement>;

/**
 * Locks the account before its session, as in statements that end both. Because of the shared locks, those either wait
 * or are seen.
 */
export const OPEN_WAREHOUSE_SESSION = statement(
  'auth_open_warehouse_session',
  `
    WITH owner AS MATERIALIZED (
      SELECT id FROM user_account WHERE id = :userId AND status = 'active' AND is_warehouse_user FOR SHARE
    ), asking AS MATERIALIZED (
      SELECT s.id FROM login_session s
      WHERE s.id = :userSessionId AND s.account_kind = 'user' AND s.account_id = (SELECT id FROM owner)
        AND s.ended_at IS NULL AND s.warehouse_uuid IS NULL AND s.audience = :audience
      FOR SHARE
    ), ${sweepSessions("'user'", ':now')}, opened AS (
      INSERT INTO login_session (id, account_kind, account_id, warehouse_uuid, audience, created_at, client_address,
        user_agent)
      SELECT :id::uuid, 'user', o.id, :warehouseUuid::uuid, :audience::text, :now::timestamptz, :clientAddress::text,
        :userAgent::text
      FROM owner o, asking RETURNING id
    )
    INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at)
    SELECT :tokenHash::bytea, id, :now, :tokenExpiresAt::timestamptz FROM opened RETURNING session_id`,
);

import { statement } from '#sql';

/**
 * Rotates a refresh token, or ends the session if the token was used before. All rows are locked first, the session
 * before its token: statements that delete sessions lock in the same order.
 */
export const ROTATE_REFRESH_TOKEN = statement(
  'auth_rotate_refresh_token',
  `
    WITH held AS MATERIALIZED (
      SELECT s.id, s.account_kind, s.account_id, s.agent_id, s.warehouse_uuid FROM login_session s
      WHERE s.id = (SELECT session_id FROM refresh_token WHERE token_hash = :hash)
        AND s.audience = :audience AND s.ended_at IS NULL AND (s.agent_session_id IS NULL OR EXISTS (
          SELECT FROM login_session p WHERE p.id = s.agent_session_id AND p.ended_at IS NULL))
      FOR UPDATE OF s
    ), session AS MATERIALIZED (
      SELECT h.*, t.company_user_uuid, t.rotated_at IS NOT NULL AS reused
      FROM held h JOIN refresh_token t ON t.session_id = h.id
      WHERE t.token_hash = :hash AND t.expires_at > :now::timestamptz
      FOR UPDATE OF t
    ), rotated AS (
      UPDATE refresh_token t SET rotated_at = :now FROM session s WHERE t.token_hash = :hash AND NOT s.reused
      RETURNING s.*
    ), ended AS (
      UPDATE login_session l SET ended_at = :now, client_address = NULL, user_agent = NULL
      FROM session s WHERE l.id = s.id AND s.reused
      RETURNING s.*
    ), swept AS (
      DELETE FROM refresh_token t USING rotated r WHERE t.session_id = r.id AND t.expires_at <= :now
    ), issued AS (
      INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at, company_user_uuid)
      SELECT :nextHash::bytea, id, :now, :nextExpiresAt::timestamptz, company_user_uuid FROM rotated
    )
    SELECT id AS "sessionId", account_kind AS kind, account_id AS "accountId", agent_id AS "agentId",
      company_user_uuid AS "companyUserUuid", warehouse_uuid AS "warehouseUuid", reused
    FROM (SELECT * FROM rotated UNION ALL SELECT * FROM ended) AS done`,
);

/** Adds a refresh token to a customer's session, for one of the customer's company users. */
export const CHOOSE_COMPANY_USER = statement(
  'auth_choose_company_user',
  `
    INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at, company_user_uuid)
    SELECT :tokenHash::bytea, s.id, :now::timestamptz, :tokenExpiresAt::timestamptz, c.uuid
    FROM login_session s JOIN company_user c ON s.account_kind = 'customer' AND c.customer_id = s.account_id
    WHERE s.id = :sessionId AND s.ended_at IS NULL AND c.uuid = :companyUserUuid AND c.is_active
    RETURNING session_id`,
);

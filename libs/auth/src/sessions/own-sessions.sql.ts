import { statement } from '#sql';

/**
 * The live sessions of an account: each has a refresh token that is good, or a session of pages. A user's are also those
 * for customers; of a customer an agent sees the agent's own. A session of tokens was last used when it was refreshed.
 * Where an agent sits who acts for a customer is not for the customer to know.
 */
export const LIST_OWN_SESSIONS = statement(
  'auth_list_own_sessions',
  `
    SELECT s.id, s.account_kind <> :kind::text AS "isForCustomer", o.is_of_agent AS "isOfAgent",
      s.warehouse_uuid IS NOT NULL AS "isForWarehouse", s.created_at AS "openedAt",
      CASE WHEN NOT o.is_of_agent THEN s.client_address END AS "clientAddress",
      CASE WHEN NOT o.is_of_agent THEN s.user_agent END AS "userAgent",
      greatest(p.last_used_at, t.issued_at) AS "lastUsedAt", p.session_id IS NOT NULL AS "isOfPages",
      coalesce(p.awaits_second_step, false) AS "awaitsSecondStep"
    FROM login_session s
    CROSS JOIN LATERAL (
      SELECT s.agent_id IS NOT NULL AND s.account_kind = :kind AND :agentId::bigint IS NULL AS is_of_agent) o
    LEFT JOIN page_session p
      ON p.session_id = s.id AND p.expires_at > :now::timestamptz AND p.last_used_at > :idleSince::timestamptz
    LEFT JOIN LATERAL (
      SELECT max(issued_at) AS issued_at FROM refresh_token
      WHERE session_id = s.id AND rotated_at IS NULL AND expires_at > :now) t ON true
    WHERE s.ended_at IS NULL AND (p.session_id IS NOT NULL OR t.issued_at IS NOT NULL)
      AND ((s.account_kind = :kind AND s.account_id = :accountId::bigint
          AND (:agentId IS NULL OR s.agent_id = :agentId))
        OR (:kind = 'user' AND s.agent_id = :accountId))
      AND (s.agent_session_id IS NULL OR EXISTS (
        SELECT FROM login_session a WHERE a.id = s.agent_session_id AND a.ended_at IS NULL))
    ORDER BY "lastUsedAt" DESC, s.id
    LIMIT :limit::int`,
);

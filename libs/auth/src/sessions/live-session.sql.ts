import { statement } from '#sql';
import { AGENT_ROLE } from '../tokens/scopes.js';

/**
 * An agent's session for a customer is live only as long as the agent is active, has the role, and is logged in. A
 * warehouse's session is live only as long as its user may work in warehouses.
 */
export const FIND_LIVE_SESSION = statement(
  'auth_find_live_session',
  `
    SELECT s.id, s.account_kind AS kind, s.account_id AS "accountId", coalesce(c.email, u.username) AS email,
      coalesce(c.locale, u.locale) AS locale, c.customer_reference AS "customerReference", u.uuid AS "userUuid",
      coalesce(u.roles, '{}') AS roles, coalesce(u.is_warehouse_user, false) AS "isWarehouseUser",
      ARRAY(SELECT company_name FROM company_user WHERE customer_id = c.id AND is_active) AS companies,
      s.warehouse_uuid AS "warehouseUuid",
      CASE WHEN a.id IS NOT NULL
        THEN json_build_object('id', a.id::text, 'email', a.username, 'locale', a.locale,
          'roles', a.roles) END AS agent
    FROM login_session s
    LEFT JOIN customer c ON s.account_kind = 'customer' AND c.id = s.account_id AND c.anonymized_at IS NULL
    LEFT JOIN user_account u ON s.account_kind = 'user' AND u.id = s.account_id AND u.status = 'active'
    LEFT JOIN user_account a ON a.id = s.agent_id AND a.status = 'active' AND '${AGENT_ROLE}' = ANY (a.roles)
    LEFT JOIN login_session p ON p.id = s.agent_session_id AND p.ended_at IS NULL
    WHERE s.id = :id AND s.ended_at IS NULL AND (c.id IS NOT NULL OR u.id IS NOT NULL)
      AND (s.agent_id IS NULL OR (a.id IS NOT NULL AND p.id IS NOT NULL))
      AND (s.warehouse_uuid IS NULL OR u.is_warehouse_user)`,
);

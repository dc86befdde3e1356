import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { AccountKind } from '#mfa';
import { prepared, type Statement } from '#platform';
import { AGENT_ROLE } from '../tokens/scopes.js';

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
  /** The companies that the customer is an active user of. */
  readonly companies: readonly string[];
  readonly isWarehouseUser: boolean;
  /** The user that acts for the customer, and how to reach the person; null: the account itself logged in. */
  readonly agent: {
    readonly id: string;
    readonly email: string;
    readonly locale: string;
    readonly roles: readonly string[];
  } | null;
  /** The warehouse that the session's tokens stand for, instead of the account; null: for the account. */
  readonly warehouseUuid: string | null;
}

/**
 * An agent's session for a customer is live while the agent's account is, has the role, and is logged in; a warehouse's
 * while its user may work in warehouses.
 */
const FIND_LIVE: Statement = {
  name: 'auth_find_live_session',
  text: `
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
    WHERE s.id = $1 AND s.ended_at IS NULL AND (c.id IS NOT NULL OR u.id IS NOT NULL)
      AND (s.agent_id IS NULL OR (a.id IS NOT NULL AND p.id IS NOT NULL))
      AND (s.warehouse_uuid IS NULL OR u.is_warehouse_user)`,
};

/** Sessions as the token check sees them. */
@Injectable()
export class LiveSessionRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async find(sessionId: string): Promise<LiveSession | undefined> {
    const [row] = await prepared<LiveSession>(this.dataSource, FIND_LIVE, [sessionId]);
    return row;
  }
}

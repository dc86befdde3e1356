import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { prepared, type Statement } from '#platform';
import type { Audience } from '../accounts/account.js';
import { sweepSessions, type NewToken } from './session.repository.js';

/** A session whose tokens stand for a warehouse. */
export interface NewWarehouseSession {
  readonly id: string;
  readonly warehouseUuid: string;
  readonly audience: Audience;
  /** The user that works there, in the session in which they ask. */
  readonly userId: string;
  readonly userSessionId: string;
}

/** Account before session, as whatever ends both; the shared locks make that wait, or be seen. */
const OPEN: Statement = {
  name: 'auth_open_warehouse_session',
  text: `
    WITH owner AS MATERIALIZED (
      SELECT id FROM user_account WHERE id = $1 AND status = 'active' AND is_warehouse_user FOR SHARE
    ), asking AS MATERIALIZED (
      SELECT s.id FROM login_session s
      WHERE s.id = $2 AND s.account_kind = 'user' AND s.account_id = (SELECT id FROM owner)
        AND s.ended_at IS NULL AND s.warehouse_uuid IS NULL AND s.audience = $5
      FOR SHARE
    ), ${sweepSessions("'user'", '$6')}, opened AS (
      INSERT INTO login_session (id, account_kind, account_id, warehouse_uuid, audience, created_at)
      SELECT $3::uuid, 'user', o.id, $4::uuid, $5::text, $6::timestamptz FROM owner o, asking RETURNING id
    )
    INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at)
    SELECT $7::bytea, id, $6, $8::timestamptz FROM opened RETURNING session_id`,
};

/** Sessions of warehouses; they belong to the user that opened them and end with that account's other ones. */
@Injectable()
export class WarehouseSessionRepository {
  /**
   * @param manager the transaction that found out where the user works
   * @returns false when the user or the session in which they ask ended, or the user works in no warehouse any more
   */
  async open(session: NewWarehouseSession, token: NewToken, manager: EntityManager): Promise<boolean> {
    const { id, warehouseUuid, audience, userId, userSessionId } = session;
    const values = [userId, userSessionId, id, warehouseUuid, audience, token.issuedAt, token.hash, token.expiresAt];
    return (await prepared(manager, OPEN, values)).length > 0;
  }
}

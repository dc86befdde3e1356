import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { run } from '#sql';
import type { Audience } from '../accounts/account.js';
import { currentSessionOrigin } from './session-origin.js';
import { tokenValues, type NewToken } from './session.repository.js';
import { OPEN_WAREHOUSE_SESSION } from './session.sql.js';

/** A new session whose tokens represent a warehouse. */
export interface NewWarehouseSession {
  readonly id: string;
  readonly warehouseUuid: string;
  readonly audience: Audience;
  /** The user who works there, and the session of the request. */
  readonly userId: string;
  readonly userSessionId: string;
}

/**
 * Stores sessions of warehouses. They belong to the user who opened them, and end together with the user's other
 * sessions.
 */
@Injectable()
export class WarehouseSessionRepository {
  /**
   * @param manager the transaction that has read in which warehouse the user works
   * @returns false if the user or the session of the request was ended, or the user no longer works in warehouses
   */
  async open(session: NewWarehouseSession, token: NewToken, manager: EntityManager): Promise<boolean> {
    const values = { ...session, ...tokenValues(token), ...currentSessionOrigin() };
    return (await run(manager, OPEN_WAREHOUSE_SESSION, values)).length > 0;
  }
}

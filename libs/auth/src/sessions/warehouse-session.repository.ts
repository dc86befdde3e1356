import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { run } from '#sql';
import type { Audience } from '../accounts/account.js';
import { tokenValues, type NewToken } from './session.repository.js';
import { OPEN_WAREHOUSE_SESSION } from './session.sql.js';

/** A session whose tokens stand for a warehouse. */
export interface NewWarehouseSession {
  readonly id: string;
  readonly warehouseUuid: string;
  readonly audience: Audience;
  /** The user that works there, in the session in which they ask. */
  readonly userId: string;
  readonly userSessionId: string;
}

/** Sessions of warehouses; they belong to the user that opened them and end with that account's other ones. */
@Injectable()
export class WarehouseSessionRepository {
  /**
   * @param manager the transaction that found out where the user works
   * @returns false when the user or the session in which they ask ended, or the user works in no warehouse any more
   */
  async open(session: NewWarehouseSession, token: NewToken, manager: EntityManager): Promise<boolean> {
    return (await run(manager, OPEN_WAREHOUSE_SESSION, { ...session, ...tokenValues(token) })).length > 0;
  }
}

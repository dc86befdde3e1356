import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { ADMINISTRATOR_ROLE } from '#auth';
import { ApiException } from '#json-api';
import { BACKEND_ERRORS } from '../backend-errors.js';

const HOLD = `SELECT id, status, roles FROM user_account WHERE id = $1 FOR SHARE`;

/**
 * The lock waits for logins under way, and they for it: they see what was changed, or are seen. It is also on who makes
 * the change, in the order of ids: of two administrators who deactivate each other one is left.
 */
const HOLD_BOTH = `
  SELECT id, status, roles FROM user_account WHERE id = ANY (ARRAY[$1, $2]::bigint[]) ORDER BY id FOR NO KEY UPDATE`;

interface HeldUser {
  readonly id: string;
  readonly status: string;
  readonly roles: readonly string[];
}

/** Who acts as an administrator when it is done, not only when the request came. */
@Injectable()
export class AdministratorsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs work in a transaction in which the user stays an administrator; a deactivation waits for it, or is seen.
   *
   * @param changedUserId whose row the work changes; it is locked too
   * @throws ApiException 403 for one who is none any more
   */
  async during<T>(id: string, work: (manager: EntityManager) => Promise<T>, changedUserId?: string): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      const held = await (changedUserId === undefined
        ? manager.query<HeldUser[]>(HOLD, [id])
        : manager.query<HeldUser[]>(HOLD_BOTH, [id, changedUserId]));
      if (!held.some((user) => user.id === id && isAdministrator(user))) {
        throw new ApiException(BACKEND_ERRORS.forbidden);
      }
      return work(manager);
    });
  }
}

function isAdministrator({ status, roles }: HeldUser): boolean {
  return status === 'active' && roles.includes(ADMINISTRATOR_ROLE);
}

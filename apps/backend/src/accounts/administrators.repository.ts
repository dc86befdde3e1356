import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { ADMINISTRATOR_ROLE, User } from '#auth';
import { ApiException } from '#json-api';
import { BACKEND_ERRORS } from '../backend-errors.js';

/** Who acts as an administrator when it is done, not only when the request came. */
@Injectable()
export class AdministratorsRepository {
  /**
   * Locks the user until the transaction ends: an administrator stays one, and a deactivation waits for it, or is seen.
   *
   * @param changedUserId whose row is changed too. It is locked in the order of ids, so that of two administrators who
   *   deactivate each other one is left; the lock waits for logins under way, and they for it: they see what was changed,
   *   or are seen
   * @throws ApiException 403 for one who is no administrator any more
   */
  async lock(id: string, manager: EntityManager, changedUserId?: string): Promise<void> {
    const users = await manager.find(User, {
      select: { id: true, status: true, roles: true },
      where: { id: In(changedUserId === undefined ? [id] : [id, changedUserId]) },
      order: { id: 'ASC' },
      lock: { mode: changedUserId === undefined ? 'pessimistic_read' : 'for_no_key_update' },
    });
    if (!users.some((user) => user.id === id && isAdministrator(user)))
      throw new ApiException(BACKEND_ERRORS.forbidden);
  }
}

function isAdministrator({ status, roles }: User): boolean {
  return status === 'active' && roles.includes(ADMINISTRATOR_ROLE);
}

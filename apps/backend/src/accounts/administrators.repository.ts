import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { ADMINISTRATOR_ROLE, User } from '#auth';
import { ApiException } from '#json-api';
import { BACKEND_ERRORS } from '../backend-errors.js';

/** Checks that an actor is still an administrator at the time of the change, not only at the start of the request. */
@Injectable()
export class AdministratorsRepository {
  /**
   * Locks the user until the transaction ends, so that the role cannot be removed meanwhile: a deactivation either
   * waits or is seen.
   *
   * @param changedUserId a user whose row is changed too. Both rows are locked in the order of ids: if two
   * administrators deactivate each other, only one succeeds. The lock and logins in progress wait for each other, so
   * that each login either sees the change or is seen by it.
   * @throws ApiException 403 if the user is no longer an administrator
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

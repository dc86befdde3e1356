import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ADMINISTRATOR_ROLE, hashPassword, User, WEAKNESS_ERRORS, weaknessOf, type ReachableCaller } from '#auth';
import { ApiException } from '#json-api';
import { actorOf, type Actor } from '#mfa';
import { Clock } from '#platform';
import { AdministratorsRepository } from '../accounts/administrators.repository.js';
import type { NewUserAttributes } from './new-user.attributes.js';
import { UserChangesRepository, type StoredChanges } from './user-changes.repository.js';
import type { UserChanges } from './user-changes.attributes.js';
import type { UserList } from './user-list.js';
import type { UserData } from './user.resource.js';
import { UserProtectionService } from './user-protection.service.js';
import { USER_ERRORS } from './users.errors.js';
import { UsersRepository } from './users.repository.js';

/** What administrators do with users. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly administrators: AdministratorsRepository,
    private readonly changes: UserChangesRepository,
    private readonly protection: UserProtectionService,
    private readonly clock: Clock,
  ) {}

  list(list: UserList): Promise<{ users: UserData[]; total: number }> {
    return this.users.list(list);
  }

  /** @throws ApiException 404 / 007 */
  async get(uuid: string): Promise<UserData> {
    const user = await this.users.find(uuid);
    if (!user) throw new ApiException(USER_ERRORS.notFound);
    return user;
  }

  /** @throws ApiException 400 / 421, 400 / 422, 422 / 901 for a taken username */
  async create({ password, ...person }: NewUserAttributes, caller: ReachableCaller): Promise<UserData> {
    const passwordHash = await hashOf(password);
    const user = await this.administrators.during(caller.account.id, async (manager) => {
      const created = await this.users.create({ ...person, passwordHash }, this.clock.now(), manager);
      if (created) await this.protection.recordCreation(created, actorOf(caller), manager);
      return created;
    });
    if (!user) throw new ApiException(USER_ERRORS.usernameTaken);
    return user;
  }

  /**
   * @throws ApiException 404 / 007, 403 for what administrators cannot do to themselves, 400 / 421, 400 / 422,
   *   422 / 901 for a taken username, or where a reason is needed
   */
  async change(uuid: string, { password, reason, ...others }: UserChanges, caller: ReachableCaller): Promise<UserData> {
    const { id } = await this.get(uuid);
    if (id === caller.account.id) assertOwnAccess({ password, ...others });
    const passwordHash = password === undefined ? undefined : await hashOf(password);
    const changes = { ...others, ...(passwordHash !== undefined && { passwordHash }) };
    return this.store(id, changes, actorOf(caller, reason));
  }

  /** @throws ApiException 404 / 007, 403 for oneself */
  async deactivate(uuid: string, caller: ReachableCaller): Promise<void> {
    await this.change(uuid, { status: 'inactive' }, caller);
  }

  /** The change and all that comes with it, while the actor is an administrator. */
  private store(id: string, changes: StoredChanges, actor: Actor): Promise<UserData> {
    const at = this.clock.now();
    const work = async (manager: EntityManager): Promise<UserData> => {
      const former = await manager.findOneBy(User, { id });
      if (!former) throw new ApiException(USER_ERRORS.notFound);
      const user = await this.changes.change(id, changes, at, manager);
      if (!user) throw new ApiException(USER_ERRORS.usernameTaken);
      const hasNewPassword = changes.passwordHash !== undefined;
      await this.protection.follow({ former, user, hasNewPassword, actor, at }, manager);
      return user;
    };
    return this.administrators.during(actor.id, work, id);
  }
}

/** Administrators keep their access, and need the current password for a new one. */
function assertOwnAccess({ password, status, roles }: UserChanges): void {
  const loses = status === 'inactive' || (roles !== undefined && !roles.includes(ADMINISTRATOR_ROLE));
  if (loses || password !== undefined) throw new ApiException(USER_ERRORS.oneself);
}

/** @throws ApiException 400 / 421, 400 / 422 for a bad choice */
async function hashOf(password: string): Promise<string> {
  const weakness = weaknessOf(password);
  if (weakness) throw new ApiException(WEAKNESS_ERRORS[weakness]);
  return hashPassword(password);
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ADMINISTRATOR_ROLE, assertStrong, hashPassword, type ReachableCaller } from '#auth';
import { ApiException } from '#json-api';
import { actorOf, type Actor } from '#mfa';
import { Clock } from '#platform';
import { AdministratorsRepository } from '../accounts/administrators.repository.js';
import type { CreateUserDto } from './dto/create-user.dto.js';
import type { UpdateUserDto } from './dto/update-user.dto.js';
import type { UserList } from './user-list.js';
import type { UserData } from './user.resource.js';
import { UserProtectionService } from './user-protection.service.js';
import { USER_ERRORS } from './users.errors.js';
import { UsersRepository, type StoredChanges } from './users.repository.js';

/** Manages users, for administrators. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly administrators: AdministratorsRepository,
    private readonly protection: UserProtectionService,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
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

  /**
   * By default a user is active, is not a warehouse user, and uses English.
   *
   * @throws ApiException 400 / 421, 400 / 422, 422 / 901 if the username is in use
   */
  async create({ password, ...attributes }: CreateUserDto, caller: ReachableCaller): Promise<UserData> {
    assertStrong(password);
    const { isWarehouseUser = false, locale = 'en_US', status = 'active' } = attributes;
    const person = { ...attributes, isWarehouseUser, locale, status, passwordHash: await hashPassword(password) };
    return this.dataSource.transaction(async (manager) => {
      await this.administrators.lock(caller.account.id, manager);
      const user = await this.users.create(person, this.clock.now(), manager);
      await this.protection.recordCreation(user, actorOf(caller), manager);
      return user;
    });
  }

  /**
   * What can be said of a change before it is made.
   *
   * @throws ApiException 404 / 007, 403 for what administrators cannot do to themselves, 400 / 421, 400 / 422, 422 /
   * 901 if a required reason is missing
   */
  async check(uuid: string, changes: UpdateUserDto, caller: ReachableCaller): Promise<UserData> {
    const user = await this.get(uuid);
    const { password, username = user.username, reason } = changes;
    if (user.id === caller.account.id) assertOwnAccess(changes);
    if (password !== undefined) assertStrong(password);
    const isDecisive = password !== undefined || username !== user.username;
    if (isDecisive) await this.protection.requireReason(user.id, actorOf(caller, reason));
    return user;
  }

  /**
   * @throws ApiException 404 / 007, 403 for what administrators cannot do to themselves, 400 / 421, 400 / 422, 422 /
   * 901 if the username is in use, or a required reason is missing
   */
  async change(uuid: string, changed: UpdateUserDto, caller: ReachableCaller): Promise<UserData> {
    const { id } = await this.check(uuid, changed, caller);
    const { password, reason, ...others } = changed;
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const changes = { ...others, ...(passwordHash !== undefined && { passwordHash }) };
    return this.store(id, changes, actorOf(caller, reason));
  }

  /** @throws ApiException 404 / 007, 403 for the caller's own account */
  async deactivate(uuid: string, caller: ReachableCaller): Promise<void> {
    await this.change(uuid, { status: 'inactive' }, caller);
  }

  /** Stores the change and everything that follows from it, if the actor is still an administrator. */
  private store(id: string, changes: StoredChanges, actor: Actor): Promise<UserData> {
    const at = this.clock.now();
    return this.dataSource.transaction(async (manager) => {
      await this.administrators.lock(actor.id, manager, id);
      const former = await this.users.findById(id, manager);
      await this.users.change(id, changes, at, manager);
      const user = await this.users.findById(id, manager);
      if (!former || !user) throw new ApiException(USER_ERRORS.notFound);
      const hasNewPassword = changes.passwordHash !== undefined;
      await this.protection.follow({ former, user, hasNewPassword, actor, at }, manager);
      return user;
    });
  }
}

/** Administrators cannot remove their own access, and need the current password to set a new one. */
function assertOwnAccess({ password, status, roles }: UpdateUserDto): void {
  const loses = status === 'inactive' || (roles !== undefined && !roles.includes(ADMINISTRATOR_ROLE));
  if (loses || password !== undefined) throw new ApiException(USER_ERRORS.oneself);
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ADMINISTRATOR_ROLE, hashPassword, WEAKNESS_ERRORS, weaknessOf, type ReachableCaller } from '#auth';
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
    const { isWarehouseUser = false, locale = 'en_US', status = 'active' } = attributes;
    const person = { ...attributes, isWarehouseUser, locale, status, passwordHash: await hashOf(password) };
    return this.dataSource.transaction(async (manager) => {
      await this.administrators.lock(caller.account.id, manager);
      const user = await this.users.create(person, this.clock.now(), manager);
      await this.protection.recordCreation(user, actorOf(caller), manager);
      return user;
    });
  }

  /**
   * @throws ApiException 404 / 007, 403 for what administrators cannot do to themselves, 400 / 421, 400 / 422, 422 /
   * 901 if the username is in use, or a required reason is missing
   */
  async change(
    uuid: string,
    { password, reason, ...others }: UpdateUserDto,
    caller: ReachableCaller,
  ): Promise<UserData> {
    const { id } = await this.get(uuid);
    if (id === caller.account.id) assertOwnAccess({ password, ...others });
    const passwordHash = password === undefined ? undefined : await hashOf(password);
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

/** @throws ApiException 400 / 421, 400 / 422 if the password is weak */
async function hashOf(password: string): Promise<string> {
  const weakness = weaknessOf(password);
  if (weakness) throw new ApiException(WEAKNESS_ERRORS[weakness]);
  return hashPassword(password);
}

import { Injectable } from '@nestjs/common';
import { ADMINISTRATOR_ROLE, hashPassword, WEAKNESS_ERRORS, weaknessOf, type ReachableCaller } from '#auth';
import { ApiException } from '#json-api';
import { MfaService } from '#mfa';
import { Clock } from '#platform';
import { AdministratorsRepository } from '../accounts/administrators.repository.js';
import { BACKEND_ERRORS } from '../backend-errors.js';
import type { NewUserAttributes } from './new-user.attributes.js';
import { UserChangesRepository, type StoredChanges } from './user-changes.repository.js';
import type { UserChanges } from './user-changes.attributes.js';
import type { UserList } from './user-list.js';
import type { UserData } from './user.resource.js';
import { USER_ERRORS } from './users.errors.js';
import { UsersRepository } from './users.repository.js';

type Administrator = Pick<ReachableCaller, 'account'>;

/** What administrators do with users. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly administrators: AdministratorsRepository,
    private readonly changes: UserChangesRepository,
    private readonly mfa: MfaService,
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
  async create({ password, ...person }: NewUserAttributes, by: Administrator): Promise<UserData> {
    const passwordHash = await hashOf(password);
    const user = await this.administrators.during(by.account.id, (manager) =>
      this.users.create({ ...person, passwordHash }, this.clock.now(), manager),
    );
    if (!user) throw new ApiException(USER_ERRORS.usernameTaken);
    return user;
  }

  /**
   * @throws ApiException 404 / 007, 403 for what administrators cannot do to themselves, 400 / 421, 400 / 422,
   *   422 / 901 for a taken username
   */
  async change(uuid: string, { password, ...others }: UserChanges, by: Administrator): Promise<UserData> {
    const user = await this.get(uuid);
    if (user.id === by.account.id) assertOwnAccess({ password, ...others });
    const passwordHash = password === undefined ? undefined : await hashOf(password);
    return this.store(user, { ...others, ...(passwordHash !== undefined && { passwordHash }) }, by);
  }

  /** @throws ApiException 404 / 007, 403 for oneself */
  async deactivate(uuid: string, by: Administrator): Promise<void> {
    await this.change(uuid, { status: 'inactive' }, by);
  }

  private async store({ id }: UserData, changes: StoredChanges, by: Administrator): Promise<UserData> {
    const change = await this.changes.change(id, by.account.id, changes, this.clock.now(), {
      voidCodes: (manager) => this.mfa.voidAccount({ kind: 'user', id }, manager),
    });
    if (change.outcome === 'username-taken') throw new ApiException(USER_ERRORS.usernameTaken);
    if (change.outcome === 'gone') throw new ApiException(USER_ERRORS.notFound);
    if (change.outcome === 'forbidden') throw new ApiException(BACKEND_ERRORS.forbidden);
    return change.user;
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

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import type { EntityManager, Repository } from 'typeorm';
import { User } from '#auth';
import { ApiException } from '#json-api';
import { boundedCount, isViolationOf } from '#platform';
import type { UpdateOwnUserDto } from './dto/update-own-user.dto.js';
import type { UpdateUserDto } from './dto/update-user.dto.js';
import type { FilterAttribute, SortAttribute, UserList } from './user-list.js';
import type { UserData } from './user.resource.js';
import { USER_ERRORS } from './users.errors.js';

/** A user to create, with the password's hash. */
export interface NewUser extends Omit<UserData, 'id' | 'uuid' | 'roles' | 'createdAt' | 'updatedAt'> {
  readonly roles: readonly string[];
  readonly passwordHash: string;
}

/** The columns to change. Absent ones stay as they are. */
export interface StoredChanges extends Omit<UpdateUserDto, 'password' | 'reason'> {
  readonly passwordHash?: string;
}

/** SQL conditions for filters. Names from the client never get into SQL. */
const CONDITIONS: Readonly<Record<FilterAttribute, string>> = {
  username: 'lower(user.username) = lower(:username)',
  uuid: 'user.uuid = :uuid',
  role: ':role = ANY (user.roles)',
  status: 'user.status = :status',
  name: `strpos(lower(user.firstName || ' ' || user.lastName), lower(:name)) > 0`,
};

const ORDER: Readonly<Record<SortAttribute, string>> = {
  uuid: 'user.uuid',
  username: 'lower(user.username)',
  firstName: 'lower(user.firstName)',
  lastName: 'lower(user.lastName)',
  status: 'user.status',
  createdAt: 'user.createdAt',
  updatedAt: 'user.updatedAt',
};

/** Reads and changes users, for administrators. `manager` is the transaction of a change, which has locked the row. */
@Injectable()
export class UsersRepository {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  async find(uuid: string): Promise<UserData | undefined> {
    if (!isUUID(uuid, 'loose')) return undefined;
    return (await this.users.findOneBy({ uuid })) ?? undefined;
  }

  async findById(id: string, manager: EntityManager): Promise<UserData | undefined> {
    return (await manager.findOneBy(User, { id })) ?? undefined;
  }

  /** @returns a page, and the number of users on all pages, counted up to `MOST_COUNTED` */
  async list({ conditions, isEmpty, order, page }: UserList): Promise<{ users: UserData[]; total: number }> {
    if (isEmpty) return { users: [], total: 0 };
    const query = this.users.createQueryBuilder('user').offset(page.offset).limit(page.limit);
    for (const { attribute, value } of conditions) query.andWhere(CONDITIONS[attribute], { [attribute]: value });
    return { users: await query.orderBy(orderBy(order)).getMany(), total: await boundedCount(query) };
  }

  /**
   * @throws ApiException 422 / 901 if the username is in use. The unique index decides that; a read before would be a
   * race.
   */
  async create(user: NewUser, now: Date, manager: EntityManager): Promise<UserData> {
    const row = { ...user, uuid: randomUUID(), roles: [...user.roles], createdAt: now, updatedAt: now };
    const { identifiers } = await manager.insert(User, row).catch(refuseTakenUsername);
    const { passwordHash: _, ...person } = row;
    return { ...person, id: String(identifiers[0]?.['id']) };
  }

  /** @throws ApiException 422 / 901 if another user has the username */
  async change(id: string, changes: StoredChanges, now: Date, manager: EntityManager): Promise<void> {
    const { username, firstName, lastName, roles, isWarehouseUser, locale, status, passwordHash } = changes;
    const columns = { username, firstName, lastName, isWarehouseUser, locale, status, passwordHash, updatedAt: now };
    await manager.update(User, { id }, { ...columns, ...(roles && { roles: [...roles] }) }).catch(refuseTakenUsername);
  }

  /** @returns undefined if the account was ended meanwhile */
  async changeOwn(
    id: string,
    { firstName, lastName, locale }: UpdateOwnUserDto,
    now: Date,
    manager = this.users.manager,
  ): Promise<UserData | undefined> {
    const own = { id, status: 'active' };
    await manager.update(User, own, { firstName, lastName, locale, updatedAt: now });
    return (await manager.findOneBy(User, own)) ?? undefined;
  }
}

function refuseTakenUsername(error: unknown): never {
  throw isViolationOf(error, 'uq_user_account_username') ? new ApiException(USER_ERRORS.usernameTaken) : error;
}

/**
 * If a column is named twice, the first criterion counts. Equal users are sorted by username, so that pages are stable.
 */
function orderBy(order: UserList['order']): Record<string, 'ASC' | 'DESC'> {
  const columns: Record<string, 'ASC' | 'DESC'> = {};
  for (const { field, direction } of order) columns[ORDER[field]] ??= direction;
  columns[ORDER.username] ??= 'ASC';
  return columns;
}

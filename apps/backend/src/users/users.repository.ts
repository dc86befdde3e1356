import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import type { DataSource, EntityManager } from 'typeorm';
import { User } from '#auth';
import { boundedCount } from '#platform';
import type { FilterAttribute, SortAttribute, UserList } from './user-list.js';
import type { UserData } from './user.resource.js';

/** A user that is created, with the password's hash. */
export interface NewUser extends Omit<UserData, 'id' | 'uuid' | 'roles' | 'createdAt' | 'updatedAt'> {
  readonly roles: readonly string[];
  readonly passwordHash: string;
}

/** Conditions of the attributes that a list can be filtered by: no name of a client's gets into SQL. */
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

/** Columns as a statement returns them. */
export const USER_COLUMNS = `id, uuid, username, first_name AS "firstName", last_name AS "lastName", roles,
  is_warehouse_user AS "isWarehouseUser", locale, status, created_at AS "createdAt", updated_at AS "updatedAt"`;

/** Whether a username is free is the unique index's to say, not a read's: a taken one inserts no row. */
const INSERT = `
  INSERT INTO user_account (uuid, username, password_hash, first_name, last_name, roles, is_warehouse_user, locale,
    status, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
  ON CONFLICT (lower(username)) DO NOTHING
  RETURNING ${USER_COLUMNS}`;

/** Users as administrators see them. */
@Injectable()
export class UsersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async find(uuid: string): Promise<UserData | undefined> {
    if (!isUUID(uuid, 'loose')) return undefined;
    return (await this.dataSource.manager.findOneBy(User, { uuid })) ?? undefined;
  }

  /** @returns a page, and how many users all pages have, counted up to `MOST_COUNTED` */
  async list({ conditions, isEmpty, order, page }: UserList): Promise<{ users: UserData[]; total: number }> {
    if (isEmpty) return { users: [], total: 0 };
    const query = this.dataSource.manager.createQueryBuilder(User, 'user').offset(page.offset).limit(page.limit);
    for (const { attribute, value } of conditions) query.andWhere(CONDITIONS[attribute], { [attribute]: value });
    return { users: await query.orderBy(orderBy(order)).getMany(), total: await boundedCount(query) };
  }

  /** @returns undefined when the username is somebody's already */
  async create(user: NewUser, now: Date, manager: EntityManager): Promise<UserData | undefined> {
    const { username, passwordHash, firstName, lastName, roles, isWarehouseUser, locale, status } = user;
    const person = [username, passwordHash, firstName, lastName, roles, isWarehouseUser, locale, status];
    const [row] = await manager.query<UserData[]>(INSERT, [randomUUID(), ...person, now]);
    return row;
  }
}

/** The first criterion of a column counts; equal users are in the order of their names, so that pages are stable. */
function orderBy(order: UserList['order']): Record<string, 'ASC' | 'DESC'> {
  const columns: Record<string, 'ASC' | 'DESC'> = {};
  for (const { field, direction } of order) columns[ORDER[field]] ??= direction;
  columns[ORDER.username] ??= 'ASC';
  return columns;
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { OwnChanges } from './own-changes.attributes.js';
import type { UserChanges } from './user-changes.attributes.js';
import type { UserData } from './user.resource.js';
import { USER_COLUMNS } from './users.repository.js';

/** What is stored; what is left out stays as it is. */
export interface StoredChanges extends Omit<UserChanges, 'password' | 'reason'> {
  readonly passwordHash?: string;
}

const UPDATE = `
  UPDATE user_account SET username = coalesce($2, username), first_name = coalesce($3, first_name),
    last_name = coalesce($4, last_name), roles = coalesce($5::text[], roles),
    is_warehouse_user = coalesce($6::boolean, is_warehouse_user), locale = coalesce($7, locale),
    status = coalesce($8, status), password_hash = coalesce($9, password_hash), updated_at = $10
  WHERE id = $1
  RETURNING ${USER_COLUMNS}`;

const UPDATE_OWN = `
  UPDATE user_account SET first_name = coalesce($2, first_name), last_name = coalesce($3, last_name),
    locale = coalesce($4, locale), updated_at = $5
  WHERE id = $1 AND status = 'active'
  RETURNING ${USER_COLUMNS}`;

/** Changes of the rows of users. */
@Injectable()
export class UserChangesRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * @param manager of the transaction that has locked the row
   * @returns undefined for a username that is somebody else's; the transaction can only be rolled back then
   */
  async change(id: string, changes: StoredChanges, now: Date, manager: EntityManager): Promise<UserData | undefined> {
    const { username, firstName, lastName, roles, isWarehouseUser, locale, status, passwordHash } = changes;
    const values = [username, firstName, lastName, roles, isWarehouseUser, locale, status, passwordHash];
    try {
      const [[user]] = await manager.query<[UserData[], number]>(UPDATE, [id, ...values, now]);
      return user;
    } catch (error) {
      if ((error as { constraint?: unknown }).constraint === 'uq_user_account_username') return undefined;
      throw error;
    }
  }

  /**
   * @param manager the transaction of a change of the password
   * @returns undefined when the account ended meanwhile
   */
  async changeOwn(
    id: string,
    { firstName, lastName, locale }: OwnChanges,
    now: Date,
    manager: DataSource | EntityManager = this.dataSource,
  ): Promise<UserData | undefined> {
    const [[user]] = await manager.query<[UserData[], number]>(UPDATE_OWN, [id, firstName, lastName, locale, now]);
    return user;
  }
}

import type { EntityManager } from 'typeorm';
import { continueIdsBehind } from '../demo-data.repository.js';
import type { NewUser } from './users.entry.js';

export async function insertUser(manager: EntityManager, entry: NewUser): Promise<boolean> {
  await manager.query(
    `INSERT INTO user_account
       (id, uuid, username, password_hash, first_name, last_name, roles, is_warehouse_user, locale, status)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      entry.id,
      entry.uuid,
      entry.username,
      entry.passwordHash,
      entry.firstName,
      entry.lastName,
      entry.roles,
      entry.isWarehouseUser,
      entry.locale,
      entry.status,
    ],
  );
  return true;
}

export async function continueUserIdsBehind(manager: EntityManager, entries: readonly NewUser[]): Promise<void> {
  await continueIdsBehind(
    manager,
    'user_account',
    entries.map(({ id }) => id),
  );
}

export async function findWarehouseUserUuids(manager: EntityManager, uuids: readonly string[]): Promise<string[]> {
  const rows = await manager.query<{ uuid: string }[]>(
    `SELECT uuid FROM user_account WHERE uuid = ANY($1) AND is_warehouse_user`,
    [uuids],
  );
  return rows.map((row) => row.uuid);
}

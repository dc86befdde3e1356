import type { EntityManager } from 'typeorm';
import { continueIdsBehind } from '../demo-data.repository.js';
import type { Warehouse } from './warehouses.entry.js';

export async function insertWarehouse(manager: EntityManager, entry: Warehouse): Promise<boolean> {
  await manager.query(`INSERT INTO warehouse (id, uuid, name, is_active) VALUES ($1, $2, $3, $4)`, [
    entry.id,
    entry.uuid,
    entry.name,
    entry.isActive,
  ]);
  return true;
}

export async function continueWarehouseIdsBehind(manager: EntityManager, entries: readonly Warehouse[]): Promise<void> {
  await continueIdsBehind(
    manager,
    'warehouse',
    entries.map(({ id }) => id),
  );
}

export async function findWarehouseUuids(manager: EntityManager, uuids: readonly string[]): Promise<string[]> {
  const rows = await manager.query<{ uuid: string }[]>(`SELECT uuid FROM warehouse WHERE uuid = ANY($1)`, [uuids]);
  return rows.map((row) => row.uuid);
}

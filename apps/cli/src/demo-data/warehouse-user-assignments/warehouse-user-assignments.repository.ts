import type { EntityManager } from 'typeorm';
import type { WarehouseUserAssignment } from './warehouse-user-assignments.entry.js';

/** @returns false when there is no such warehouse user or no such warehouse */
export async function insertWarehouseUserAssignment(
  manager: EntityManager,
  entry: WarehouseUserAssignment,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `INSERT INTO warehouse_user_assignment (uuid, user_id, warehouse_id, is_active)
     SELECT $1, user_account.id, warehouse.id, $2 FROM user_account, warehouse
     WHERE user_account.uuid = $3 AND user_account.is_warehouse_user AND warehouse.uuid = $4
     RETURNING uuid`,
    [entry.uuid, entry.isActive, entry.userUuid, entry.warehouseUuid],
  );
  return rows.length > 0;
}

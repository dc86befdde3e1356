import type { EntityManager } from 'typeorm';

export async function findWarehouseUuids(manager: EntityManager, uuids: readonly string[]): Promise<string[]> {
  const rows = await manager.query<{ uuid: string }[]>(`SELECT uuid FROM warehouse WHERE uuid = ANY($1)`, [uuids]);
  return rows.map((row) => row.uuid);
}

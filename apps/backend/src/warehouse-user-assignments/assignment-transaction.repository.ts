import { isUUID } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { User } from '#auth';
import { WarehouseUserAssignment } from './warehouse-user-assignment.entity.js';
import { Warehouse } from './warehouse.entity.js';

/** An assignment as it shall be stored. */
export type Assignment = Pick<WarehouseUserAssignment, 'uuid' | 'user' | 'warehouse' | 'isActive'>;

/**
 * What one change of assignments reads and writes, in one transaction.
 *
 * Its callers lock users first: changes of one user's assignments then come one after the other.
 */
export class AssignmentTransaction {
  constructor(private readonly manager: EntityManager) {}

  /** Locks users in the order of their ids, so that no two changes wait for each other. */
  lockUsers(uuids: readonly string[]): Promise<User[]> {
    return this.manager
      .createQueryBuilder(User, 'user')
      .where('user.uuid = ANY(:uuids)', { uuids: uuids.filter((uuid) => isUUID(uuid, 'loose')) })
      .orderBy('user.id')
      .setLock('for_no_key_update')
      .getMany();
  }

  /** The assignment with its warehouse, if it is still there and still that user's. */
  lockAssignment(uuid: string, userUuid: string): Promise<WarehouseUserAssignment | null> {
    return this.manager
      .createQueryBuilder(WarehouseUserAssignment, 'assignment')
      .innerJoin('assignment.user', 'user')
      .innerJoinAndSelect('assignment.warehouse', 'warehouse')
      .where('assignment.uuid = :uuid AND user.uuid = :userUuid', { uuid, userUuid })
      .setLock('for_no_key_update', undefined, ['assignment'])
      .getOne();
  }

  async findWarehouse(uuid: string): Promise<Warehouse | null> {
    return isUUID(uuid, 'loose') ? this.manager.findOneBy(Warehouse, { uuid }) : null;
  }

  /** Deactivates the active assignments of a user but the one named. */
  async deactivateOthers(userId: string, uuid: string): Promise<void> {
    await this.manager.query(
      `UPDATE warehouse_user_assignment SET is_active = false WHERE user_id = $1 AND is_active AND uuid <> $2`,
      [userId, uuid],
    );
  }

  async insert({ uuid, user, warehouse, isActive }: Assignment): Promise<void> {
    const row = { uuid, userId: user.id, warehouseId: warehouse.id, isActive };
    await this.manager.insert(WarehouseUserAssignment, row);
  }

  async update({ uuid, user, warehouse, isActive }: Assignment): Promise<void> {
    const row = { userId: user.id, warehouseId: warehouse.id, isActive };
    await this.manager.update(WarehouseUserAssignment, { uuid }, row);
  }
}

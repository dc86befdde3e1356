import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { WarehouseUserAssignment } from '../warehouse-user-assignments/warehouse-user-assignment.entity.js';

/** Finds the warehouses in which users work. */
@Injectable()
export class WarehouseTokensRepository {
  /**
   * Locks the user before the assignment, as changes of assignments do. Both stay unchanged until the transaction ends.
   *
   * @returns the uuid of the warehouse, or undefined if the user is not a warehouse user with an active assignment
   */
  async lockWorkplace(userId: string, manager: EntityManager): Promise<string | undefined> {
    const assignment = await manager
      .createQueryBuilder(WarehouseUserAssignment, 'assignment')
      .innerJoin('assignment.user', 'worker')
      .innerJoinAndSelect('assignment.warehouse', 'warehouse')
      .where({ userId, isActive: true })
      .andWhere(`worker.status = 'active' AND worker.isWarehouseUser`)
      .setLock('pessimistic_read', undefined, ['worker', 'assignment'])
      .getOne();
    return assignment?.warehouse.uuid;
  }
}

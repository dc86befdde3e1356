import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import { In, Not, type EntityManager, type Repository, type SelectQueryBuilder } from 'typeorm';
import { User } from '#auth';
import { ApiException, MAX_LIMIT } from '#json-api';
import { boundedCount, isViolationOf } from '#platform';
import type { AssignmentList, SortAttribute } from './assignment-list.js';
import type { AssignmentScope } from './assignment-scope.js';
import { WarehouseUserAssignment } from './warehouse-user-assignment.entity.js';
import { ASSIGNMENT_ERRORS } from './warehouse-user-assignments.errors.js';
import { Warehouse } from './warehouse.entity.js';

/** An assignment to store. */
export type Assignment = Pick<WarehouseUserAssignment, 'uuid' | 'user' | 'warehouse' | 'isActive'>;

/** The columns of attributes for filters and sorting. Names from the client never get into SQL. */
const COLUMNS: Readonly<Record<SortAttribute, string>> = {
  uuid: 'assignment.uuid',
  isActive: 'assignment.isActive',
  userUuid: 'user.uuid',
  warehouseUuid: 'warehouse.uuid',
  createdAt: 'assignment.createdAt',
};

export interface AssignmentPage {
  readonly assignments: readonly WarehouseUserAssignment[];
  /** The page, and the total number counted up to `MOST_COUNTED`. Undefined if the whole list was returned. */
  readonly page?: { readonly offset: number; readonly limit: number; readonly total: number };
}

/** Reads and writes assignments with their users and warehouses, within a caller's scope. */
@Injectable()
export class WarehouseUserAssignmentsRepository {
  constructor(
    @InjectRepository(WarehouseUserAssignment) private readonly assignments: Repository<WarehouseUserAssignment>,
  ) {}

  async find(uuid: string, scope: AssignmentScope): Promise<WarehouseUserAssignment | undefined> {
    if (!isUUID(uuid, 'loose')) return undefined;
    return (await this.inScope(scope).andWhere('assignment.uuid = :uuid', { uuid }).getOne()) ?? undefined;
  }

  /** Without a requested page: the whole list, or its first page if the list is too long. */
  async list({ conditions, order, page }: AssignmentList, scope: AssignmentScope): Promise<AssignmentPage> {
    const { offset, limit = MAX_LIMIT } = page;
    const query = this.inScope(scope).orderBy(orderBy(order)).offset(offset).limit(limit);
    for (const { attribute, value } of conditions) {
      if (value === undefined) query.andWhere('FALSE');
      else query.andWhere(`${COLUMNS[attribute]} = :${attribute}`, { [attribute]: value });
    }
    const assignments = await query.getMany();
    if (page.limit === undefined && assignments.length < limit) return { assignments };
    return { assignments, page: { offset, limit, total: await boundedCount(query) } };
  }

  /** @returns false if there is no such assignment in the scope */
  async delete(uuid: string, scope: AssignmentScope): Promise<boolean> {
    const assignment = await this.find(uuid, scope);
    const { affected } = assignment ? await this.assignments.delete({ uuid, userId: assignment.user.id }) : {};
    return affected === 1;
  }

  async findUser(uuid: string): Promise<User | undefined> {
    if (!isUUID(uuid, 'loose')) return undefined;
    return (await this.assignments.manager.findOneBy(User, { uuid })) ?? undefined;
  }

  /**
   * Locks users in the order of their ids, so that two changes do not deadlock. Changes of one user's assignments thus
   * run one after another.
   */
  lockUsers(uuids: readonly string[], manager: EntityManager): Promise<User[]> {
    return manager.find(User, {
      where: { uuid: In(uuids.filter((uuid) => isUUID(uuid, 'loose'))) },
      order: { id: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
  }

  /** Locks the assignment, if it still exists and still belongs to the user. Reads its warehouse too. */
  lockAssignment(uuid: string, userUuid: string, manager: EntityManager): Promise<WarehouseUserAssignment | null> {
    return manager
      .createQueryBuilder(WarehouseUserAssignment, 'assignment')
      .innerJoin('assignment.user', 'user')
      .innerJoinAndSelect('assignment.warehouse', 'warehouse')
      .where('assignment.uuid = :uuid AND user.uuid = :userUuid', { uuid, userUuid })
      .setLock('for_no_key_update', undefined, ['assignment'])
      .getOne();
  }

  /** The warehouses that can be chosen, by name: as many as a list shows at most. */
  activeWarehouses(): Promise<Warehouse[]> {
    return this.assignments.manager.find(Warehouse, {
      where: { isActive: true },
      order: { name: 'ASC' },
      take: MAX_LIMIT,
    });
  }

  async findWarehouse(uuid: string, manager: EntityManager): Promise<Warehouse | null> {
    return isUUID(uuid, 'loose') ? manager.findOneBy(Warehouse, { uuid }) : null;
  }

  /** Deactivates the user's active assignments, except the given one. */
  async deactivateOthers({ user, uuid }: Assignment, manager: EntityManager): Promise<void> {
    const others = { userId: user.id, isActive: true, uuid: Not(uuid) };
    await manager.update(WarehouseUserAssignment, others, { isActive: false });
  }

  /** @throws ApiException 400 / 5206 or 5205 if the assignment exists already, or the user has an active one */
  async insert({ uuid, user, warehouse, isActive }: Assignment, manager: EntityManager): Promise<void> {
    const row = { uuid, userId: user.id, warehouseId: warehouse.id, isActive };
    await manager.insert(WarehouseUserAssignment, row).catch(refuseSecond);
  }

  /** @throws ApiException like `insert` */
  async update({ uuid, user, warehouse, isActive }: Assignment, manager: EntityManager): Promise<void> {
    const row = { userId: user.id, warehouseId: warehouse.id, isActive };
    await manager.update(WarehouseUserAssignment, { uuid }, row).catch(refuseSecond);
  }

  private inScope({ userUuid }: AssignmentScope): SelectQueryBuilder<WarehouseUserAssignment> {
    const query = this.assignments
      .createQueryBuilder('assignment')
      .innerJoinAndSelect('assignment.user', 'user')
      .innerJoinAndSelect('assignment.warehouse', 'warehouse');
    return userUuid === undefined ? query : query.where('user.uuid = :userUuid', { userUuid });
  }
}

function refuseSecond(error: unknown): never {
  if (isViolationOf(error, 'uq_warehouse_user_assignment')) throw new ApiException(ASSIGNMENT_ERRORS.alreadyExists);
  if (isViolationOf(error, 'uq_warehouse_user_assignment_active'))
    throw new ApiException(ASSIGNMENT_ERRORS.tooManyActive);
  throw error;
}

/** If a column is named twice, the first criterion counts. Equal rows are sorted by uuid, so that pages are stable. */
function orderBy(order: AssignmentList['order']): Record<string, 'ASC' | 'DESC'> {
  const columns: Record<string, 'ASC' | 'DESC'> = {};
  for (const { field, direction } of order) columns[COLUMNS[field]] ??= direction;
  columns[COLUMNS.uuid] ??= 'ASC';
  return columns;
}

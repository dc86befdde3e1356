import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import type { Repository, SelectQueryBuilder } from 'typeorm';
import { MAX_LIMIT } from '#json-api';
import { boundedCount } from '#platform';
import { toApiException } from './assignment-constraints.js';
import type { AssignmentList, SortAttribute } from './assignment-list.js';
import { AssignmentTransaction } from './assignment-transaction.repository.js';
import type { AssignmentScope } from './assignment-scope.js';
import { WarehouseUserAssignment } from './warehouse-user-assignment.entity.js';

/** Columns of the attributes that a list can be filtered and sorted by: no name of a client's gets into SQL. */
const COLUMNS: Readonly<Record<SortAttribute, string>> = {
  uuid: 'assignment.uuid',
  isActive: 'assignment.isActive',
  userUuid: 'user.uuid',
  warehouseUuid: 'warehouse.uuid',
  createdAt: 'assignment.createdAt',
};

export interface AssignmentPage {
  readonly assignments: readonly WarehouseUserAssignment[];
  /** Which page it is, and of how many in all, counted up to `MOST_COUNTED`; undefined for a list that came as a whole. */
  readonly page?: { readonly offset: number; readonly limit: number; readonly total: number };
}

/** Assignments with their users and warehouses, in a caller's scope. */
@Injectable()
export class WarehouseUserAssignmentsRepository {
  constructor(
    @InjectRepository(WarehouseUserAssignment) private readonly assignments: Repository<WarehouseUserAssignment>,
  ) {}

  async find(uuid: string, scope: AssignmentScope): Promise<WarehouseUserAssignment | undefined> {
    if (!isUUID(uuid, 'loose')) return undefined;
    return (await this.inScope(scope).andWhere('assignment.uuid = :uuid', { uuid }).getOne()) ?? undefined;
  }

  /** The whole list where no page is asked for, or its first page where it is too long for that. */
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

  /** @returns false when there is no such assignment in the scope */
  async delete(uuid: string, { userUuid }: AssignmentScope): Promise<boolean> {
    if (!isUUID(uuid, 'loose')) return false;
    const [, count] = await this.assignments.query<[unknown[], number]>(
      `DELETE FROM warehouse_user_assignment a USING user_account u
       WHERE a.uuid = $1 AND u.id = a.user_id AND ($2::uuid IS NULL OR u.uuid = $2)`,
      [uuid, userUuid ?? null],
    );
    return count > 0;
  }

  /**
   * Runs changes that belong together: all of them are stored or none.
   *
   * @throws ApiException 400 / 5206 and 5205 when a constraint tells that an assignment is there already, or active
   */
  async transaction<T>(changes: (transaction: AssignmentTransaction) => Promise<T>): Promise<T> {
    try {
      return await this.assignments.manager.transaction((manager) => changes(new AssignmentTransaction(manager)));
    } catch (error) {
      throw toApiException(error);
    }
  }

  private inScope({ userUuid }: AssignmentScope): SelectQueryBuilder<WarehouseUserAssignment> {
    const query = this.assignments
      .createQueryBuilder('assignment')
      .innerJoinAndSelect('assignment.user', 'user')
      .innerJoinAndSelect('assignment.warehouse', 'warehouse');
    return userUuid === undefined ? query : query.where('user.uuid = :userUuid', { userUuid });
  }
}

/** The first criterion of a column counts; equal rows are in the order of their uuids, so that pages are stable. */
function orderBy(order: AssignmentList['order']): Record<string, 'ASC' | 'DESC'> {
  const columns: Record<string, 'ASC' | 'DESC'> = {};
  for (const { field, direction } of order) columns[COLUMNS[field]] ??= direction;
  columns[COLUMNS.uuid] ??= 'ASC';
  return columns;
}

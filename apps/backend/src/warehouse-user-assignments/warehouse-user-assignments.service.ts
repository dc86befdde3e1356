import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { User } from '#auth';
import { ApiException, type ApiErrorRow } from '#json-api';
import type { AssignmentList } from './assignment-list.js';
import type { AssignmentScope } from './assignment-scope.js';
import type { CreateAssignmentDto } from './dto/create-assignment.dto.js';
import type { UpdateAssignmentDto } from './dto/update-assignment.dto.js';
import { ASSIGNMENT_ERRORS as ERRORS } from './warehouse-user-assignments.errors.js';
import {
  WarehouseUserAssignmentsRepository,
  type Assignment,
  type AssignmentPage,
} from './warehouse-user-assignments.repository.js';
import type { Warehouse } from './warehouse.entity.js';

/** Who works in which warehouse; activating one assignment of a user deactivates the user's other ones. */
@Injectable()
export class WarehouseUserAssignmentsService {
  constructor(
    private readonly repository: WarehouseUserAssignmentsRepository,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  list(list: AssignmentList, scope: AssignmentScope): Promise<AssignmentPage> {
    return this.repository.list(list, scope);
  }

  /** @throws ApiException 404 / 5201 for an assignment out of the caller's scope */
  async get(uuid: string, scope: AssignmentScope): Promise<Assignment> {
    const assignment = await this.repository.find(uuid, scope);
    if (!assignment) throw new ApiException(ERRORS.notFound);
    return assignment;
  }

  /** @throws ApiException 404 / 5201, 400 / 5202, 5203 (both where both apply), 5206 */
  async create(
    { userUuid, warehouse, isActive = false }: CreateAssignmentDto,
    scope: AssignmentScope,
  ): Promise<Assignment> {
    assertInScope(scope, userUuid);
    return this.dataSource.transaction(async (manager) => {
      const [user] = await this.repository.lockUsers([userUuid], manager);
      const parties = requireParties(user, await this.repository.findWarehouse(warehouse.uuid, manager));
      const assignment = { uuid: randomUUID(), ...parties, isActive };
      if (assignment.isActive) await this.repository.deactivateOthers(assignment, manager);
      await this.repository.insert(assignment, manager);
      return assignment;
    });
  }

  /**
   * Judges and stores the assignment as it is with the changes; also who changes only `isActive` needs a user that may
   * still work in warehouses.
   *
   * @throws ApiException 404 or 400 / 5201, 400 / 5202, 5203 (both where both apply), 5206
   */
  async update(uuid: string, changes: UpdateAssignmentDto, scope: AssignmentScope): Promise<Assignment> {
    const { user } = await this.get(uuid, scope);
    const userUuid = (changes.userUuid ?? user.uuid).toLowerCase();
    assertInScope(scope, userUuid);
    return this.dataSource.transaction(async (manager) => {
      const users = await this.repository.lockUsers([user.uuid, userUuid], manager);
      const current = await this.repository.lockAssignment(uuid, user.uuid, manager);
      if (!current) throw new ApiException(ERRORS.gone);
      const { warehouse } = changes;
      const parties = requireParties(
        users.find((one) => one.uuid === userUuid),
        warehouse ? await this.repository.findWarehouse(warehouse.uuid, manager) : current.warehouse,
      );
      const assignment = { uuid: current.uuid, ...parties, isActive: changes.isActive ?? current.isActive };
      if (assignment.isActive) await this.repository.deactivateOthers(assignment, manager);
      await this.repository.update(assignment, manager);
      return assignment;
    });
  }

  /** @throws ApiException 404 / 5201 */
  async delete(uuid: string, scope: AssignmentScope): Promise<void> {
    if (!(await this.repository.delete(uuid, scope))) throw new ApiException(ERRORS.notFound);
  }
}

/**
 * Who reaches only his own assignments can neither create one for somebody else nor hand his over. The answer is the
 * one of an assignment that does not exist, so that it tells nothing of other users.
 */
function assertInScope(scope: AssignmentScope, userUuid: string): void {
  if (scope.userUuid !== undefined && scope.userUuid !== userUuid.toLowerCase())
    throw new ApiException(ERRORS.notFound);
}

/** User and warehouse of a valid assignment; all that is wrong is answered at once. */
function requireParties(user: User | undefined, warehouse: Warehouse | null): Pick<Assignment, 'user' | 'warehouse'> {
  const eligible = user?.isWarehouseUser && user.status === 'active' ? user : undefined;
  if (eligible && warehouse) return { user: eligible, warehouse };
  const unknownWarehouse: ApiErrorRow[] = warehouse ? [] : [ERRORS.warehouseNotFound];
  throw new ApiException(eligible ? ERRORS.warehouseNotFound : [ERRORS.userNotFound, ...unknownWarehouse]);
}

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

/** Manages assignments. Activating one deactivates the user's other ones. */
@Injectable()
export class WarehouseUserAssignmentsService {
  constructor(
    private readonly repository: WarehouseUserAssignmentsRepository,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  list(list: AssignmentList, scope: AssignmentScope): Promise<AssignmentPage> {
    return this.repository.list(list, scope);
  }

  /** The active warehouses, by name. */
  warehouses(): Promise<readonly Warehouse[]> {
    return this.repository.activeWarehouses();
  }

  /** @throws ApiException 404 / 5201 if the caller may not access the assignment */
  async get(uuid: string, scope: AssignmentScope): Promise<Assignment> {
    const assignment = await this.repository.find(uuid, scope);
    if (!assignment) throw new ApiException(ERRORS.notFound);
    return assignment;
  }

  /**
   * What can be said of a new assignment before it is made.
   *
   * @throws ApiException 404 / 5201, 400 / 5202, 5203 (or both)
   */
  async check({ userUuid, warehouse }: CreateAssignmentDto, scope: AssignmentScope): Promise<void> {
    assertInScope(scope, userUuid);
    const user = await this.repository.findUser(userUuid);
    requireParties(user, await this.repository.findWarehouse(warehouse.uuid, this.dataSource.manager));
  }

  /** @throws ApiException 404 / 5201, 400 / 5202, 5203 (or both), 5206 */
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
   * Checks and stores the changed assignment. Even a change of `isActive` alone requires a user who may still work in
   * warehouses.
   *
   * @throws ApiException 404 or 400 / 5201, 400 / 5202, 5203 (or both), 5206
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
 * Callers who may access only their own assignments can neither create one for another user nor give theirs away. The
 * error is that of a missing assignment, so that it reveals nothing about other users.
 */
function assertInScope(scope: AssignmentScope, userUuid: string): void {
  if (scope.userUuid !== undefined && scope.userUuid !== userUuid.toLowerCase())
    throw new ApiException(ERRORS.notFound);
}

/** The user and warehouse of a valid assignment. Reports all errors at once. */
function requireParties(user: User | undefined, warehouse: Warehouse | null): Pick<Assignment, 'user' | 'warehouse'> {
  const eligible = user?.isWarehouseUser && user.status === 'active' ? user : undefined;
  if (eligible && warehouse) return { user: eligible, warehouse };
  const unknownWarehouse: ApiErrorRow[] = warehouse ? [] : [ERRORS.warehouseNotFound];
  throw new ApiException(eligible ? ERRORS.warehouseNotFound : [ERRORS.userNotFound, ...unknownWarehouse]);
}

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { User } from '#auth';
import { ApiException, type ApiErrorRow } from '#json-api';
import type { AssignmentList } from './assignment-list.js';
import type { Assignment, AssignmentTransaction } from './assignment-transaction.repository.js';
import type { CreateAssignmentAttributes } from './create-assignment.attributes.js';
import type { AssignmentScope } from './assignment-scope.js';
import type { UpdateAssignmentAttributes } from './update-assignment.attributes.js';
import { ASSIGNMENT_ERRORS as ERRORS } from './warehouse-user-assignments.errors.js';
import { WarehouseUserAssignmentsRepository, type AssignmentPage } from './warehouse-user-assignments.repository.js';
import type { Warehouse } from './warehouse.entity.js';

/** Who works in which warehouse; activating one assignment of a user deactivates the user's other ones. */
@Injectable()
export class WarehouseUserAssignmentsService {
  constructor(private readonly repository: WarehouseUserAssignmentsRepository) {}

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
    { userUuid, warehouse, isActive }: CreateAssignmentAttributes,
    scope: AssignmentScope,
  ): Promise<Assignment> {
    assertInScope(scope, userUuid);
    return this.repository.transaction(async (transaction) => {
      const [user] = await transaction.lockUsers([userUuid]);
      const parties = requireParties(user, await transaction.findWarehouse(warehouse.uuid));
      const assignment = { uuid: randomUUID(), ...parties, isActive };
      await deactivateOthers(assignment, transaction);
      await transaction.insert(assignment);
      return assignment;
    });
  }

  /**
   * Judges and stores the assignment as it is with the changes; also who changes only `isActive` needs a user that may
   * still work in warehouses.
   *
   * @throws ApiException 404 or 400 / 5201, 400 / 5202, 5203 (both where both apply), 5206
   */
  async update(uuid: string, changes: UpdateAssignmentAttributes, scope: AssignmentScope): Promise<Assignment> {
    const { user } = await this.get(uuid, scope);
    const userUuid = (changes.userUuid ?? user.uuid).toLowerCase();
    assertInScope(scope, userUuid);
    return this.repository.transaction(async (transaction) => {
      const users = await transaction.lockUsers([user.uuid, userUuid]);
      const current = await transaction.lockAssignment(uuid, user.uuid);
      if (!current) throw new ApiException(ERRORS.gone);
      const { warehouse } = changes;
      const parties = requireParties(
        users.find((one) => one.uuid === userUuid),
        warehouse ? await transaction.findWarehouse(warehouse.uuid) : current.warehouse,
      );
      const assignment = { uuid: current.uuid, ...parties, isActive: changes.isActive ?? current.isActive };
      await deactivateOthers(assignment, transaction);
      await transaction.update(assignment);
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

async function deactivateOthers(
  { uuid, user, isActive }: Assignment,
  transaction: AssignmentTransaction,
): Promise<void> {
  if (isActive) await transaction.deactivateOthers(user.id, uuid);
}

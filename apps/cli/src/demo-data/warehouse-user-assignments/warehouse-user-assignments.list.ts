import type { DemoList } from '../demo-list.js';
import { findWarehouseUserUuids } from '../users/users.repository.js';
import { findWarehouseUuids } from '../warehouses/warehouses.repository.js';
import { schema, type WarehouseUserAssignment } from './warehouse-user-assignments.entry.js';
import { insertWarehouseUserAssignment } from './warehouse-user-assignments.repository.js';

export const warehouseUserAssignments: DemoList<WarehouseUserAssignment> = {
  name: 'warehouseUserAssignments',
  unique: [
    { constraint: 'pk_warehouse_user_assignment', member: 'uuid', value: (entry) => entry.uuid },
    {
      constraint: 'uq_warehouse_user_assignment',
      member: 'warehouseUuid',
      value: (entry) => `${entry.userUuid} ${entry.warehouseUuid}`,
      rule: 'is already assigned to this user',
    },
    {
      constraint: 'uq_warehouse_user_assignment_active',
      member: 'isActive',
      value: (entry) => (entry.isActive ? entry.userUuid : undefined),
      rule: 'must be false, the user has another active assignment',
    },
  ],
  references: [
    {
      member: 'userUuid',
      targetList: 'users',
      targetMember: 'uuid',
      rule: 'must be a warehouse user in the file or in the database',
      accepts: (user) => user['isWarehouseUser'] === true,
      findInDatabase: findWarehouseUserUuids,
    },
    {
      member: 'warehouseUuid',
      targetList: 'warehouses',
      targetMember: 'uuid',
      rule: 'must be a warehouse in the file or in the database',
      findInDatabase: findWarehouseUuids,
    },
  ],
  entrySchema: () => schema,
  insert: insertWarehouseUserAssignment,
};

import { companyUsers } from './company-users/company-users.list.js';
import { customers } from './customers/customers.list.js';
import type { DemoList } from './demo-list.js';
import { users } from './users/users.list.js';
import { warehouseUserAssignments } from './warehouse-user-assignments/warehouse-user-assignments.list.js';
import { warehouses } from './warehouses/warehouses.list.js';

/** All lists of a file, in the order of loading: what is referred to comes first. A mere name has no table yet. */
export const LISTS: readonly (DemoList | string)[] = [
  'stores',
  customers,
  companyUsers,
  users,
  warehouses,
  warehouseUserAssignments,
  'products',
  'shipmentMethods',
  'paymentMethods',
];

import { companyUsers } from './company-users/company-users.list.js';
import { customers } from './customers/customers.list.js';
import type { DemoList } from './demo-list.js';
import { paymentMethods } from './payment-methods/payment-methods.list.js';
import { products } from './products/products.list.js';
import { shipmentMethods } from './shipment-methods/shipment-methods.list.js';
import { stores } from './stores/stores.list.js';
import { users } from './users/users.list.js';
import { warehouseUserAssignments } from './warehouse-user-assignments/warehouse-user-assignments.list.js';
import { warehouses } from './warehouses/warehouses.list.js';

/** All lists of a file, in the order of loading: what is referred to comes first. */
export const LISTS: readonly DemoList[] = [
  stores,
  customers,
  companyUsers,
  users,
  warehouses,
  warehouseUserAssignments,
  products,
  shipmentMethods,
  paymentMethods,
];

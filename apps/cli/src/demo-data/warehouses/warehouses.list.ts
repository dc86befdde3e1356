import type { DemoList } from '../demo-list.js';
import { schema, type Warehouse } from './warehouses.entry.js';
import { continueWarehouseIdsBehind, insertWarehouse } from './warehouses.repository.js';

export const warehouses: DemoList<Warehouse> = {
  name: 'warehouses',
  unique: [
    { constraint: 'uq_warehouse_uuid', member: 'uuid', value: (entry) => entry.uuid },
    { constraint: 'pk_warehouse', member: 'id', value: (entry) => String(entry.id) },
  ],
  references: [],
  entrySchema: () => schema,
  insert: insertWarehouse,
  afterInsert: continueWarehouseIdsBehind,
};

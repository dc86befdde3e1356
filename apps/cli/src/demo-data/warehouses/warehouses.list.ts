import { WAREHOUSE_TABLE } from '../../catalogue/catalogue-tables.js';
import { continueIdsOf, insertInto } from '../demo-data.repository.js';
import type { DemoList } from '../demo-list.js';
import { schema, type Warehouse } from '../../catalogue/warehouse.entry.js';

const ID = { name: 'id', member: 'id', type: 'bigint' } as const;

export const warehouses: DemoList<Warehouse> = {
  name: 'warehouses',
  unique: [
    { constraint: 'uq_warehouse_uuid', member: 'uuid', value: (entry) => entry.uuid },
    { constraint: 'pk_warehouse', member: 'id', value: (entry) => String(entry.id) },
  ],
  references: [],
  entrySchema: () => schema,
  insert: insertInto({ ...WAREHOUSE_TABLE, columns: [ID, ...WAREHOUSE_TABLE.columns] }),
  afterInsert: continueIdsOf('warehouse'),
};

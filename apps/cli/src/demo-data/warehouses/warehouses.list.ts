import { z } from 'zod';
import type { DemoList } from '../demo-list.js';
import { id, text, uuid } from '../entry-rules.js';
import { continueWarehouseIdsBehind, insertWarehouse } from './warehouses.repository.js';

const schema = z.strictObject({ id, uuid, name: text(255), isActive: z.boolean().default(true) });

export type Warehouse = z.infer<typeof schema>;

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

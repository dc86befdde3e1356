import { STORE_TABLE } from '../../catalogue/catalogue-tables.js';
import { insertInto } from '../demo-data.repository.js';
import type { DemoList } from '../demo-list.js';
import { schema, type Store } from '../../catalogue/store.entry.js';

export const stores: DemoList<Store> = {
  name: 'stores',
  unique: [{ constraint: 'uq_store_name', member: 'name', value: (entry) => entry.name }],
  references: [],
  entrySchema: () => schema,
  insert: insertInto(STORE_TABLE),
};

import type { DemoList } from '../demo-list.js';
import { schema, type Store } from './stores.entry.js';
import { insertStore } from './stores.repository.js';

export const stores: DemoList<Store> = {
  name: 'stores',
  unique: [{ constraint: 'uq_store_name', member: 'name', value: (entry) => entry.name }],
  references: [],
  entrySchema: () => schema,
  insert: insertStore,
};

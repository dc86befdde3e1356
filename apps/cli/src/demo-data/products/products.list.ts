import type { DemoList } from '../demo-list.js';
import { schema, type Product } from './products.entry.js';
import { insertProduct } from './products.repository.js';

export const products: DemoList<Product> = {
  name: 'products',
  unique: [{ constraint: 'pk_product', member: 'sku', value: (entry) => entry.sku }],
  references: [],
  entrySchema: () => schema,
  insert: insertProduct,
};

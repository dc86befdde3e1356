import { PRODUCT_TABLE } from '../../catalogue/catalogue-tables.js';
import { insertInto } from '../demo-data.repository.js';
import type { DemoList } from '../demo-list.js';
import { schema, type Product } from '../../catalogue/product.entry.js';

export const products: DemoList<Product> = {
  name: 'products',
  unique: [{ constraint: 'pk_product', member: 'sku', value: (entry) => entry.sku }],
  references: [],
  entrySchema: () => schema,
  insert: insertInto(PRODUCT_TABLE),
};

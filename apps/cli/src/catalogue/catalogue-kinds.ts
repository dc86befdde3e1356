import { z } from 'zod';
import { amount, ruleOf } from '../demo-data/entry-rules.js';
import { schema as paymentMethod } from './payment-method.entry.js';
import { schema as product } from './product.entry.js';
import { schema as shipmentMethod } from './shipment-method.entry.js';
import { schema as store } from './store.entry.js';
import { schema as warehouse } from './warehouse.entry.js';
import { readerOf, type EntryReader } from '../json-lines/entry-reading.js';
import type { CatalogueKind } from './catalogue-table.js';
import {
  PAYMENT_METHOD_TABLE,
  PRODUCT_TABLE,
  SHIPMENT_METHOD_TABLE,
  STOCK_TABLE,
  STORE_TABLE,
  WAREHOUSE_TABLE,
} from './catalogue-tables.js';

/** The kinds of lines, in the order of an export. Entries are those of the demo data. */
export const KINDS: readonly CatalogueKind[] = [
  { ...STORE_TABLE, kind: 'store', plural: 'stores', schema: store, creates: true },
  {
    ...{ ...WAREHOUSE_TABLE, kind: 'warehouse', plural: 'warehouses', creates: true },
    schema: warehouse.omit({ id: true }),
  },
  {
    ...PRODUCT_TABLE,
    kind: 'product',
    plural: 'products',
    schema: product.extend({ stock: amount.optional() }),
    creates: true,
  },
  {
    ...{ ...SHIPMENT_METHOD_TABLE, kind: 'shipmentMethod', plural: 'shipment methods', creates: true },
    schema: shipmentMethod,
  },
  {
    ...{ ...PAYMENT_METHOD_TABLE, kind: 'paymentMethod', plural: 'payment methods', creates: true },
    schema: paymentMethod,
  },
];

/** Stock alone, of products that are there. */
export const STOCK: CatalogueKind = {
  ...STOCK_TABLE,
  kind: 'stock',
  plural: 'products',
  schema: z.strictObject({ sku: product.shape.sku, stock: amount }),
  creates: false,
};

/** An entry that is right; its members are those of its kind. */
export type CatalogueEntry = { readonly kind: string } & Readonly<Record<string, unknown>>;

const entryRuleOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_union') return `must be one of ${KINDS.map(({ kind }) => kind).join(', ')}`;
  if (issue.code === 'unrecognized_keys') return 'is not a member of such an entry';
  return ruleOf(issue);
};

/** Reads a line of the catalogue. */
export function catalogueReader(): EntryReader<CatalogueEntry> {
  const [first, ...others] = KINDS.map(({ kind, schema }) => schema.safeExtend({ kind: z.literal(kind) }));
  if (!first) throw new TypeError('a catalogue has kinds of lines');
  const schema = z.discriminatedUnion('kind', [first, ...others]) as unknown as z.ZodType<CatalogueEntry>;
  return readerOf(schema, entryRuleOf);
}

/** Reads a line of a file of stock, which needs no kind: all are of one. */
export function stockReader(): EntryReader<CatalogueEntry> {
  return readerOf<CatalogueEntry>(
    STOCK.schema.transform((entry) => ({ ...entry, kind: STOCK.kind })),
    entryRuleOf,
  );
}

/** The members that name an entry, as one text without control characters. */
export function naturalKey(kinds: readonly CatalogueKind[], entry: CatalogueEntry): string {
  const { keys = [] } = kinds.find(({ kind }) => kind === entry.kind) ?? {};
  const [first, ...others] = keys.map((key) => String(entry[key]));
  return others.length === 0 ? String(first) : JSON.stringify([first, ...others]);
}

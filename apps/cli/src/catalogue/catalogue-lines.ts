import { z } from 'zod';
import { type EntryReader, readerOf } from '../json-lines/json-lines.js';
import { PAYMENT_METHOD, PRODUCT, SHIPMENT_METHOD, STORE, WAREHOUSE } from '../kinds/catalogue-kinds.js';
import { amount, ruleOf } from '../kinds/entry-rules.js';
import type { Entry, Kind } from '../kinds/kind.js';

/** A kind of line in a file of the catalogue. */
export interface LineKind extends Kind {
  /** Whether a line whose key is not there makes a new row; else it is wrong. */
  readonly creates: boolean;
}

const without = ({ columns }: Kind, ...members: readonly string[]): Kind['columns'] =>
  columns.filter(({ member }) => !members.includes(member));

/** In the order of an export. */
export const CATALOGUE: readonly LineKind[] = [
  STORE,
  { ...WAREHOUSE, schema: WAREHOUSE.schema.omit({ id: true }), columns: without(WAREHOUSE, 'id') },
  { ...PRODUCT, schema: PRODUCT.schema.extend({ stock: amount.optional() }) },
  SHIPMENT_METHOD,
  PAYMENT_METHOD,
].map((kind) => ({ ...kind, creates: true }));

/** Stock alone, of products that are there. */
export const STOCK: LineKind = {
  ...PRODUCT,
  kind: 'stock',
  schema: PRODUCT.schema.pick({ sku: true, stock: true }),
  columns: PRODUCT.columns.filter(({ member }) => ['sku', 'stock'].includes(member)),
  creates: false,
};

/** An entry that is right; its members are those of its kind. */
export type CatalogueEntry = Entry & { readonly kind: string };

const entryRuleOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_union') return `must be one of ${CATALOGUE.map(({ kind }) => kind).join(', ')}`;
  if (issue.code === 'unrecognized_keys') return 'is not a member of such an entry';
  return ruleOf(issue);
};

/** Reads a line of the catalogue. */
export function catalogueReader(): EntryReader<CatalogueEntry> {
  const [first, ...others] = CATALOGUE.map(({ kind, schema }) => schema.safeExtend({ kind: z.literal(kind) }));
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

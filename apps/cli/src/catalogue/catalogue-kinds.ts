import { z } from 'zod';
import {
  amount,
  currency,
  type EntryReader,
  id,
  iso2Code,
  locale,
  prices,
  readerOf,
  taxRate,
  text,
  uuid,
} from '../loading/entry-rules.js';
import type { Column, Entry, ExportedKind } from '../loading/kind.js';
import type { LoadedKind } from '../loading/load-entries.js';

/** What is sold, where, and how it is shipped and paid. */

export const IS_ACTIVE: Column = { name: 'is_active', member: 'isActive', type: 'boolean', fallback: 'true' };
const TAX_RATE: Column = { name: 'tax_rate', member: 'taxRatePercent', type: 'numeric' };
const PRICES: Column = { name: 'prices', member: 'pricesCents', type: 'jsonb' };
const NAME: Column = { name: 'name', member: 'name', type: 'text' };
export const ID: Column = { name: 'id', member: 'id', type: 'bigint' };
export const UUID: Column = { name: 'uuid', member: 'uuid', type: 'uuid' };

export const isActive = z.boolean().optional();

export const STORE: ExportedKind = {
  ...{ kind: 'store', list: 'stores', table: 'store', order: ['id'] },
  schema: z
    .strictObject({
      name: text(100),
      currencies: z.array(currency).min(1, 'must name a currency'),
      defaultCurrency: currency,
      locales: z.array(locale).min(1, 'must name a locale'),
      priceModes: z.array(z.enum(['GROSS_MODE', 'NET_MODE'])).min(1, 'must name a price mode'),
      countries: z.array(z.strictObject({ iso2Code, name: text(255) })).min(1, 'must name a country'),
      orderReferencePrefix: text(100),
    })
    .refine(({ currencies, defaultCurrency }) => currencies.length === 0 || currencies.includes(defaultCurrency), {
      path: ['defaultCurrency'],
      error: 'must be one of the currencies',
    }),
  columns: [
    NAME,
    { name: 'currencies', member: 'currencies', type: 'text[]' },
    { name: 'default_currency', member: 'defaultCurrency', type: 'text' },
    { name: 'locales', member: 'locales', type: 'text[]' },
    { name: 'price_modes', member: 'priceModes', type: 'text[]' },
    { name: 'countries', member: 'countries', type: 'jsonb' },
    { name: 'order_reference_prefix', member: 'orderReferencePrefix', type: 'text' },
  ],
  unique: [{ members: ['name'] }],
};

export const WAREHOUSE: ExportedKind = {
  ...{ kind: 'warehouse', list: 'warehouses', table: 'warehouse', order: ['id'] },
  schema: z.strictObject({ id, uuid, name: text(255), isActive }),
  columns: [ID, UUID, NAME, IS_ACTIVE],
  unique: [{ members: ['uuid'] }, { members: ['id'] }],
  id: `(e.entry ->> 'id')::bigint`,
};

export const PRODUCT: ExportedKind = {
  ...{ kind: 'product', list: 'products', table: 'product', order: ['sku'] },
  schema: z.strictObject({
    sku: text(255),
    abstractSku: text(255),
    name: text(255),
    stock: amount,
    neverOutOfStock: z.boolean().optional(),
    taxRatePercent: taxRate,
    pricesCents: prices,
  }),
  columns: [
    { name: 'sku', member: 'sku', type: 'text' },
    { name: 'abstract_sku', member: 'abstractSku', type: 'text' },
    NAME,
    { name: 'stock', member: 'stock', type: 'integer', fallback: '0' },
    { name: 'never_out_of_stock', member: 'neverOutOfStock', type: 'boolean', fallback: 'false' },
    TAX_RATE,
    PRICES,
  ],
  unique: [{ members: ['sku'] }],
};

export const SHIPMENT_METHOD: ExportedKind = {
  ...{ kind: 'shipmentMethod', list: 'shipmentMethods', table: 'shipment_method', order: ['id'] },
  schema: z.strictObject({
    id,
    name: text(255),
    carrier: text(255),
    pricesCents: prices,
    taxRatePercent: taxRate,
    /** In seconds. */
    deliveryTime: amount.nullable().optional(),
    isActive,
  }),
  columns: [
    ID,
    NAME,
    { name: 'carrier', member: 'carrier', type: 'text' },
    PRICES,
    TAX_RATE,
    { name: 'delivery_time', member: 'deliveryTime', type: 'integer', fallback: 'NULL' },
    IS_ACTIVE,
  ],
  unique: [{ members: ['id'] }],
  id: `(e.entry ->> 'id')::bigint`,
};

export const PAYMENT_METHOD: ExportedKind = {
  ...{
    kind: 'paymentMethod',
    list: 'paymentMethods',
    table: 'payment_method',
    order: ['provider_name', 'method_name'],
  },
  schema: z.strictObject({ paymentProviderName: text(255), paymentMethodName: text(255), isActive }),
  columns: [
    { name: 'provider_name', member: 'paymentProviderName', type: 'text' },
    { name: 'method_name', member: 'paymentMethodName', type: 'text' },
    IS_ACTIVE,
  ],
  unique: [
    {
      ...{ members: ['paymentProviderName', 'paymentMethodName'] },
      rule: 'is already offered by this provider',
    },
  ],
};

/** A kind of line in a file of the catalogue. */
export type CatalogueKind = LoadedKind & ExportedKind;

const withoutId = WAREHOUSE.columns.filter(({ member }) => member !== 'id');

/** In the order in which they are exported. */
export const CATALOGUE: readonly CatalogueKind[] = [
  STORE,
  {
    ...WAREHOUSE,
    schema: WAREHOUSE.schema.omit({ id: true }),
    columns: withoutId,
    unique: [WAREHOUSE.unique[0]] as const,
  },
  { ...PRODUCT, schema: PRODUCT.schema.extend({ stock: amount.optional() }) },
  SHIPMENT_METHOD,
  PAYMENT_METHOD,
].map((kind) => ({ ...kind, mode: 'add or change' }));

/** Only the stock, of products that exist. */
export const STOCK: LoadedKind = {
  ...PRODUCT,
  kind: 'stock',
  schema: PRODUCT.schema.pick({ sku: true, stock: true }),
  columns: PRODUCT.columns.filter(({ member }) => ['sku', 'stock'].includes(member)),
  mode: 'change',
};

/** A checked entry. */
export type CatalogueEntry = Entry & { readonly kind: string };

const unknownMember = 'is not a member of such an entry';

/** Reads a line of the catalogue. */
export function catalogueReader(): EntryReader<CatalogueEntry> {
  const [first, ...others] = CATALOGUE.map(({ kind, schema }) => schema.safeExtend({ kind: z.literal(kind) }));
  if (!first) throw new TypeError('a catalogue has kinds of lines');
  const schema = z.discriminatedUnion('kind', [first, ...others]) as unknown as z.ZodType<CatalogueEntry>;
  return readerOf(schema, { unknownMember, kinds: CATALOGUE.map(({ kind }) => kind) });
}

/** Reads a line of a file of stock, which needs no kind: all are of one. */
export function stockReader(): EntryReader<CatalogueEntry> {
  return readerOf<CatalogueEntry>(
    STOCK.schema.transform((entry) => ({ ...entry, kind: STOCK.kind })),
    { unknownMember },
  );
}

import { z } from 'zod';
import { amount, currency, id, iso2Code, locale, prices, taxRate, text, uuid } from './entry-rules.js';
import type { Column, Kind } from './kind.js';

/** What is sold, where, and how it is shipped and paid. */

export const IS_ACTIVE: Column = { name: 'is_active', member: 'isActive', type: 'boolean', fallback: 'true' };
const TAX_RATE: Column = { name: 'tax_rate', member: 'taxRatePercent', type: 'numeric' };
const PRICES: Column = { name: 'prices', member: 'pricesCents', type: 'jsonb' };
const NAME: Column = { name: 'name', member: 'name', type: 'text' };
export const ID: Column = { name: 'id', member: 'id', type: 'bigint' };
export const UUID: Column = { name: 'uuid', member: 'uuid', type: 'uuid' };

export const isActive = z.boolean().optional();

export const STORE: Kind = {
  ...{ kind: 'store', list: 'stores', table: 'store', order: 'id' },
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
  unique: [{ constraint: 'uq_store_name', members: ['name'] }],
};

export const WAREHOUSE: Kind = {
  ...{ kind: 'warehouse', list: 'warehouses', table: 'warehouse', order: 'id' },
  schema: z.strictObject({ id, uuid, name: text(255), isActive }),
  columns: [ID, UUID, NAME, IS_ACTIVE],
  unique: [
    { constraint: 'uq_warehouse_uuid', members: ['uuid'] },
    { constraint: 'pk_warehouse', members: ['id'] },
  ],
  idOf: ({ id: given }) => Number(given),
};

export const PRODUCT: Kind = {
  ...{ kind: 'product', list: 'products', table: 'product', order: 'sku' },
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
  unique: [{ constraint: 'pk_product', members: ['sku'] }],
};

export const SHIPMENT_METHOD: Kind = {
  ...{ kind: 'shipmentMethod', list: 'shipmentMethods', table: 'shipment_method', order: 'id' },
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
  unique: [{ constraint: 'pk_shipment_method', members: ['id'] }],
  idOf: ({ id: given }) => Number(given),
};

export const PAYMENT_METHOD: Kind = {
  ...{ kind: 'paymentMethod', list: 'paymentMethods', table: 'payment_method', order: 'provider_name, method_name' },
  schema: z.strictObject({ paymentProviderName: text(255), paymentMethodName: text(255), isActive }),
  columns: [
    { name: 'provider_name', member: 'paymentProviderName', type: 'text' },
    { name: 'method_name', member: 'paymentMethodName', type: 'text' },
    IS_ACTIVE,
  ],
  unique: [
    {
      ...{ constraint: 'pk_payment_method', members: ['paymentProviderName', 'paymentMethodName'] },
      rule: 'is already offered by this provider',
    },
  ],
};

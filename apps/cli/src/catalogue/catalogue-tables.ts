import type { CatalogueColumn, CatalogueTable } from './catalogue-table.js';

const IS_ACTIVE: CatalogueColumn = { name: 'is_active', member: 'isActive', type: 'boolean', fallback: 'true' };
const TAX_RATE: CatalogueColumn = { name: 'tax_rate', member: 'taxRatePercent', type: 'numeric' };
const PRICES: CatalogueColumn = { name: 'prices', member: 'pricesCents', type: 'jsonb' };
const STOCK: CatalogueColumn = { name: 'stock', member: 'stock', type: 'integer', fallback: '0' };
const SKU: CatalogueColumn = { name: 'sku', member: 'sku', type: 'text' };
const NAME: CatalogueColumn = { name: 'name', member: 'name', type: 'text' };

export const STORE_TABLE: CatalogueTable = {
  table: 'store',
  keys: ['name'],
  columns: [
    NAME,
    { name: 'currencies', member: 'currencies', type: 'text[]' },
    { name: 'default_currency', member: 'defaultCurrency', type: 'text' },
    { name: 'locales', member: 'locales', type: 'text[]' },
    { name: 'price_modes', member: 'priceModes', type: 'text[]' },
    { name: 'countries', member: 'countries', type: 'jsonb' },
    { name: 'order_reference_prefix', member: 'orderReferencePrefix', type: 'text' },
  ],
  order: 'id',
};

export const WAREHOUSE_TABLE: CatalogueTable = {
  table: 'warehouse',
  keys: ['uuid'],
  columns: [{ name: 'uuid', member: 'uuid', type: 'uuid' }, NAME, IS_ACTIVE],
  order: 'id',
};

export const PRODUCT_TABLE: CatalogueTable = {
  table: 'product',
  keys: ['sku'],
  columns: [
    SKU,
    { name: 'abstract_sku', member: 'abstractSku', type: 'text' },
    NAME,
    STOCK,
    { name: 'never_out_of_stock', member: 'neverOutOfStock', type: 'boolean', fallback: 'false' },
    TAX_RATE,
    PRICES,
  ],
  order: 'sku',
};

export const STOCK_TABLE: CatalogueTable = { ...PRODUCT_TABLE, columns: [SKU, STOCK] };

export const SHIPMENT_METHOD_TABLE: CatalogueTable = {
  table: 'shipment_method',
  keys: ['id'],
  columns: [
    { name: 'id', member: 'id', type: 'bigint' },
    NAME,
    { name: 'carrier', member: 'carrier', type: 'text' },
    PRICES,
    TAX_RATE,
    { name: 'delivery_time', member: 'deliveryTime', type: 'integer', fallback: 'NULL' },
    IS_ACTIVE,
  ],
  order: 'id',
};

export const PAYMENT_METHOD_TABLE: CatalogueTable = {
  table: 'payment_method',
  keys: ['paymentProviderName', 'paymentMethodName'],
  columns: [
    { name: 'provider_name', member: 'paymentProviderName', type: 'text' },
    { name: 'method_name', member: 'paymentMethodName', type: 'text' },
    IS_ACTIVE,
  ],
  order: 'provider_name, method_name',
};

import type { ResourceObject } from '#json-api';
import { cartResource, createdCartResource, type CartType } from './cart-resource.js';
import type { FilledCart } from './cart.js';

const CART: FilledCart = {
  uuid: '0f4b2b9e-6a51-4a7c-9d2e-4c1f6f0a7d11',
  name: 'Office',
  store: 'DE',
  currency: 'EUR',
  priceMode: 'GROSS_MODE',
  isDefault: true,
  version: 1,
  items: [
    {
      groupKey: 'SP-2001',
      sku: 'SP-2001',
      abstractSku: 'cleat',
      name: 'Dock cleat 200 mm',
      quantity: 2,
      prices: { EUR: { gross: 1000, net: 840 } },
      taxRate: 19,
      stock: 100,
      neverOutOfStock: false,
    },
  ],
};

/** Carts for the documentation. */
export const cartExample = (type: CartType): ResourceObject => cartResource(CART, new Set(), type);
export const CREATED_CART_EXAMPLE: ResourceObject = createdCartResource({ ...CART, items: [] }, new Set());

/** Attributes of a cart and of an item, for the documentation. */
export const CART_ATTRIBUTES_EXAMPLE = { name: 'Office', priceMode: 'GROSS_MODE', currency: 'EUR', store: 'DE' };
export const ITEM_ATTRIBUTES_EXAMPLE = { sku: 'SP-2001', quantity: 2 };

/** The parameter of all routes that answer carts, for the documentation. */
export const CART_QUERY = { include: 'items,concrete-products' };
export const GUEST_CART_QUERY = { include: 'guest-cart-items,concrete-products' };

import type { ResourceObject } from '#json-api';
import { totalsOf, type Totals } from './calculation.js';
import type { FilledCart } from './cart.js';
import type { CartDto, CreatedCartDto } from './dto/cart.dto.js';
import { itemResource, type ItemPlace } from './item-resource.js';

export type CartType = 'carts' | 'guest-carts';

const ITEM_TYPES = { carts: 'items', 'guest-carts': 'guest-cart-items' } as const satisfies Record<
  CartType,
  ItemPlace['type']
>;

/**
 * The resource of a cart (contract: resources, section 2.4), with current prices of the catalogue.
 *
 * @param include from the request; supports `items` (for guests `guest-cart-items`) and with them `concrete-products`
 */
export function cartResource(
  cart: FilledCart,
  include: ReadonlySet<string>,
  type: CartType = 'carts',
): ResourceObject<CartDto> & { readonly path: string } {
  const { uuid, priceMode, currency, store, name, isDefault, items } = cart;
  const path = `/${type}/${uuid}`;
  const itemType = ITEM_TYPES[type];
  const place: ItemPlace = { type: itemType, path: `${path}/${itemType}` };
  return {
    type,
    id: uuid,
    attributes: { priceMode, currency, store, name, isDefault, totals: totalsOf(items, [], cart), discounts: [] },
    path,
    ...(include.has(itemType) && {
      related: { [itemType]: items.map((line) => itemResource(line, cart, place, include)) },
    }),
  };
}

/** The resource of a newly created cart. Clients expect its totals to be unknown (contract: section 4, point 9). */
export function createdCartResource(cart: FilledCart, include: ReadonlySet<string>): ResourceObject<CreatedCartDto> {
  const resource = cartResource(cart, include);
  return { ...resource, attributes: { ...resource.attributes, totals: UNKNOWN_TOTALS } };
}

const UNKNOWN_TOTALS: Readonly<Record<keyof Totals, null>> = {
  expenseTotal: null,
  discountTotal: null,
  taxTotal: null,
  subtotal: null,
  grandTotal: null,
  priceToPay: null,
  shipmentTotal: null,
};

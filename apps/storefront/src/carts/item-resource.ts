import type { ResourceObject } from '#json-api';
import { calculate, calculateAt, type Calculations, type Pricing } from './calculation.js';
import type { ConcreteProductDto } from '../catalogue/dto/concrete-product.dto.js';
import type { ItemDto } from '../items/dto/item.dto.js';
import type { CartLine } from './cart.js';

/** Where the items of a cart are: their type, and the path that their group keys follow. */
export interface ItemPlace {
  readonly type: 'items' | 'guest-cart-items';
  readonly path: string;
}

/** The resource of an item (contract: resources, section 2.4), with its product where that is asked for. */
export function itemResource(
  line: CartLine,
  pricing: Pricing,
  { type, path }: ItemPlace,
  include: ReadonlySet<string>,
): ResourceObject<ItemDto> {
  const { groupKey, sku, quantity, abstractSku } = line;
  return {
    type,
    id: groupKey,
    attributes: {
      sku,
      quantity,
      groupKey,
      abstractSku,
      amount: null,
      productOfferReference: null,
      merchantReference: null,
      calculations: calculationsOf(line, pricing),
      configuredBundle: null,
      configuredBundleItem: null,
      productConfigurationInstance: null,
      salesUnit: null,
      selectedProductOptions: [],
    },
    path: `${path}/${encodeURIComponent(groupKey)}`,
    ...(include.has('concrete-products') && { related: { 'concrete-products': [productResource(line)] } }),
  };
}

/** A product that lost its price in the cart's currency counts as nothing, as it does in the totals. */
function calculationsOf(line: CartLine, pricing: Pricing): Calculations {
  return calculate(line, pricing) ?? calculateAt(0, line, pricing);
}

function productResource({ sku, name, abstractSku }: CartLine): ResourceObject<ConcreteProductDto> {
  return {
    type: 'concrete-products',
    id: sku,
    attributes: { sku, name, productAbstractSku: abstractSku, isDiscontinued: false, discontinuedNote: null },
    path: `/concrete-products/${encodeURIComponent(sku)}`,
  };
}

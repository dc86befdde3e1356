import type { ResourceObject } from '#json-api';
import { calculate, calculateAt, type Calculations, type Pricing } from './calculation.js';
import type { ConcreteProductDto } from '../catalogue/dto/concrete-product.dto.js';
import type { ItemDto } from '../items/dto/item.dto.js';
import type { CartLine } from './cart.js';

/** The resource type of a cart's items, and the path before their group keys. */
export interface ItemPlace {
  readonly type: 'items' | 'guest-cart-items';
  readonly path: string;
}

/** The resource of an item (contract: resources, section 2.4), with its product if the request includes it. */
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

/** A product that no longer has a price in the cart's currency counts as zero, as in the totals. */
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

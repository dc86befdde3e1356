import type { ApiErrorRow } from '#json-api';
import type { Pricing } from '../carts/calculation.js';
import { itemRefused } from '../carts/carts.errors.js';
import { priceOf } from '../catalogue/prices.js';
import type { ProductFacts } from './items.repository.js';
import { MAXIMUM_QUANTITY } from '../carts/quantity.js';

/** The reason why a cart cannot hold this quantity of a product, or undefined if it can. */
export function validateItem(
  { sku, prices, stock, neverOutOfStock }: ProductFacts,
  quantity: number,
  { currency, priceMode }: Pricing,
): ApiErrorRow | undefined {
  if (priceOf(prices, currency, priceMode) === undefined) {
    return itemRefused(`Product "${sku}" has no price in ${currency}`);
  }
  if (!neverOutOfStock && quantity > stock) return itemRefused(`Product "${sku}" only has an availability of ${stock}`);
  if (quantity > MAXIMUM_QUANTITY) {
    return itemRefused(`Product "${sku}" cannot be in a cart more than ${MAXIMUM_QUANTITY} times`);
  }
  return undefined;
}

import type { ApiErrorRow } from '#json-api';
import { PRICE_MODES, priceOf, type PriceMode } from '../catalogue/prices.js';
import type { Store } from '../catalogue/store.entity.js';
import type { CartSettings } from './carts.repository.js';
import type { FilledCart } from './cart.js';
import { CART_ERRORS, itemRefused } from './carts.errors.js';

/** Settings whose price mode is not validated yet. */
export type RequestedSettings = Omit<CartSettings, 'priceMode'> & { readonly priceMode: string };

type Judgement =
  | { readonly settings: CartSettings; readonly mistakes?: never }
  | { readonly settings?: never; readonly mistakes: readonly [ApiErrorRow, ...ApiErrorRow[]] };

/**
 * Whether a store sells in this currency and price mode. Values that the cart already has are not checked again.
 *
 * @param store from the catalogue, or null if it has no store of this name
 */
export function judge(requested: RequestedSettings, store: Store | null, current?: CartSettings): Judgement {
  if (!store) return { mistakes: [CART_ERRORS.storeInvalid] };
  const { currency, priceMode } = requested;
  const kept = current?.store === store.name ? current : undefined;
  const isCurrency = currency === kept?.currency || store.currencies.includes(currency);
  const isMode = priceMode === kept?.priceMode || store.priceModes.includes(priceMode);
  if (isCurrency && isMode && isPriceMode(priceMode)) return { settings: { ...requested, priceMode } };
  if (isCurrency) return { mistakes: [CART_ERRORS.priceModeIncorrect] };
  return { mistakes: [CART_ERRORS.currencyIncorrect, ...(isMode ? [] : [CART_ERRORS.priceModeIncorrect])] };
}

/** The reasons why a cart with these items cannot change to these settings. Empty if it can. */
export function validateSettings({ priceMode, currency }: CartSettings, cart: FilledCart): ApiErrorRow[] {
  if (cart.items.length > 0 && priceMode !== cart.priceMode) return [CART_ERRORS.priceModeLocked];
  if (currency === cart.currency) return [];
  const unpriced = cart.items.filter(({ prices }) => priceOf(prices, currency, priceMode) === undefined);
  const reasons = unpriced.map(({ sku }) => itemRefused(`Product "${sku}" has no price in ${currency}`));
  return reasons.length > 0 ? [...reasons, CART_ERRORS.currencyIncorrect] : [];
}

function isPriceMode(mode: string): mode is PriceMode {
  return PRICE_MODES.some((one) => one === mode);
}

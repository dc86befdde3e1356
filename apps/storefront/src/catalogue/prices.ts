/** Whether prices include the tax. */
export const PRICE_MODES = ['GROSS_MODE', 'NET_MODE'] as const;
export type PriceMode = (typeof PRICE_MODES)[number];

/** Prices in minor units, by currency (ISO 4217). */
export type Prices = Readonly<Record<string, { readonly gross: number; readonly net: number }>>;

/** @returns undefined if there is no price in the currency */
export function priceOf(prices: Prices, currency: string, mode: PriceMode): number | undefined {
  const price = Object.hasOwn(prices, currency) ? prices[currency] : undefined;
  return mode === 'GROSS_MODE' ? price?.gross : price?.net;
}

/**
 * The tax in a gross amount or on a net amount, rounded half up to a minor unit.
 *
 * @param ratePercent with at most two decimals
 */
export function taxOf(amount: number, ratePercent: number, mode: PriceMode): number {
  const rate = BigInt(Math.round(ratePercent * 100));
  const base = mode === 'GROSS_MODE' ? 10_000n + rate : 10_000n;
  return Number((2n * BigInt(amount) * rate + base) / (2n * base));
}

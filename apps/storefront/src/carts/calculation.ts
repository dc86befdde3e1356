import type { CalculationsDto, TotalsDto } from './dto/amounts.dto.js';
import { priceOf, taxOf, type PriceMode, type Prices } from '../catalogue/prices.js';

/** The price of an item. All amounts are in minor units. */
export type Calculations = Readonly<CalculationsDto>;

/** The totals of a cart or an order. All amounts are in minor units. */
export type Totals = Readonly<TotalsDto>;

/** Something with a price: a product in a quantity, or a shipment. */
export interface Priced {
  readonly quantity: number;
  readonly prices: Prices;
  /** In percent. */
  readonly taxRate: number;
}

/** The currency and price mode of prices. */
export interface Pricing {
  readonly currency: string;
  readonly priceMode: PriceMode;
}

/** @returns undefined if there is no price in the currency */
export function calculate(priced: Priced, pricing: Pricing): Calculations | undefined {
  const unit = priceOf(priced.prices, pricing.currency, pricing.priceMode);
  return unit === undefined ? undefined : calculateAt(unit, priced, pricing);
}

/** @param unit the price of one piece, in minor units */
export function calculateAt(
  unit: number,
  { quantity, taxRate }: Pick<Priced, 'quantity' | 'taxRate'>,
  { priceMode }: Pricing,
): Calculations {
  const isGross = priceMode === 'GROSS_MODE';
  const sum = unit * quantity;
  const unitTax = taxOf(unit, taxRate, priceMode);
  const sumTax = taxOf(sum, taxRate, priceMode);
  return {
    unitPrice: unit,
    sumPrice: sum,
    taxRate,
    unitNetPrice: isGross ? 0 : unit,
    sumNetPrice: isGross ? 0 : sum,
    unitGrossPrice: isGross ? unit : 0,
    sumGrossPrice: isGross ? sum : 0,
    unitTaxAmountFullAggregation: unitTax,
    sumTaxAmountFullAggregation: sumTax,
    sumSubtotalAggregation: sum,
    unitSubtotalAggregation: unit,
    unitProductOptionPriceAggregation: 0,
    sumProductOptionPriceAggregation: 0,
    unitDiscountAmountAggregation: 0,
    sumDiscountAmountAggregation: 0,
    unitDiscountAmountFullAggregation: 0,
    sumDiscountAmountFullAggregation: 0,
    unitPriceToPayAggregation: isGross ? unit : unit + unitTax,
    sumPriceToPayAggregation: isGross ? sum : sum + sumTax,
  };
}

/** The totals of items and shipments. Those without a price count as zero. */
export function totalsOf(items: readonly Priced[], shipments: readonly Priced[], pricing: Pricing): Totals {
  const ofItems = items.flatMap((item) => calculate(item, pricing) ?? []);
  const ofShipments = shipments.flatMap((shipment) => calculate(shipment, pricing) ?? []);
  const subtotal = sumOf(ofItems.map(({ sumPrice }) => sumPrice));
  const shipmentTotal = sumOf(ofShipments.map(({ sumPrice }) => sumPrice));
  const all = [...ofItems, ...ofShipments];
  const grandTotal = sumOf(all.map(({ sumPriceToPayAggregation }) => sumPriceToPayAggregation));
  return {
    expenseTotal: shipmentTotal,
    discountTotal: 0,
    taxTotal: sumOf(all.map(({ sumTaxAmountFullAggregation }) => sumTaxAmountFullAggregation)),
    subtotal,
    grandTotal,
    priceToPay: grandTotal,
    shipmentTotal,
  };
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

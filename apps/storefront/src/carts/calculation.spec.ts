import { array, assert, constantFrom, integer, property, record, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRICE_MODES, taxOf } from '../catalogue/prices.js';
import { calculate, totalsOf, type Priced, type Pricing } from './calculation.js';

const price = record({
  gross: integer({ min: 0, max: 10_000_000 }),
  net: integer({ min: 0, max: 10_000_000 }),
});
const priced = record({
  quantity: integer({ min: 1, max: 10_000 }),
  prices: record({ EUR: price, CHF: price }, { requiredKeys: ['EUR'] }),
  taxRate: integer({ min: 0, max: 10_000 }).map((rate) => rate / 100),
}) as unknown as Arbitrary<Priced>;
const pricing = record({ currency: constantFrom('EUR', 'CHF', 'USD'), priceMode: constantFrom(...PRICE_MODES) });

const GROSS: Pricing = { currency: 'EUR', priceMode: 'GROSS_MODE' };
const NET: Pricing = { currency: 'EUR', priceMode: 'NET_MODE' };
const ROPE: Priced = { quantity: 3, prices: { EUR: { gross: 1190, net: 1000 } }, taxRate: 19 };
const BOOK: Priced = { quantity: 2, prices: { EUR: { gross: 999, net: 934 } }, taxRate: 7 };
const POST: Priced = { quantity: 1, prices: { EUR: { gross: 490, net: 412 } }, taxRate: 19 };

const NO_DISCOUNT = {
  unitProductOptionPriceAggregation: 0,
  sumProductOptionPriceAggregation: 0,
  unitDiscountAmountAggregation: 0,
  sumDiscountAmountAggregation: 0,
  unitDiscountAmountFullAggregation: 0,
  sumDiscountAmountFullAggregation: 0,
};

describe('The calculation of an item', () => {
  it('has the tax in gross prices', () => {
    expect(calculate(ROPE, GROSS)).toEqual({
      ...{ unitPrice: 1190, sumPrice: 3570, taxRate: 19 },
      ...{ unitNetPrice: 0, sumNetPrice: 0, unitGrossPrice: 1190, sumGrossPrice: 3570 },
      ...{ unitTaxAmountFullAggregation: 190, sumTaxAmountFullAggregation: 570 },
      ...{ unitSubtotalAggregation: 1190, sumSubtotalAggregation: 3570 },
      ...{ unitPriceToPayAggregation: 1190, sumPriceToPayAggregation: 3570 },
      ...NO_DISCOUNT,
    });
  });

  it('adds the tax to net prices', () => {
    expect(calculate(BOOK, NET)).toEqual({
      ...{ unitPrice: 934, sumPrice: 1868, taxRate: 7 },
      ...{ unitNetPrice: 934, sumNetPrice: 1868, unitGrossPrice: 0, sumGrossPrice: 0 },
      ...{ unitTaxAmountFullAggregation: 65, sumTaxAmountFullAggregation: 131 },
      ...{ unitSubtotalAggregation: 934, sumSubtotalAggregation: 1868 },
      ...{ unitPriceToPayAggregation: 999, sumPriceToPayAggregation: 1999 },
      ...NO_DISCOUNT,
    });
  });

  it('is none without a price in the currency', () => {
    expect(calculate(ROPE, { currency: 'CHF', priceMode: 'GROSS_MODE' })).toBeUndefined();
  });

  it('has whole amounts that are never negative, and rounds the tax once for the whole quantity', () => {
    assert(
      property(priced, pricing, (item, stated) => {
        const calculations = calculate(item, stated);
        if (!calculations) return;
        const { taxRate: _, ...sums } = calculations;
        for (const amount of Object.values(sums)) expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true);
        const { sumPrice, unitPrice, sumTaxAmountFullAggregation: tax, sumPriceToPayAggregation: toPay } = calculations;
        expect(sumPrice).toBe(unitPrice * item.quantity);
        expect(tax).toBe(taxOf(sumPrice, item.taxRate, stated.priceMode));
        expect(toPay).toBe(stated.priceMode === 'GROSS_MODE' ? sumPrice : sumPrice + tax);
        expect(tax).toBeLessThanOrEqual(toPay);
      }),
    );
  });
});

describe('Totals', () => {
  it('of items with 19 % and 7 % and a shipment, with the tax in the prices', () => {
    expect(totalsOf([ROPE, BOOK], [POST], GROSS)).toEqual({
      ...{ subtotal: 5568, shipmentTotal: 490, expenseTotal: 490, discountTotal: 0 },
      ...{ taxTotal: 570 + 131 + 78, grandTotal: 6058, priceToPay: 6058 },
    });
  });

  it('of the same with the tax on top', () => {
    const taxTotal = 570 + 131 + 78;
    expect(totalsOf([ROPE, BOOK], [POST], NET)).toEqual({
      ...{ subtotal: 4868, shipmentTotal: 412, expenseTotal: 412, discountTotal: 0 },
      ...{ taxTotal, grandTotal: 5280 + taxTotal, priceToPay: 5280 + taxTotal },
    });
  });

  it('of nothing are 0', () => {
    expect(new Set(Object.values(totalsOf([], [], GROSS)))).toEqual(new Set([0]));
  });

  it('are the sums of their parts, whatever the order; what has no price counts as nothing', () => {
    assert(
      property(
        array(priced, { maxLength: 8 }),
        array(priced, { maxLength: 3 }),
        pricing,
        (items, shipments, stated) => {
          const totals = totalsOf(items, shipments, stated);
          const isNet = stated.priceMode === 'NET_MODE';
          const sum = (list: readonly Priced[], of: 'sumPrice' | 'sumTaxAmountFullAggregation'): number =>
            list.reduce((total, one) => total + (calculate(one, stated)?.[of] ?? 0), 0);
          expect(totals.subtotal).toBe(sum(items, 'sumPrice'));
          expect(totals.shipmentTotal).toBe(sum(shipments, 'sumPrice'));
          expect(totals.expenseTotal).toBe(totals.shipmentTotal);
          expect(totals.taxTotal).toBe(sum([...items, ...shipments], 'sumTaxAmountFullAggregation'));
          expect(totals.grandTotal).toBe(totals.subtotal + totals.shipmentTotal + (isNet ? totals.taxTotal : 0));
          expect(totals.priceToPay).toBe(totals.grandTotal);
          expect(totalsOf(items.toReversed(), shipments.toReversed(), stated)).toEqual(totals);
        },
      ),
    );
  });
});

import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRICE_MODES, priceOf, taxOf, type PriceMode, type Prices } from './prices.js';

/** In minor units, to a hundred million. */
const amounts = integer({ min: 0, max: 10_000_000_000 });
/** In hundredths of a percent. */
const rates = integer({ min: 0, max: 10_000 });
const modes = constantFrom(...PRICE_MODES);

/** The tax as a fraction of whole numbers. */
function exactTax(
  amount: number,
  rate: number,
  mode: PriceMode,
): { readonly numerator: bigint; readonly denominator: bigint } {
  return {
    numerator: BigInt(amount) * BigInt(rate),
    denominator: BigInt(mode === 'GROSS_MODE' ? 10_000 + rate : 10_000),
  };
}

describe('The tax', () => {
  it.each([
    [1190, 19, 'GROSS_MODE', 190],
    [1000, 19, 'GROSS_MODE', 160],
    [1000, 19, 'NET_MODE', 190],
    [1070, 7, 'GROSS_MODE', 70],
    [999, 7, 'GROSS_MODE', 65],
    [999, 7, 'NET_MODE', 70],
    [50, 1, 'NET_MODE', 1],
    [49, 1, 'NET_MODE', 0],
    [1000, 7.7, 'NET_MODE', 77],
    [10_000, 8.25, 'NET_MODE', 825],
    [10_000, 0.29, 'NET_MODE', 29],
    [1, 100, 'GROSS_MODE', 1],
    [0, 19, 'GROSS_MODE', 0],
    [1234, 0, 'NET_MODE', 0],
  ] as const)('of %i at %d %% in %s is %i', (amount, rate, mode, tax) => {
    expect(taxOf(amount, rate, mode)).toBe(tax);
  });

  it('is the exact fraction, rounded half up', () => {
    assert(
      property(amounts, rates, modes, (amount, rate, mode) => {
        const { numerator, denominator } = exactTax(amount, rate, mode);
        const whole = numerator / denominator;
        const isUp = (numerator % denominator) * 2n >= denominator;
        expect(taxOf(amount, rate / 100, mode)).toBe(Number(isUp ? whole + 1n : whole));
      }),
      { numRuns: 2000 },
    );
  });

  it('is never negative, and in a gross amount never more than the amount', () => {
    assert(
      property(amounts, rates, (amount, rate) => {
        for (const mode of PRICE_MODES) expect(taxOf(amount, rate / 100, mode)).toBeGreaterThanOrEqual(0);
        expect(taxOf(amount, rate / 100, 'GROSS_MODE')).toBeLessThanOrEqual(amount);
      }),
    );
  });

  it('grows with the amount and with the rate', () => {
    assert(
      property(tuple(amounts, amounts), tuple(rates, rates), modes, (twoAmounts, twoRates, mode) => {
        const [less = 0, more = 0] = twoAmounts.toSorted((a, b) => a - b);
        const [lower = 0, higher = 0] = twoRates.toSorted((a, b) => a - b);
        expect(taxOf(less, lower / 100, mode)).toBeLessThanOrEqual(taxOf(more, higher / 100, mode));
      }),
    );
  });

  it('in what a net amount and its tax come to is that tax again', () => {
    assert(
      property(amounts, rates, (net, rate) => {
        const tax = taxOf(net, rate / 100, 'NET_MODE');
        expect(taxOf(net + tax, rate / 100, 'GROSS_MODE')).toBe(tax);
      }),
    );
  });
});

describe('A price', () => {
  const prices: Prices = { EUR: { gross: 1190, net: 1000 } };

  it('is the one of its currency and mode', () => {
    expect(priceOf(prices, 'EUR', 'GROSS_MODE')).toBe(1190);
    expect(priceOf(prices, 'EUR', 'NET_MODE')).toBe(1000);
  });

  it('is none in a currency without one, whatever objects inherit', () => {
    assert(
      property(
        array(constantFrom('USD', 'eur', '', '__proto__', 'constructor', 'toString')),
        modes,
        (currencies, mode) => {
          for (const currency of currencies) expect(priceOf(prices, currency, mode)).toBeUndefined();
        },
      ),
    );
  });
});

import { FREE, LOOKUP_ROUTE } from './guard-cases.js';
import { CONNECTIONS, type Totals } from './guard-load.js';
import { median } from './median.js';

const COLUMNS = ['requests/s', 'to unprotected', 'to one SELECT', 'median ms'];

const ratesOf = (totals: Totals, name: string): readonly number[] => totals.get(name)?.rates ?? [];

/** The median of the ratios of all rounds: within a round both were measured at nearly the same time. */
function ratio(rates: readonly number[], others: readonly number[]): string {
  return median(rates.map((rate, round) => rate / (others[round] ?? Number.NaN))).toFixed(2);
}

/** Prints the requests per second of one application, and their ratios. */
export function tellRates(title: string, totals: Totals): void {
  console.log(`\n=== ${title}: ${CONNECTIONS} connections; ratios of requests/s`);
  console.log(['', ...COLUMNS].map((column, index) => (index === 0 ? ''.padEnd(26) : column.padStart(14))).join(' '));
  for (const [name, { rates, milliseconds }] of totals) {
    const figures = [
      median(rates).toFixed(0),
      ratio(rates, ratesOf(totals, FREE)),
      ratio(rates, ratesOf(totals, LOOKUP_ROUTE)),
      median(milliseconds).toFixed(2),
    ];
    console.log([name.padEnd(26), ...figures.map((figure) => figure.padStart(14))].join(' '));
  }
}

/** Prints the ratio of two applications for each case. */
export function tellRatios(folder: string, totals: Totals, others: Totals): void {
  console.log(`\n=== requests/s of this checkout to those of ${folder}`);
  for (const [name, { rates }] of totals) {
    console.log(`${name.padEnd(26)} ${ratio(rates, ratesOf(others, name)).padStart(14)}`);
  }
}

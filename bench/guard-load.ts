import { ProgramError } from '#platform';
import { ACCOUNT_HEADER } from './application.js';
import { WITH_CODE, type GuardCase } from './guard-cases.js';
import type { LoadGenerator } from './load.js';

export const CONNECTIONS = 32;

/** The results of a case in all rounds. */
interface Total {
  /** Requests per second of each round. */
  readonly rates: number[];
  readonly milliseconds: number[];
}

export type Totals = ReadonlyMap<string, Readonly<Total>>;

const ROUNDS = 10;
const WARM_UP_SECONDS = 1;

/**
 * Measures all cases in many rounds, each case on one application after another, in alternating order: other load on
 * the machine thus affects all of them equally.
 *
 * @returns the results of each application
 */
export async function measure(
  loads: readonly GuardLoad[],
  cases: readonly GuardCase[],
  seconds: number,
): Promise<readonly Totals[]> {
  for (const one of cases) for (const load of loads) await load.run(one, WARM_UP_SECONDS);
  for (const load of loads) load.forget();
  for (let round = 1; round <= ROUNDS; round += 1) {
    console.log(`round ${round} of ${ROUNDS}`);
    const inTurn = round % 2 === 0 ? loads : loads.toReversed();
    for (const one of cases) for (const load of inTurn) await load.run(one, seconds / ROUNDS);
  }
  return loads.map(({ totals }) => totals);
}

/** Sends requests to one application. Keeps track of the codes that are still unused. */
export class GuardLoad {
  private firstUnused: number = WITH_CODE[0];
  private readonly measured = new Map<string, Total>();

  constructor(
    private readonly generator: LoadGenerator,
    private readonly port: number,
  ) {}

  get totals(): Totals {
    return this.measured;
  }

  /** Drops the results of the warm-up. */
  forget(): void {
    this.measured.clear();
  }

  /** @throws ProgramError if a response has another status than that of the case */
  async run({ name, path, accounts, code, status, only }: GuardCase, seconds: number): Promise<void> {
    const from = only === 'each account once' ? this.firstUnused : accounts[0];
    const to = only === 'used accounts' ? this.firstUnused : accounts[1];
    const result = await this.generator.run({
      port: this.port,
      path,
      accountHeader: ACCOUNT_HEADER,
      from,
      to,
      once: only === 'each account once',
      ...(code !== undefined && { code }),
      connections: CONNECTIONS,
      seconds,
    });
    const [answered, ...others] = result.statuses;
    if (answered !== status || others.length > 0) {
      throw new ProgramError(`${name}: answered ${result.statuses.join(', ') || 'nothing'} instead of ${status}.`);
    }
    if (only === 'each account once') this.firstUnused = result.next;
    const total = this.measured.get(name) ?? { rates: [], milliseconds: [] };
    total.rates.push(result.milliseconds.length / result.seconds);
    for (const time of result.milliseconds) total.milliseconds.push(time);
    this.measured.set(name, total);
  }
}

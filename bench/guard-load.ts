import { ProgramError } from '#platform';
import { ACCOUNT_HEADER } from './application.js';
import { WITH_CODE, type GuardCase } from './guard-cases.js';
import type { LoadGenerator } from './load.js';

export const CONNECTIONS = 32;

/** What all rounds of a case have measured. */
interface Total {
  seconds: number;
  readonly milliseconds: number[];
}

export type Totals = ReadonlyMap<string, Readonly<Total>>;

const ROUNDS = 3;
const WARM_UP_SECONDS = 1;

/** Puts the cases under load; it knows which codes were not used yet. */
export class GuardLoad {
  private firstUnused: number = WITH_CODE[0];

  constructor(
    private readonly generator: LoadGenerator,
    private readonly port: number,
  ) {}

  /** Runs all cases in turn, several times, so that what else the machine does meets all of them. */
  async measure(cases: readonly GuardCase[], seconds: number): Promise<Totals> {
    for (const one of cases) await this.run(one, WARM_UP_SECONDS);
    const totals = new Map(cases.map(({ name }): [string, Total] => [name, { seconds: 0, milliseconds: [] }]));
    for (let round = 1; round <= ROUNDS; round += 1) {
      console.log(`round ${round} of ${ROUNDS}`);
      for (const one of cases) {
        const result = await this.run(one, seconds / ROUNDS);
        const total = totals.get(one.name);
        if (!total) continue;
        total.seconds += result.seconds;
        for (const time of result.milliseconds) total.milliseconds.push(time);
      }
    }
    return totals;
  }

  /** @throws ProgramError when an answer has another status than the case says */
  private async run({ name, path, accounts, code, status, only }: GuardCase, seconds: number): Promise<Total> {
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
    return { seconds: result.seconds, milliseconds: [...result.milliseconds] };
  }
}

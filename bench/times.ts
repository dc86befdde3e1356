import { median } from './median.js';

/** Median times in microseconds by name. */
export type Medians = ReadonlyMap<string, number>;

export class Times {
  private readonly microseconds = new Map<string, number[]>();

  async time(name: string, action: () => Promise<unknown>): Promise<void> {
    const begun = process.hrtime.bigint();
    await action();
    const all = this.microseconds.get(name) ?? [];
    all.push(Number(process.hrtime.bigint() - begun) / 1000);
    this.microseconds.set(name, all);
  }

  medians(): Medians {
    return new Map([...this.microseconds].map(([name, values]) => [name, median(values)]));
  }
}

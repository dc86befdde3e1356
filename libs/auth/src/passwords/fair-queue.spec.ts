import { describe, expect, it } from 'vitest';
import { FairQueue } from './fair-queue.js';

/** A queue whose work ends when the test says so, one at a time. */
class Work {
  readonly done: string[] = [];
  readonly refused: string[] = [];
  private readonly ends: (() => void)[] = [];
  private readonly queue: FairQueue;

  constructor(mostWaiting: number, mostWaitingOfOne: number) {
    this.queue = new FairQueue({ atOnce: 1, mostWaiting, mostWaitingOfOne }, () => new Error('too much'));
  }

  add(...names: string[]): void {
    for (const name of names) {
      const work = () => new Promise<void>((resolve) => this.ends.push(resolve));
      this.queue.run(name[0]!, work).then(
        () => this.done.push(name),
        () => this.refused.push(name),
      );
    }
  }

  /** Lets everything end that runs and comes to run. */
  async finish(): Promise<void> {
    for (let end = this.ends.shift(); end; end = this.ends.shift()) {
      end();
      await new Promise(setImmediate);
    }
  }
}

describe('A fair queue', () => {
  it('lets clients take turns', async () => {
    const work = new Work(100, 100);
    work.add('a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1');
    await work.finish();
    expect(work.done).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
  });

  it('refuses what one client has too much of, and nobody else', async () => {
    const work = new Work(100, 2);
    work.add('a1', 'a2', 'a3', 'a4', 'b1');
    await work.finish();
    expect([work.done, work.refused]).toEqual([['a1', 'a2', 'b1', 'a3'], ['a4']]);
  });

  it('makes room for others at the end of the longest line when it is full', async () => {
    const work = new Work(4, 100);
    work.add('x1', 'a1', 'a2', 'a3', 'b1', 'c1', 'b2', 'a4');
    await work.finish();
    expect(work.done).toEqual(['x1', 'a1', 'b1', 'c1', 'a2']);
    expect(work.refused.toSorted()).toEqual(['a3', 'a4', 'b2']);
  });

  it('refuses a newcomer when all that wait have no more', async () => {
    const work = new Work(2, 100);
    work.add('x1', 'a1', 'b1', 'c1');
    await work.finish();
    expect([work.done, work.refused]).toEqual([['x1', 'a1', 'b1'], ['c1']]);
  });

  it('goes on after work that fails', async () => {
    const queue = new FairQueue({ atOnce: 1, mostWaiting: 9, mostWaitingOfOne: 9 }, () => new Error('too much'));
    const failed = queue.run('a', () => Promise.reject(new Error('broken')));
    const next = queue.run('a', () => Promise.resolve('done'));
    await expect(failed).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });
});

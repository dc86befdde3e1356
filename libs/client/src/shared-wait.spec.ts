import { describe, expect, it } from 'vitest';
import { SharedWait } from './shared-wait.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('Work that some wait for together', () => {
  it('rejects all of them when it is cancelled, also where it does not end itself, and is begun anew after that', async () => {
    const wait = new SharedWait<string>();
    const { signal } = new AbortController();
    let told: AbortSignal | undefined;
    const both = [1, 2].map(() => wait.join(signal, (one) => ((told = one), never())));
    const outcomes = Promise.allSettled(both);
    wait.cancel(new Error('over'));
    expect((await outcomes).map((outcome) => outcome.status === 'rejected' && outcome.reason.message)).toEqual([
      'over',
      'over',
    ]);
    expect(told?.aborted).toBe(true);
    expect(await wait.join(signal, async () => 'again')).toBe('again');
  });
});

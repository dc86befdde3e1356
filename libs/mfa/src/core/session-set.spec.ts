import { describe, expect, it } from 'vitest';
import { SessionSet } from './session-set.js';

const sessionOf = (id: string, sessionId = 'one') => ({ account: { kind: 'customer', id }, sessionId }) as const;

describe('A set of sessions', () => {
  it('has what was added until it is deleted, and not the other session of the account', () => {
    const set = new SessionSet();
    set.add(sessionOf('1'));
    expect(set.has(sessionOf('1'))).toBe(true);
    expect(set.has(sessionOf('1', 'two'))).toBe(false);
    set.delete(sessionOf('1'));
    expect(set.has(sessionOf('1'))).toBe(false);
  });

  it('forgets the first one when there are more than 50,000', () => {
    const set = new SessionSet();
    for (let id = 0; id <= 50_000; id += 1) set.add(sessionOf(String(id)));
    expect(set.has(sessionOf('0'))).toBe(false);
    expect(set.has(sessionOf('1'))).toBe(true);
    expect(set.has(sessionOf('50000'))).toBe(true);
  });
});

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Caller } from './caller.js';
import { drawCode, macOf, type Code } from './code.js';

const caller: Caller = {
  account: { kind: 'customer', id: '1' },
  sessionId: 's',
};

describe('drawCode', () => {
  it('draws exactly as many digits as asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 10 }), (length) => {
        expect(drawCode(length)).toMatch(new RegExp(`^\\d{${length}}$`));
      }),
    );
  });

  it('draws each digit at each place about equally often, leading zeros included', () => {
    const counts = Array.from({ length: 7 }, () => new Array<number>(10).fill(0));
    const draws = 20_000;
    for (let n = 0; n < draws; n += 1)
      [...drawCode(7)].forEach((digit, place) => (counts[place]![Number(digit)]! += 1));
    // chi-squared with 9 degrees of freedom: above 50 once in ten million fair runs
    for (const place of counts) {
      const expected = draws / 10;
      expect(place.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(50);
    }
  });
});

describe('macOf', () => {
  const key = { id: 'k', secret: randomBytes(32) };
  const mac = (changed: Partial<Caller> = {}, method = 'm', code = '123456', secret = key): string =>
    macOf(secret, { ...caller, ...changed }, method, code as Code).mac.toString('hex');

  it('differs by account, session, method, code and secret, and by nothing else', () => {
    const all = [
      mac(),
      mac({ account: { kind: 'user', id: '1' } }),
      mac({ account: { kind: 'customer', id: '2' } }),
      mac({ sessionId: 't' }),
      mac({}, 'n'),
      mac({}, 'm', '123457'),
      mac({}, 'm', '123456', { id: 'k', secret: randomBytes(32) }),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(mac({ policyKeys: ['customers'], origin: { requestId: 'r' } })).toBe(mac());
  });

  it('cannot be moved from one member to the next', () => {
    expect(mac({ sessionId: 's1' }, '2')).not.toBe(mac({ sessionId: 's' }, '12'));
  });
});

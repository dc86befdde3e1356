import { describe, expect, it } from 'vitest';
import { formerProtection, type MethodChanges } from './protection-history.js';

const hour = (hours: number): number => hours * 3_600_000;
const at = (hours: number): string => new Date(hour(hours)).toISOString();
const spans = (changes: MethodChanges['changes'], protectedSince?: number) =>
  formerProtection({
    kind: 'customer',
    protectedSince: protectedSince === undefined ? null : new Date(hour(protectedSince)),
    changes,
  }).map(({ from, until }) => [from / hour(1), until / hour(1)]);

describe('The former protection of an account', () => {
  it('lasts from the first method to the end of the last one', () => {
    expect(
      spans([
        { event: 'activated', method: 'email', at: at(1) },
        { event: 'activated', method: 'totp', at: at(2) },
        { event: 'deactivated', method: 'email', at: at(3) },
        { event: 'removed', method: 'totp', at: at(4) },
      ]),
    ).toEqual([[1, 4]]);
  });

  it('ends where the methods begin that the account has now', () => {
    expect(
      spans(
        [
          { event: 'activated', method: 'email', at: at(1) },
          { event: 'activated', method: 'totp', at: at(2) },
          { event: 'deactivated', method: 'email', at: at(3) },
        ],
        2,
      ),
    ).toEqual([[1, 2]]);
  });

  it('does not include a method that was only begun, although the trail says that it was removed', () => {
    expect(
      spans([
        { event: 'activation-begun', method: 'email', at: at(1) },
        { event: 'removed', method: 'email', at: at(2) },
      ]),
    ).toEqual([]);
  });

  it('has no beginning where the entry about it was archived', () => {
    expect(spans([{ event: 'deactivated', method: 'email', at: at(3) }])).toEqual([[-Infinity, 3]]);
    expect(
      spans([
        { event: 'activated', method: 'totp', at: at(2) },
        { event: 'removed', method: 'email', at: at(3) },
        { event: 'removed', method: 'totp', at: at(4) },
      ]),
    ).toEqual([[-Infinity, 4]]);
    expect(spans([{ event: 'deactivated', method: 'email', at: at(3) }], 1)).toEqual([[-Infinity, 1]]);
  });

  it('begins with an import of active methods, and ends with the account', () => {
    const imported = [
      { method: 'email', status: 2 },
      { method: 'totp', status: 1 },
    ] as const;
    expect(
      spans([
        { event: 'imported', imported, at: at(1) },
        { event: 'removed', method: 'totp', at: at(2) },
        { event: 'account-ended', at: at(3) },
      ]),
    ).toEqual([[1, 3]]);
    expect(spans([{ event: 'imported', imported: null, at: at(1) }])).toEqual([]);
  });
});

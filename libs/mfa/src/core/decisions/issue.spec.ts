import { describe, expect, it } from 'vitest';
import { active, bytes, pending, RULES, seconds, sentCode, SESSION, stateWith, withCode } from '../../../test/state.js';
import type { AccountState } from '../account-state.js';
import { decideTrigger, decideWithdrawal, type Issuable } from './issue.js';

const MAC = { keyId: 'k1', mac: bytes('new code') };
const SENT: Issuable = { ...MAC, isSent: true };
const CHALLENGE: Issuable = { ...MAC, isSent: false };
const TARGET = { method: 'email', sessionId: SESSION };
const withEmail = (parts: Partial<AccountState> = {}): AccountState =>
  stateWith({ factors: [active('email')], ...parts });

describe('Trigger', () => {
  it.each<readonly [string, AccountState, Issuable | undefined, string]>([
    ['sends a code of an active method', withEmail(), SENT, 'passed'],
    ['has nothing to issue for some methods', withEmail(), undefined, 'passed'],
    ['refuses a method that is not set up: 5906', stateWith(), SENT, 'typeNotFound'],
    ['refuses a pending one', stateWith({ factors: [pending('email')] }), SENT, 'typeNotFound'],
    ['refuses during a lock: 5911', withEmail({ lockedUntil: seconds(1) }), SENT, 'locked'],
    ['refuses what has nothing to issue, too', withEmail({ lockedUntil: seconds(1) }), undefined, 'locked'],
    ['refuses beyond the allowance: 5912', withEmail({ sendsUntil: seconds(241) }), SENT, 'sendLimit'],
    ['sends within the allowance', withEmail({ sendsUntil: seconds(240) }), SENT, 'passed'],
    ['issues challenges beyond the allowance', withEmail({ sendsUntil: seconds(300) }), CHALLENGE, 'passed'],
    ['does not know an account that ended: 5907', withEmail({ endedAt: seconds(-1) }), SENT, 'customerNotFound'],
  ])('%s', (_, state, issuable, expected) => {
    const { outcome } = decideTrigger(state, TARGET, issuable, RULES);
    expect('refused' in outcome ? outcome.refused : 'passed').toBe(expected);
  });

  it('puts a code of this session into the place of the older one, and is an entry', () => {
    expect(decideTrigger(withEmail({ missCount: 4, sendsUntil: seconds(30) }), TARGET, SENT, RULES)).toEqual({
      outcome: { passed: undefined },
      changes: {
        counters: { sendsUntil: seconds(90) },
        issueCode: {
          ...MAC,
          ...TARGET,
          purpose: 'step-up',
          issuedAt: seconds(0),
          expiresAt: seconds(600),
          missesAtIssue: 4,
        },
        endGrants: { overAt: seconds(0) },
      },
      notes: [{ event: 'code-sent', method: 'email' }],
    });
  });

  it('issues a challenge without a send and without an entry', () => {
    const { changes, notes } = decideTrigger(withEmail(), TARGET, CHALLENGE, RULES);
    expect(changes).not.toHaveProperty('counters');
    expect(notes).toEqual([]);
  });

  it('gives 5 sends at once, then one a minute', () => {
    let state = withEmail();
    const sendAt = (now: Date): string => {
      const { outcome, changes } = decideTrigger(state, TARGET, SENT, { ...RULES, now });
      state = { ...state, ...changes?.counters };
      return 'refused' in outcome ? `until ${(outcome.until!.getTime() - seconds(0).getTime()) / 1000}` : 'sent';
    };
    const at = (...moments: number[]): string[] => moments.map((moment) => sendAt(seconds(moment)));
    expect(at(0, 0, 0, 0, 0, 0)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'until 60']);
    expect(at(59, 60, 60, 120)).toEqual(['until 60', 'sent', 'until 120', 'sent']);
    expect(at(3600, 3600, 3600, 3600, 3600, 3600)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'until 3660']);
  });
});

describe('A code that could not be sent', () => {
  const note = { event: 'send-failed', method: 'email', errorCode: '5910' };

  it('is void', () => {
    const { changes, notes } = decideWithdrawal(withCode(), 'email', sentCode());
    expect(changes).toEqual({ endCodes: { methods: ['email'] } });
    expect(notes).toEqual([note]);
  });

  it.each([
    ['a newer code', withCode({ mac: bytes('newer') })],
    ['a code of another method', withCode({ method: 'courier' })],
    ['nothing', withEmail()],
  ])('leaves %s in its place', (_, state) => {
    expect(decideWithdrawal(state, 'email', sentCode())).toEqual({ outcome: { passed: undefined }, notes: [note] });
  });
});

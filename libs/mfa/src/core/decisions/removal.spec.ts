import { describe, expect, it } from 'vitest';
import { active, credentialOf, pending, RULES, seconds, sentCode, stateWith, withCode } from '../../../test/state.js';
import { decideEnd, decideRemoval, decideUnlock, decideVoiding, type OpenGrants, type Voiding } from './removal.js';

const CLEARED = { failureCount: 0, lockedUntil: null };

describe('A removal by somebody else', () => {
  const full = stateWith({
    factors: [active('email'), active('totp'), active('backup')],
    failureCount: 10,
    lockedUntil: seconds(60),
    evidence: { codes: [sentCode()], credentials: [credentialOf()] },
  });

  it('of all methods takes everything, with lock and failures', () => {
    expect(decideRemoval(full, null, RULES)).toEqual({
      outcome: { passed: ['backup', 'email', 'totp'] },
      changes: {
        counters: CLEARED,
        removeFactors: ['email', 'totp', 'backup'],
        removeCredentials: [],
        removeRecoveryDigests: 'all',
        endCodes: 'all',
        endGrants: 'all',
      },
      notes: ['backup', 'email', 'totp'].map((method) => ({ event: 'removed', method })),
    });
  });

  it('of one of two methods leaves lock and failures, and ends all codes and grants', () => {
    const { outcome, changes } = decideRemoval(full, 'totp', RULES);
    expect(outcome).toEqual({ passed: ['totp'] });
    expect(changes).toEqual({
      removeFactors: ['totp'],
      removeCredentials: [],
      endCodes: 'all',
      endGrants: 'all',
    });
  });

  it('of the last method takes the backups with it', () => {
    const { outcome, changes } = decideRemoval(
      { ...full, factors: [active('email'), active('backup')] },
      'email',
      RULES,
    );
    expect(outcome).toEqual({ passed: ['backup', 'email'] });
    expect(changes).toMatchObject({ counters: CLEARED, removeRecoveryDigests: 'all' });
  });

  it('of a backup leaves the method', () => {
    const { outcome, changes } = decideRemoval(full, 'backup', RULES);
    expect(outcome).toEqual({ passed: ['backup'] });
    expect(changes).toMatchObject({ removeFactors: ['backup'], removeRecoveryDigests: 'all' });
    expect(changes).not.toHaveProperty('counters');
  });

  it('voids set-ups in progress of other methods', () => {
    const credentials = [credentialOf({ pendingUntil: seconds(60) }), credentialOf({ id: 'verified' })];
    const state = stateWith({ factors: [active('email'), pending('totp')], evidence: { credentials } });
    expect(decideRemoval(state, 'email', RULES).changes).toMatchObject({
      removeFactors: ['email'],
      removeCredentials: ['totp'],
    });
  });

  it('takes what was begun only', () => {
    const state = stateWith({ factors: [pending('email')], lockedUntil: seconds(60) });
    expect(decideRemoval(state, null, RULES)).toMatchObject({
      outcome: { passed: ['email'] },
      changes: { counters: CLEARED, removeFactors: ['email'] },
    });
  });

  it.each([
    ['of a method that is not there', full, 'courier'],
    ['where there is none', stateWith({ lockedUntil: seconds(60) }), null],
  ])('%s changes nothing', (_, state, method) => {
    expect(decideRemoval(state, method, RULES)).toEqual({ outcome: { passed: [] }, notes: [] });
  });
});

describe('An unlock', () => {
  it('ends the lock with the failures', () => {
    expect(decideUnlock(stateWith({ lockedUntil: seconds(1), failureCount: 10 }), RULES)).toEqual({
      outcome: { passed: true },
      changes: { counters: CLEARED },
      notes: [{ event: 'unlocked' }],
    });
  });

  it.each([
    ['without a lock', null],
    ['after a lock', seconds(0)],
  ])('changes nothing %s', (_, lockedUntil) => {
    expect(decideUnlock(stateWith({ lockedUntil, failureCount: 9 }), RULES)).toEqual({
      outcome: { passed: false },
      notes: [],
    });
  });
});

describe('The end of an account', () => {
  it('takes all that protects it, and is an entry', () => {
    const state = stateWith({ factors: [active('email'), pending('totp')], lockedUntil: seconds(60) });
    expect(decideEnd(state, RULES)).toEqual({
      outcome: { passed: undefined },
      changes: {
        counters: { endedAt: seconds(0), ...CLEARED },
        removeFactors: ['email', 'totp'],
        removeRecoveryDigests: 'all',
        endCodes: 'all',
        endGrants: 'all',
      },
      notes: [{ event: 'account-ended' }],
    });
  });
});

describe('The voiding of codes and grants', () => {
  const LOGIN: Voiding = { ending: 'all', isChange: false };
  const SIGN_OUT: Voiding = { ending: { sessionId: 'one' }, isChange: false };
  const CHANGE: Voiding = { ending: 'all', isChange: true, note: { event: 'password-set' } };
  const NONE: OpenGrants = { sessionIds: [], aliveSessionIds: [] };
  const TWO: OpenGrants = { sessionIds: ['one', 'two'], aliveSessionIds: ['two'] };
  const voided = (codes: number, grants: number) => ({ event: 'codes-voided', details: { codes, grants } });

  it.each([
    ['a login ends all', withCode(), TWO, LOGIN, 'all', [voided(1, 1)]],
    ['a login ends what is over, too, and does not tell', withCode({ expiresAt: seconds(0) }), NONE, LOGIN, 'all', []],
    ['a login counts no code that guesses have voided', withCode({}, { missCount: 3 }), NONE, LOGIN, 'all', []],
    ['a sign-out ends those of its session', withCode(), NONE, SIGN_OUT, SIGN_OUT.ending, [voided(1, 0)]],
    ['a sign-out ends a grant that is over', stateWith(), TWO, SIGN_OUT, SIGN_OUT.ending, []],
    ['a change ends all, and is an entry', withCode(), TWO, CHANGE, 'all', [{ event: 'password-set' }, voided(1, 1)]],
  ] as const)('%s', (_, state, grants, voiding, ending, notes) => {
    expect(decideVoiding(state, grants, voiding, RULES)).toEqual({
      outcome: { passed: undefined },
      changes: { endCodes: ending, endGrants: ending },
      notes,
    });
  });

  it('changes nothing by a login or a sign-out where nothing of it is open', () => {
    expect(decideVoiding(stateWith(), NONE, LOGIN, RULES)).not.toHaveProperty('changes');
    const elsewhere = withCode({ sessionId: 'two' });
    expect(decideVoiding(elsewhere, { sessionIds: ['two'], aliveSessionIds: [] }, SIGN_OUT, RULES)).toEqual({
      outcome: { passed: undefined },
      notes: [],
    });
  });

  it('has whoever decides at the same time decide again behind a change, also where nothing is open', () => {
    expect(decideVoiding(stateWith(), NONE, CHANGE, RULES)).toEqual({
      outcome: { passed: undefined },
      changes: {},
      notes: [{ event: 'password-set' }],
    });
  });
});

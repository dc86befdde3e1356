import { describe, expect, it } from 'vitest';
import {
  active,
  BACKUP,
  bytes,
  CODE,
  credentialOf,
  GRANT_VALUE,
  grantOf,
  openedBy,
  pending,
  RULES,
  seconds,
  sentCode,
  SESSION,
  stateWith,
  STEP,
  withCode,
  WRONG,
} from '../../../test/state.js';
import type { AccountState } from '../account-state.js';
import { decideActivation, type SetUp } from './activation.js';
import type { Submission } from './judgement.js';

const MAC = { keyId: 'k1', mac: bytes('new code') };
const SECRET = credentialOf({ id: 'new secret', counter: -1n, pendingUntil: seconds(600) });
const setUpOf = (method: string, more: Partial<SetUp> = {}): SetUp => ({
  method,
  sessionId: SESSION,
  isOffered: true,
  ...more,
});
const EMAIL = setUpOf('email', { issuable: { ...MAC, isSent: true } });
const TOTP = setUpOf('totp', { credential: SECRET });
const LIST = setUpOf('backup', { recoveryDigests: [bytes('first'), bytes('second')] });

const ISSUED = {
  ...MAC,
  method: 'email',
  sessionId: SESSION,
  purpose: 'activation',
  issuedAt: seconds(0),
  expiresAt: seconds(600),
  missesAtIssue: 0,
};
const ALLOWANCE_USED = { sendsUntil: seconds(300) };
const withTotp = { factors: [active('totp')], evidence: { credentials: [credentialOf()] } };

describe('Activate', () => {
  const decide = (state: AccountState, submission: Submission | undefined, setUp: SetUp) =>
    decideActivation(state, submission, setUp, RULES);
  const outcomeOf = (state: AccountState, submission: Submission | undefined, setUp: SetUp): string => {
    const { outcome } = decide(state, submission, setUp);
    return 'refused' in outcome ? outcome.refused : 'passed';
  };

  it.each<readonly [string, AccountState, Submission | undefined, SetUp, string]>([
    ['needs no code for the first method', stateWith(), undefined, EMAIL, 'passed'],
    ['does not look at a value for the first method', stateWith(), WRONG, EMAIL, 'passed'],
    ['needs none to begin again', stateWith({ factors: [pending('email')] }), undefined, EMAIL, 'passed'],
    ['refuses an active method: 5904', withCode(), CODE, EMAIL, 'alreadyActivated'],
    [
      'refuses a method that is not offered: 5906',
      stateWith(),
      undefined,
      { ...TOTP, isOffered: false },
      'typeNotFound',
    ],
    ['needs a code beside another method: 5900', withCode(), undefined, TOTP, 'codeMissing'],
    ['takes a code of another method', withCode(), CODE, TOTP, 'passed'],
    ['takes the value of a grant', withCode({}, { grant: grantOf('email') }), GRANT_VALUE, TOTP, 'passed'],
    ['refuses a wrong one: 5901', withCode(), WRONG, TOTP, 'codeInvalid'],
    ['refuses a code of activate', withCode({ purpose: 'activation' }), CODE, TOTP, 'codeInvalid'],
    ['refuses during a lock: 5911', withCode({}, { lockedUntil: seconds(1) }), CODE, TOTP, 'locked'],
    ['refuses the first method during a lock', stateWith({ lockedUntil: seconds(1) }), undefined, TOTP, 'locked'],
    ['refuses what is sent beyond the allowance: 5912', stateWith(ALLOWANCE_USED), undefined, EMAIL, 'sendLimit'],
    ['hands out beyond the allowance of sends', stateWith(ALLOWANCE_USED), undefined, TOTP, 'passed'],
    ['refuses a list without a method: 5913', stateWith(), undefined, LIST, 'setupRequired'],
    [
      'refuses it beside a pending method',
      stateWith({ factors: [pending('email')] }),
      undefined,
      LIST,
      'setupRequired',
    ],
    ['needs a code for a list', withCode(), undefined, LIST, 'codeMissing'],
    ['makes a list', withCode(), CODE, LIST, 'passed'],
    [
      'does not know an account that ended: 5907',
      stateWith({ endedAt: seconds(-1) }),
      undefined,
      EMAIL,
      'customerNotFound',
    ],
  ])('%s', (_, state, submission, setUp, outcome) => {
    expect(outcomeOf(state, submission, setUp)).toBe(outcome);
  });

  it('checks the state of the method, the header, the lock, the code and the send limit, in this order', () => {
    const parts = { ...withTotp, lockedUntil: seconds(1), ...ALLOWANCE_USED };
    const locked = stateWith(parts);
    const open = stateWith({ ...parts, lockedUntil: null });
    expect(outcomeOf(stateWith({ ...parts, factors: [active('email')] }), undefined, EMAIL)).toBe('alreadyActivated');
    expect(outcomeOf(locked, undefined, EMAIL)).toBe('codeMissing');
    expect(outcomeOf(locked, WRONG, EMAIL)).toBe('locked');
    expect(outcomeOf(open, WRONG, EMAIL)).toBe('codeInvalid');
    expect(outcomeOf(open, STEP, EMAIL)).toBe('sendLimit');
  });

  it('issues a code for verify, takes a send from the allowance, and tells both', () => {
    expect(decide(stateWith(), undefined, EMAIL)).toEqual({
      outcome: { passed: undefined },
      changes: {
        counters: { sendsUntil: seconds(60) },
        setFactor: pending('email'),
        issueCode: ISSUED,
        endGrants: { overAt: seconds(0) },
      },
      notes: [
        { event: 'activation-begun', method: 'email' },
        { event: 'code-sent', method: 'email' },
      ],
    });
  });

  it('sends a new code while pending, and does not begin a second time', () => {
    const { changes, notes } = decide(stateWith({ factors: [pending('email')] }), undefined, EMAIL);
    expect(changes).not.toHaveProperty('setFactor');
    expect(notes).toEqual([{ event: 'code-sent', method: 'email' }]);
  });

  it('consumes the code of another method with it', () => {
    const { changes, notes } = decide(withCode({}, { failureCount: 3 }), CODE, TOTP);
    expect(changes).toEqual({
      counters: { failureCount: 0 },
      openGrant: openedBy('email'),
      endCodes: { methods: ['email'] },
      setFactor: pending('totp'),
      addCredential: SECRET,
    });
    expect(notes).toEqual([
      { event: 'accepted', method: 'email' },
      { event: 'activation-begun', method: 'totp' },
    ]);
  });

  it('keeps a code consumed that the send limit refuses, with its grant and its entry', () => {
    const { outcome, changes, notes } = decide(stateWith({ ...withTotp, ...ALLOWANCE_USED }), STEP, EMAIL);
    expect(outcome).toEqual({ refused: 'sendLimit', until: seconds(60) });
    expect(changes).toMatchObject({ openGrant: openedBy('totp'), useCredential: { counter: 59n } });
    expect(changes).not.toHaveProperty('issueCode');
    expect(notes).toEqual([
      { event: 'accepted', method: 'totp' },
      { event: 'blocked', errorCode: '5912', method: 'email' },
    ]);
  });

  it('changes nothing where the send limit refuses a grant’s value, or none', () => {
    const granted = stateWith({ ...withTotp, ...ALLOWANCE_USED, grant: grantOf('totp') });
    expect(decide(granted, GRANT_VALUE, EMAIL)).not.toHaveProperty('changes');
    expect(decide(stateWith(ALLOWANCE_USED), undefined, EMAIL)).not.toHaveProperty('changes');
  });

  it('puts a new secret in the place of the one that was never verified', () => {
    const former = credentialOf({ id: 'former', pendingUntil: seconds(60) });
    const state = stateWith({ factors: [pending('totp')], evidence: { credentials: [former] } });
    expect(decide(state, undefined, TOTP)).toMatchObject({
      changes: { addCredential: SECRET, removeCredentials: ['totp'] },
      notes: [{ event: 'activation-begun', method: 'totp' }],
    });
  });

  it('makes a list active at once', () => {
    const { changes, notes } = decide(withCode(), CODE, LIST);
    expect(changes).toMatchObject({
      setFactor: { method: 'backup', status: 2, activatedAt: seconds(0) },
      addRecoveryDigests: LIST.recoveryDigests,
      removeRecoveryDigests: 'all',
    });
    expect(notes.at(-1)).toEqual({ event: 'activated', method: 'backup', details: { remaining: 2 } });
  });

  it.each<readonly [string, AccountState['grant'], Submission, ReturnType<typeof grantOf> | undefined]>([
    ['its value has just opened', grantOf('email'), BACKUP, openedBy('backup')],
    ['it was asked within', grantOf('backup'), GRANT_VALUE, undefined],
  ])('makes a list anew: the old codes and the grants by them end, but for that which %s', (...row) => {
    const [, grant, submission, opened] = row;
    const factors = [active('email'), active('backup')];
    const evidence = { codes: [sentCode()], recoveryDigests: [bytes('digest'), bytes('other')] };
    const { changes, notes } = decide(stateWith({ factors, grant, evidence }), submission, LIST);
    expect(changes).toMatchObject({
      addRecoveryDigests: LIST.recoveryDigests,
      removeRecoveryDigests: 'all',
      endGrants: { methods: ['backup'], exceptSessionId: SESSION },
    });
    expect(changes?.openGrant).toEqual(opened);
    expect(changes).not.toHaveProperty('setFactor');
    expect(notes.at(-1)).toEqual({ event: 'renewed', method: 'backup', details: { remaining: 2 } });
  });
});

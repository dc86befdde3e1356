import { describe, expect, it } from 'vitest';
import {
  active,
  CODE,
  credentialOf,
  GRANT_VALUE,
  grantOf,
  openedBy,
  pending,
  RULES,
  seconds,
  sentCode,
  stateWith,
  STEP,
  WRONG,
} from '../../../test/state.js';
import type { AccountState } from '../account-state.js';
import type { Submission } from './judgement.js';
import { decideVerification } from './verification.js';

const EMAIL = { method: 'email', isOffered: true };
const TOTP = { method: 'totp', isOffered: true };
const SENT = sentCode({ purpose: 'activation' });
const PENDING_SECRET = credentialOf({ counter: -1n, pendingUntil: seconds(60) });
const begun = (parts: Partial<AccountState> = {}): AccountState =>
  stateWith({ factors: [pending('email')], ...parts, evidence: { codes: [SENT] } });

describe('Verify', () => {
  it.each<readonly [string, AccountState, Submission, typeof EMAIL, string]>([
    ['takes the code that activate sent', begun(), CODE, EMAIL, 'passed'],
    ['refuses a wrong one: 5901', begun(), WRONG, EMAIL, 'codeInvalid'],
    ['refuses the value of a grant', begun({ grant: grantOf('email') }), GRANT_VALUE, EMAIL, 'codeInvalid'],
    ['refuses a code of another method', begun({ factors: [pending('totp')] }), CODE, TOTP, 'codeInvalid'],
    ['refuses an active method: 5904', begun({ factors: [active('email')] }), CODE, EMAIL, 'alreadyActivated'],
    ['refuses what was not begun: 5906', begun({ factors: [] }), CODE, EMAIL, 'typeNotFound'],
    ['refuses what is not offered any more', begun(), CODE, { ...EMAIL, isOffered: false }, 'typeNotFound'],
    ['refuses during a lock: 5911', begun({ lockedUntil: seconds(1) }), CODE, EMAIL, 'locked'],
    ['does not know an account that ended: 5907', begun({ endedAt: seconds(-1) }), CODE, EMAIL, 'customerNotFound'],
  ])('%s', (_, state, submission, verification, expected) => {
    const { outcome } = decideVerification(state, submission, verification, RULES);
    expect('refused' in outcome ? outcome.refused : 'passed').toBe(expected);
  });

  it('makes the method active, consumes the code and opens the grant', () => {
    expect(decideVerification(begun({ failureCount: 2 }), CODE, EMAIL, RULES)).toEqual({
      outcome: { passed: undefined },
      changes: {
        counters: { failureCount: 0 },
        openGrant: openedBy('email'),
        setFactor: { method: 'email', status: 2, activatedAt: seconds(0) },
        endCodes: { methods: ['email'] },
      },
      notes: [{ event: 'activated', method: 'email' }],
    });
  });

  it('counts the step of a TOTP value, and keeps the secret for good', () => {
    const state = stateWith({ factors: [pending('totp')], evidence: { credentials: [PENDING_SECRET] } });
    const { changes } = decideVerification(state, STEP, TOTP, RULES);
    expect(changes).toMatchObject({
      useCredential: { id: 'secret', counter: 59n, pendingUntil: null },
      openGrant: openedBy('totp'),
    });
    expect(changes).not.toHaveProperty('removeCredentials');
  });

  it('voids set-ups of other methods that were begun before, and nothing else of them', () => {
    const codes = [SENT, sentCode({ method: 'courier', purpose: 'activation' }), sentCode({ method: 'pager' })];
    const credentials = [PENDING_SECRET, credentialOf({ id: 'verified', method: 'key' })];
    const factors = [pending('email'), pending('courier'), pending('totp'), active('pager'), active('key')];
    const state = stateWith({ factors, evidence: { codes, credentials } });
    const { changes } = decideVerification(state, CODE, EMAIL, RULES);
    expect(changes).toMatchObject({
      endCodes: { methods: ['email', 'courier', 'totp'] },
      removeCredentials: ['courier', 'totp'],
    });
    expect(changes).not.toHaveProperty('removeFactors');
  });

  it('names the method in the entry of a refusal', () => {
    const { changes, notes } = decideVerification(begun(), WRONG, EMAIL, RULES);
    expect(notes).toEqual([{ event: 'refused', errorCode: '5901', method: 'email' }]);
    expect(changes).toEqual({ counters: { missCount: 1, failureCount: 1 } });
  });
});

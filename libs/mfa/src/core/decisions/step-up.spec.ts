import { describe, expect, it } from 'vitest';
import {
  active,
  BACKUP,
  bytes,
  CODE,
  GRANT_VALUE,
  grantOf,
  openedBy,
  pending,
  RULES,
  seconds,
  stateWith,
  withCode,
  WRONG,
} from '../../../test/state.js';
import type { AccountState } from '../account-state.js';
import type { EnrolmentRule } from '../policy.js';
import type { Submission } from './judgement.js';
import { decideStepUp } from './step-up.js';

type Case = readonly [string, AccountState, Submission | undefined, EnrolmentRule, string];

const IN_FORCE = { requiredFrom: seconds(0), methods: ['totp'] };
const TO_COME = { requiredFrom: seconds(1), methods: ['totp'] };
const FULL_ACCOUNT = { factors: [active('email'), active('backup')], evidence: { recoveryDigests: [bytes('digest')] } };

describe('A protected action', () => {
  const outcomeOf = (state: AccountState, submission: Submission | undefined, rule: EnrolmentRule): string => {
    const { outcome } = decideStepUp(state, submission, rule, RULES);
    if ('refused' in outcome) return outcome.refused;
    return outcome.passed ? (outcome.passed.reused ? 'reused' : 'consumed') : 'not needed';
  };

  it.each<Case>([
    ['needs no code without a method', stateWith(), undefined, 'by-policy', 'not needed'],
    [
      'needs none while a set-up is in progress',
      stateWith({ factors: [pending('email')] }),
      undefined,
      'by-policy',
      'not needed',
    ],
    ['needs none for a backup alone', stateWith({ factors: [active('backup')] }), undefined, 'by-policy', 'not needed'],
    ['judges no value where none is needed', stateWith(), WRONG, 'by-policy', 'not needed'],
    ['asks for a code: 5900', withCode(), undefined, 'by-policy', 'codeMissing'],
    ['takes the right one', withCode(), CODE, 'by-policy', 'consumed'],
    ['takes one of a backup beside a method', stateWith(FULL_ACCOUNT), BACKUP, 'by-policy', 'consumed'],
    [
      'takes the value of its grant again',
      withCode({}, { grant: grantOf('email') }),
      GRANT_VALUE,
      'by-policy',
      'reused',
    ],
    ['refuses a wrong one: 5901', withCode(), WRONG, 'by-policy', 'codeInvalid'],
    ['refuses during a lock: 5911', withCode({}, { lockedUntil: seconds(1) }), CODE, 'by-policy', 'locked'],
    ['asks for a set-up where one is always needed: 5913', stateWith(), undefined, 'always', 'setupRequired'],
    [
      'asks for none where none is needed, whatever policies require, and judges what there is',
      withCode({}, { requirements: [IN_FORCE] }),
      CODE,
      'never',
      'consumed',
    ],
    [
      'asks for the code of a method although a policy requires another one, where no set-up is needed',
      withCode({}, { requirements: [IN_FORCE] }),
      undefined,
      'never',
      'codeMissing',
    ],
    [
      'does not count a backup as set-up',
      stateWith({ factors: [active('backup')] }),
      BACKUP,
      'always',
      'setupRequired',
    ],
    ['is open to a method where one is always needed', withCode(), CODE, 'always', 'consumed'],
    [
      'asks for a set-up where the account acts for a protected one',
      stateWith({ isOnBehalfOfProtected: true }),
      undefined,
      'by-policy',
      'setupRequired',
    ],
    [
      'asks the own method, where it acts for a protected one',
      withCode({}, { isOnBehalfOfProtected: true }),
      CODE,
      'by-policy',
      'consumed',
    ],
    [
      'asks for a method of a policy in force',
      withCode({}, { requirements: [IN_FORCE] }),
      CODE,
      'by-policy',
      'setupRequired',
    ],
    [
      'does not ask for one of a policy to come',
      withCode({}, { requirements: [TO_COME] }),
      CODE,
      'by-policy',
      'consumed',
    ],
    [
      'is content with a method that a policy names',
      stateWith({ factors: [active('totp')], requirements: [IN_FORCE] }),
      undefined,
      'by-policy',
      'codeMissing',
    ],
    [
      'is not content with one of two policies',
      stateWith({ factors: [active('totp')], requirements: [IN_FORCE, { ...IN_FORCE, methods: ['email'] }] }),
      undefined,
      'by-policy',
      'setupRequired',
    ],
    [
      'does not take a backup for a method, whatever a policy names',
      stateWith({ factors: [active('backup')], requirements: [{ ...IN_FORCE, methods: ['backup'] }] }),
      BACKUP,
      'by-policy',
      'setupRequired',
    ],
    [
      'does not know an account that ended',
      withCode({}, { endedAt: seconds(-1) }),
      CODE,
      'by-policy',
      'customerNotFound',
    ],
  ])('%s', (_, state, submission, rule, outcome) => {
    expect(outcomeOf(state, submission, rule)).toBe(outcome);
  });

  it('checks the end of the account, the set-up, the header, the lock and the code, in this order', () => {
    const all = withCode({}, { requirements: [IN_FORCE], lockedUntil: seconds(1), endedAt: seconds(-1) });
    const known = { ...all, endedAt: null };
    const satisfied = { ...known, requirements: [] };
    expect(outcomeOf(all, undefined, 'by-policy')).toBe('customerNotFound');
    expect(outcomeOf(known, undefined, 'by-policy')).toBe('setupRequired');
    expect(outcomeOf(satisfied, undefined, 'by-policy')).toBe('codeMissing');
    expect(outcomeOf(satisfied, WRONG, 'by-policy')).toBe('locked');
    expect(outcomeOf({ ...satisfied, lockedUntil: null }, WRONG, 'by-policy')).toBe('codeInvalid');
  });

  it('consumes a code, which is an entry, and reuses it within the grant, which is none', () => {
    expect(decideStepUp(withCode(), CODE, 'by-policy', RULES)).toEqual({
      outcome: { passed: { method: 'email', reused: false } },
      changes: { counters: { failureCount: 0 }, openGrant: openedBy('email'), endCodes: { methods: ['email'] } },
      notes: [{ event: 'accepted', method: 'email' }],
    });
    const granted = withCode({}, { grant: grantOf('email') });
    expect(decideStepUp(granted, GRANT_VALUE, 'by-policy', RULES)).toEqual({
      outcome: { passed: { method: 'email', reused: true } },
      notes: [],
    });
  });

  it('changes nothing by a refusal without a value, but for its entry', () => {
    expect(decideStepUp(withCode(), undefined, 'by-policy', RULES)).toEqual({
      outcome: { refused: 'codeMissing' },
      notes: [{ event: 'refused', errorCode: '5900' }],
    });
    expect(decideStepUp(stateWith(), undefined, 'always', RULES)).toEqual({
      outcome: { refused: 'setupRequired' },
      notes: [{ event: 'refused', errorCode: '5913' }],
    });
  });

  it('does not know a user who is gone in the words of users', () => {
    const { outcome } = decideStepUp(stateWith({ endedAt: seconds(-1) }), undefined, 'by-policy', {
      ...RULES,
      errorWording: 'user',
    });
    expect(outcome).toEqual({ refused: 'userNotFound' });
  });
});

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
import { decideDeactivation } from './deactivation.js';
import type { Submission } from './judgement.js';

const REQUIRED = { requiredFrom: seconds(0), methods: ['email'] };
const EVIDENCE = {
  codes: [sentCode()],
  credentials: [credentialOf()],
  recoveryDigests: [bytes('digest'), bytes('other')],
};
/** E-mail, TOTP and a list of recovery codes. */
const full = (parts: Partial<AccountState> = {}): AccountState =>
  stateWith({ factors: [active('email'), active('totp'), active('backup')], ...parts, evidence: EVIDENCE });

describe('Deactivate', () => {
  const decide = (state: AccountState, submission: Submission, method: string) =>
    decideDeactivation(state, submission, method, RULES);

  it.each<readonly [string, AccountState, Submission, string, string]>([
    ['takes a code of its own', full(), CODE, 'email', 'passed'],
    ['takes a code of a backup', full(), BACKUP, 'email', 'passed'],
    ['takes the value of a grant of its own', full({ grant: grantOf('email') }), GRANT_VALUE, 'email', 'passed'],
    ['takes the value of a grant of a backup', full({ grant: grantOf('backup') }), GRANT_VALUE, 'email', 'passed'],
    ['refuses a code of another method: 5901', full(), STEP, 'email', 'codeInvalid'],
    ['refuses the value of its grant', full({ grant: grantOf('totp') }), GRANT_VALUE, 'email', 'codeInvalid'],
    ['refuses a wrong one', full(), WRONG, 'email', 'codeInvalid'],
    ['ends a backup by one of its codes', full(), BACKUP, 'backup', 'passed'],
    ['ends a backup by a code of any method', full(), STEP, 'backup', 'passed'],
    ['refuses what is not set up: 5906', stateWith(), CODE, 'email', 'typeNotFound'],
    ['refuses what is pending', stateWith({ factors: [pending('email')] }), CODE, 'email', 'typeNotFound'],
    ['refuses what a policy requires: 5903', full({ requirements: [REQUIRED] }), CODE, 'email', 'deactivationFailed'],
    ['judges the code before the policy', full({ requirements: [REQUIRED] }), WRONG, 'email', 'codeInvalid'],
    [
      'allows it until the policy is in force',
      full({ requirements: [{ ...REQUIRED, requiredFrom: seconds(1) }] }),
      CODE,
      'email',
      'passed',
    ],
    [
      'allows it where another method satisfies the policy',
      full({ requirements: [{ ...REQUIRED, methods: ['email', 'totp'] }] }),
      CODE,
      'email',
      'passed',
    ],
    [
      'does not let a backup satisfy a policy',
      full({
        factors: [active('email'), active('backup')],
        requirements: [{ ...REQUIRED, methods: ['email', 'backup'] }],
      }),
      CODE,
      'email',
      'deactivationFailed',
    ],
    ['refuses during a lock: 5911', full({ lockedUntil: seconds(1) }), CODE, 'email', 'locked'],
    ['does not know an account that ended: 5907', full({ endedAt: seconds(-1) }), CODE, 'email', 'customerNotFound'],
  ])('%s', (_, state, submission, method, expected) => {
    const { outcome } = decide(state, submission, method);
    expect('refused' in outcome ? outcome.refused : 'passed').toBe(expected);
  });

  it('ends the method with its codes and grants; the others stay', () => {
    expect(decide(full({ grant: grantOf('email'), failureCount: 4 }), GRANT_VALUE, 'email')).toEqual({
      outcome: { passed: undefined },
      changes: {
        counters: {},
        removeFactors: ['email'],
        endCodes: { methods: ['email'] },
        endGrants: { methods: ['email'] },
      },
      notes: [{ event: 'deactivated', method: 'email' }],
    });
  });

  it('leaves no grant of the session, neither the one that the code opened nor the one in whose place it came', () => {
    const { changes } = decide(full({ grant: grantOf('totp'), failureCount: 4 }), CODE, 'email');
    expect(changes).toMatchObject({
      counters: { failureCount: 0 },
      endGrants: { methods: ['email'], sessionId: SESSION },
    });
    expect(changes).not.toHaveProperty('openGrant');
  });

  it('by a code of a backup uses that up, and leaves its grant', () => {
    const { changes, notes } = decide(full(), BACKUP, 'totp');
    expect(changes).toMatchObject({
      removeFactors: ['totp'],
      openGrant: openedBy('backup'),
      removeRecoveryDigests: [bytes('digest')],
    });
    expect(notes).toEqual([
      { event: 'deactivated', method: 'totp' },
      { event: 'backup-used', method: 'backup', details: { remaining: 1 } },
    ]);
  });

  it('of the last method takes the backups with it', () => {
    const last = full({ factors: [active('email'), pending('totp'), active('backup')], failureCount: 4 });
    const { changes } = decide(last, BACKUP, 'email');
    expect(changes).toMatchObject({
      removeFactors: ['email', 'backup'],
      endCodes: { methods: ['email', 'backup'] },
      endGrants: { methods: ['email', 'backup'], sessionId: SESSION },
      removeRecoveryDigests: 'all',
    });
    expect(changes).not.toHaveProperty('openGrant');
  });

  it('resets the failures by a consumed code alone, also with the last method', () => {
    const granted = withCode({}, { grant: grantOf('email'), failureCount: 4 });
    expect(decide(granted, GRANT_VALUE, 'email').changes?.counters).toEqual({});
    expect(decide(granted, CODE, 'email').changes?.counters).toEqual({ failureCount: 0 });
  });

  it('of a backup takes its list', () => {
    const { changes } = decide(full(), STEP, 'backup');
    expect(changes).toMatchObject({
      removeFactors: ['backup'],
      removeRecoveryDigests: 'all',
      openGrant: openedBy('totp'),
    });
  });

  it('that a policy refuses keeps the code consumed', () => {
    const { changes, notes } = decide(full({ requirements: [REQUIRED] }), CODE, 'email');
    expect(changes).toMatchObject({ openGrant: openedBy('email'), endCodes: { methods: ['email'] } });
    expect(changes).not.toHaveProperty('removeFactors');
    expect(notes).toEqual([
      { event: 'accepted', method: 'email' },
      { event: 'refused', errorCode: '5903', method: 'email' },
    ]);
  });
});

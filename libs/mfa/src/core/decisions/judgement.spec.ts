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
  RULES,
  seconds,
  stateWith,
  STEP,
  submitted,
  withCode,
  WRONG,
} from '../../../test/state.js';
import type { AccountState } from '../account-state.js';
import type { Credential } from '../credential.js';
import { heldGrant, judge, type Accepting, type Submission } from './judgement.js';

const STEP_UP: Accepting = { purpose: 'step-up', methods: ['email', 'totp', 'backup'] };
const ACTIVATION: Accepting = { purpose: 'activation', methods: ['email', 'totp'], about: 'email' };
const SINCE_ISSUE = { missesAtIssue: 4 };
const OVER = grantOf('email', { expiresAt: seconds(0) });
const LOCKED_GRANT = { grant: grantOf('email'), lockedUntil: seconds(1) };
const WITHOUT_COUNTER = submitted({ method: 'totp', credentialId: 'secret' });

const withSecret = (credential: Partial<Credential> = {}): AccountState =>
  stateWith({ factors: [active('totp')], evidence: { credentials: [credentialOf(credential)] } });
const withBackup = (...digests: string[]): AccountState =>
  stateWith({ factors: [active('email'), active('backup')], evidence: { recoveryDigests: digests.map(bytes) } });

describe('A submitted value', () => {
  const verdictOn = (state: AccountState, submission: Submission, accepting = STEP_UP): string => {
    const judgement = judge(state, submission, accepting, RULES);
    if ('accepted' in judgement) return judgement.accepted.isReused ? 'reused' : 'consumed';
    const { outcome } = judgement.refusal;
    return 'refused' in outcome ? outcome.refused : 'passed';
  };

  type Case = readonly [string, string, AccountState, Submission];

  it.each<Case>([
    ['right code', 'consumed', withCode(), CODE],
    ['code of another session', 'codeInvalid', withCode({ sessionId: 'two' }), CODE],
    ['code in its last second', 'consumed', withCode({ expiresAt: seconds(1) }), CODE],
    ['expired code', 'codeInvalid', withCode({ expiresAt: seconds(0) }), CODE],
    ['code after two misses', 'consumed', withCode(SINCE_ISSUE, { missCount: 6 }), CODE],
    ['code after three misses', 'codeInvalid', withCode(SINCE_ISSUE, { missCount: 7 }), CODE],
    ['code of activate', 'codeInvalid', withCode({ purpose: 'activation' }), CODE],
    ['code of another method', 'codeInvalid', withCode({ method: 'courier' }), CODE],
    ['code that is used up', 'codeInvalid', stateWith({ factors: [active('email')] }), CODE],
    ['step beyond the last one', 'consumed', withSecret(), STEP],
    ['step that was used', 'codeInvalid', withSecret({ counter: 59n }), STEP],
    ['step before the last one', 'codeInvalid', withSecret({ counter: 60n }), STEP],
    ['step of a pending secret', 'codeInvalid', withSecret({ pendingUntil: seconds(60) }), STEP],
    ['step of a secret that is gone', 'codeInvalid', withSecret({ id: 'other' }), STEP],
    ['credential without a place in a series', 'codeInvalid', withSecret(), WITHOUT_COUNTER],
    ['recovery code', 'consumed', withBackup('digest', 'other'), BACKUP],
    ['recovery code that was used', 'codeInvalid', withBackup('other'), BACKUP],
    ['claim without anything stored', 'codeInvalid', withCode(), submitted({ method: 'email' })],
    ['value of the grant', 'reused', withCode({}, { grant: grantOf('email') }), GRANT_VALUE],
    ['value of a grant that is over', 'codeInvalid', withCode({}, { grant: OVER }), GRANT_VALUE],
    ['value that nobody knows', 'codeInvalid', withCode(), WRONG],
    ['right code during a lock', 'locked', withCode({}, { lockedUntil: seconds(1) }), CODE],
    ['value of the grant during a lock', 'locked', withCode({}, LOCKED_GRANT), GRANT_VALUE],
    ['right code after a lock', 'consumed', withCode({}, { lockedUntil: seconds(0) }), CODE],
  ])('for a protected action: %s is %s', (_, verdict, state, submission) => {
    expect(verdictOn(state, submission)).toBe(verdict);
  });

  it.each<Case>([
    ['code of activate', 'consumed', withCode({ purpose: 'activation' }), CODE],
    ['code of trigger', 'codeInvalid', withCode(), CODE],
    ['value of the grant', 'codeInvalid', withCode({}, { grant: grantOf('email') }), GRANT_VALUE],
    ['step of a pending secret', 'consumed', withSecret({ pendingUntil: seconds(1) }), STEP],
    ['step of a secret that waited too long', 'codeInvalid', withSecret({ pendingUntil: seconds(0) }), STEP],
    ['step of a verified secret', 'codeInvalid', withSecret(), STEP],
  ])('for verify: %s is %s', (_, verdict, state, submission) => {
    expect(verdictOn(state, submission, ACTIVATION)).toBe(verdict);
  });

  it.each<Case>([
    ['right code', 'codeInvalid', withCode(), CODE],
    ['value of the grant', 'codeInvalid', withCode({}, { grant: grantOf('email') }), GRANT_VALUE],
    ['step', 'consumed', withSecret(), STEP],
  ])('where one method counts: %s is %s', (_, verdict, state, submission) => {
    expect(verdictOn(state, submission, { ...STEP_UP, methods: ['totp'] })).toBe(verdict);
  });

  it('is used up, resets the failures and opens the grant of its session', () => {
    expect(judge(withCode({}, { failureCount: 9, missCount: 2 }), CODE, STEP_UP, RULES)).toEqual({
      accepted: {
        method: 'email',
        isReused: false,
        changes: { counters: { failureCount: 0 }, openGrant: openedBy('email'), endCodes: { methods: ['email'] } },
        notes: [],
      },
    });
  });

  it('of a series moves the place of its credential, and completes its set-up', () => {
    const state = withSecret({ pendingUntil: seconds(60) });
    expect(judge(state, STEP, ACTIVATION, RULES)).toMatchObject({
      accepted: { changes: { useCredential: { id: 'secret', counter: 59n, pendingUntil: null } } },
    });
  });

  it('of a list goes off the list, and the trail says how many are left', () => {
    const judgement = judge(withBackup('digest', 'other', 'third'), BACKUP, STEP_UP, RULES);
    expect(judgement).toMatchObject({
      accepted: {
        changes: { removeRecoveryDigests: [bytes('digest')] },
        notes: [{ event: 'backup-used', method: 'backup', details: { remaining: 2 } }],
      },
    });
  });

  it('is good by the first claim that holds', () => {
    const state = withCode(
      {},
      { factors: [active('email'), active('totp')], evidence: { credentials: [credentialOf()] } },
    );
    const [stale, good] = [{ method: 'totp', credentialId: 'secret', counter: 58n }, CODE.recognition.proofs[0]!];
    expect(judge(state, submitted(stale, good), STEP_UP, RULES)).toMatchObject({ accepted: { method: 'email' } });
  });

  it('is one miss, whatever methods claimed it', () => {
    const both = submitted(
      { method: 'email', challengeMac: bytes('none') },
      { method: 'backup', digest: bytes('none') },
    );
    expect(judge(withCode({}, { missCount: 5, failureCount: 2 }), both, STEP_UP, RULES)).toEqual({
      refusal: {
        outcome: { refused: 'codeInvalid' },
        changes: { counters: { missCount: 6, failureCount: 3 } },
        notes: [{ event: 'refused', errorCode: '5901' }],
      },
    });
  });

  it('that is the tenth miss locks the account, is answered 5901 itself, and the lock is an entry', () => {
    const about = { ...STEP_UP, about: 'email' };
    expect(judge(withCode({}, { missCount: 20, failureCount: 9 }), WRONG, about, RULES)).toEqual({
      refusal: {
        outcome: { refused: 'codeInvalid' },
        changes: { counters: { missCount: 21, failureCount: 10, lockedUntil: seconds(1800) } },
        notes: [
          { event: 'refused', errorCode: '5901', method: 'email' },
          { event: 'locked', details: { lockedUntil: seconds(1800).toISOString() } },
        ],
      },
    });
  });

  it('is not counted during a lock, and the answer says until when', () => {
    expect(judge(withCode({}, { lockedUntil: seconds(90) }), WRONG, STEP_UP, RULES)).toEqual({
      refusal: { outcome: { refused: 'locked', until: seconds(90) }, notes: [{ event: 'blocked', errorCode: '5911' }] },
    });
  });
});

describe('A session that keeps its grant', () => {
  const granted = (more: Parameters<typeof stateWith>[0] = {}): AccountState =>
    stateWith({ factors: [active('email')], grant: grantOf('email'), ...more });
  const held = (state: AccountState, holdsGrant = true): string => {
    const submission = heldGrant(state, { sessionId: 'one', holdsGrant }, RULES);
    if (!submission) return 'nothing';
    const judgement = judge(state, submission, STEP_UP, RULES);
    if ('accepted' in judgement) return judgement.accepted.isReused ? 'reused' : 'consumed';
    return 'refused' in judgement.refusal.outcome ? judgement.refusal.outcome.refused : 'passed';
  };

  it.each<readonly [string, string, string]>([
    ['passes without a value while the grant is alive', held(granted()), 'reused'],
    ['has nothing where it does not keep one', held(granted(), false), 'nothing'],
    ['has nothing when the grant is over', held(granted({ grant: OVER })), 'nothing'],
    [
      'has nothing, and misses nothing, when the method is gone',
      held(granted({ factors: [active('totp')] })),
      'nothing',
    ],
    ['is locked with the account', held(granted({ lockedUntil: seconds(1) })), 'locked'],
  ])('%s', (_, outcome, expected) => {
    expect(outcome).toBe(expected);
  });
});

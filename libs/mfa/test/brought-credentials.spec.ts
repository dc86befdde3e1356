import { describe, expect, it } from 'vitest';
import type { AccountState } from '../src/core/account-state.js';
import type { Credential } from '../src/core/credential.js';
import { decideStepUp } from '../src/core/decisions/step-up.js';
import { decideVerification } from '../src/core/decisions/verification.js';
import type { CodePurpose } from '../src/core/code.js';
import type { MethodProof } from '../src/core/proof.js';
import { DEFAULT_LIMITS } from '../src/core/limits.js';

const NOW = new Date('2026-11-02T10:00:00Z');
const LATER = new Date('2026-11-02T10:10:00Z');
const MAC = Buffer.alloc(32, 1);
const RULES = { now: NOW, limits: DEFAULT_LIMITS, backups: new Set<string>(), errorWording: 'customer' } as const;

/** An account with a method that challenges, whose challenge was issued for something. */
function stateOf(status: 1 | 2, purpose: CodePurpose): AccountState {
  const challenge = { method: 'signet', sessionId: 'one', purpose, keyId: 'k1', mac: MAC };
  return {
    account: { kind: 'customer', id: '1' },
    revision: '1',
    missCount: 0,
    failureCount: 0,
    lockedUntil: null,
    sendsUntil: null,
    endedAt: null,
    factors: [{ method: 'signet', status }],
    grant: null,
    requirements: [],
    isOnBehalfOfProtected: false,
    evidence: {
      codes: [{ ...challenge, expiresAt: LATER, missesAtIssue: 0 }],
      credentials: [],
      recoveryDigests: [],
    },
  };
}

describe('A value that brings a new credential along', () => {
  const credential: Credential = {
    id: 'c1',
    method: 'signet',
    keyId: 'e1',
    sealed: Buffer.alloc(28),
    publicData: { publicKey: 'somebody’s' },
    counter: 0n,
    pendingUntil: null,
  };
  const proof: MethodProof = {
    method: 'signet',
    challengeMac: MAC,
    grantMac: { keyId: 'k1', mac: Buffer.alloc(32, 2) },
    credential,
  };
  const submission = { sessionId: 'one', recognition: { isGrantValue: false, proofs: [proof] } };

  it('has it kept by verify', () => {
    const verification = { method: 'signet', isOffered: true };
    const decision = decideVerification(stateOf(1, 'activation'), submission, verification, RULES);
    expect(decision.outcome).toEqual({ passed: undefined });
    expect(decision.changes?.addCredential).toEqual(credential);
  });

  it('is wrong for everything else, whatever its method says', () => {
    const decision = decideStepUp(stateOf(2, 'step-up'), submission, 'by-policy', RULES);
    expect(decision.outcome).toEqual({ refused: 'codeInvalid' });
    expect(decision.changes?.addCredential).toBeUndefined();
  });
});

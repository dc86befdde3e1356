import type { AccountState, Evidence } from '../src/core/account-state.js';
import type { StoredCode } from '../src/core/code.js';
import type { Credential } from '../src/core/credential.js';
import { after, type Rules } from '../src/core/decisions/decision.js';
import type { Submission } from '../src/core/decisions/judgement.js';
import type { StoredFactor } from '../src/core/factor.js';
import type { StoredGrant } from '../src/core/grant.js';
import { DEFAULT_LIMITS } from '../src/core/limits.js';
import { NOTHING_RECOGNISED, type MethodProof } from '../src/core/proof.js';

/** States of an account and what is submitted to it, for decisions; the methods are `email`, `totp` and `backup`. */
const NOW = new Date('2026-01-01T12:00:00Z');
export const SESSION = 'one';

export const seconds = (count: number): Date => after(NOW, count);

export const RULES: Rules = {
  now: NOW,
  limits: DEFAULT_LIMITS,
  backups: new Set(['backup']),
  errorWording: 'customer',
};

export const active = (method: string): StoredFactor => ({ method, status: 2, activatedAt: seconds(-3600) });
export const pending = (method: string): StoredFactor => ({ method, status: 1, activatedAt: null });

type StateParts = Partial<Omit<AccountState, 'evidence'>> & { readonly evidence?: Partial<Evidence> };

/** An account of which nothing else is stored. */
export function stateWith({ evidence, ...parts }: StateParts = {}): AccountState {
  return {
    account: { kind: 'customer', id: 'DE--1' },
    revision: '7',
    missCount: 0,
    failureCount: 0,
    lockedUntil: null,
    sendsUntil: null,
    endedAt: null,
    factors: [],
    grant: null,
    requirements: [],
    isOnBehalfOfProtected: false,
    ...parts,
    evidence: { codes: [], credentials: [], recoveryDigests: [], ...evidence },
  };
}

/** An account with the method `email`, and a code of it that was sent. */
export function withCode(code: Partial<StoredCode> = {}, parts: StateParts = {}): AccountState {
  return stateWith({ factors: [active('email')], ...parts, evidence: { codes: [sentCode(code)], ...parts.evidence } });
}

export const bytes = (name: string): Buffer => Buffer.from(name);
const mac = (name: string) => ({ keyId: 'k1', mac: bytes(name) });

export function sentCode(parts: Partial<StoredCode> = {}): StoredCode {
  return {
    ...mac('code'),
    method: 'email',
    sessionId: SESSION,
    purpose: 'step-up',
    issuedAt: seconds(-60),
    expiresAt: seconds(540),
    missesAtIssue: 0,
    ...parts,
  };
}

export function grantOf(method: string, parts: Partial<StoredGrant> = {}): StoredGrant {
  const life = { grantedAt: seconds(-60), expiresAt: seconds(1740) };
  return { ...mac(`grant of ${method}`), method, sessionId: SESSION, ...life, ...parts };
}

export function credentialOf(parts: Partial<Credential> = {}): Credential {
  const sealed = { keyId: 'e1', sealed: bytes('sealed'), publicData: null };
  return { ...sealed, id: 'secret', method: 'totp', counter: 58n, pendingUntil: null, ...parts };
}

/** A value of which methods claim what the proofs say. */
export function submitted(...proofs: readonly Omit<MethodProof, 'grantMac'>[]): Submission {
  const claimed = proofs.map((proof) => ({ ...proof, grantMac: mac(`value of ${proof.method}`) }));
  return { sessionId: SESSION, recognition: { isGrantValue: false, proofs: claimed } };
}

export const CODE = submitted({ method: 'email', challengeMac: bytes('code') });
export const STEP = submitted({ method: 'totp', credentialId: 'secret', counter: 59n });
export const BACKUP = submitted({ method: 'backup', digest: bytes('digest') });
/** Of which no method claims anything. */
export const WRONG: Submission = { sessionId: SESSION, recognition: NOTHING_RECOGNISED };
/** The value that opened the session's grant. */
export const GRANT_VALUE: Submission = { sessionId: SESSION, recognition: { isGrantValue: true, proofs: [] } };

/** The grant that a value opens. */
export function openedBy(method: string): StoredGrant {
  return { ...mac(`value of ${method}`), method, sessionId: SESSION, grantedAt: NOW, expiresAt: seconds(1800) };
}

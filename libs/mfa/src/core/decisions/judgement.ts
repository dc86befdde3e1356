import { isActive, type AccountState } from '../account-state.js';
import type { AuditNote } from '../audit.js';
import type { Caller } from '../caller.js';
import type { Changes } from '../changes.js';
import type { CodePurpose, IssuedCode } from '../code.js';
import type { Credential } from '../credential.js';
import type { Grant } from '../grant.js';
import type { MethodProof, Recognition } from '../proof.js';
import { after, lockOf, refuse, type Decision, type Rules } from './decision.js';

/** Which values are accepted for an action. */
export interface Accepting {
  readonly purpose: CodePurpose;
  readonly methods: readonly string[];
  /** The method that the request is about, for the trail. Absent for a protected action. */
  readonly about?: string;
}

/** An accepted value: either its first use with all changes, or a repeated use within its grant. */
export interface Accepted {
  readonly method: string;
  readonly isReused: boolean;
  readonly changes?: Changes;
  /** Additional notes for the trail, besides the one about the action itself. */
  readonly notes: readonly AuditNote[];
}

/** A submitted value: its session, and what the value was recognised as. */
export interface Submission {
  readonly sessionId: string;
  readonly recognition: Recognition;
}

type Judgement = { readonly accepted: Accepted } | { readonly refusal: Decision<never> };

/**
 * Judges a submitted value. This is the only place that finds a value right or wrong (contract: section 4, rule 1).
 *
 * A wrong value counts as one miss, no matter how many methods were tried.
 */
export function judge(
  state: AccountState,
  { sessionId, recognition }: Submission,
  accepting: Accepting,
  rules: Rules,
): Judgement {
  const { about: method } = accepting;
  const until = lockOf(state, rules);
  if (until) return { refusal: refuse('locked', { until, ...(method !== undefined && { method }) }) };
  if (recognition.isGrantValue && isGrantGood(state, accepting, rules)) {
    return { accepted: { method: state.grant?.method ?? '', isReused: true, notes: [] } };
  }
  const proof = recognition.proofs.find((each) => isGood(state, each, sessionId, accepting, rules));
  return proof ? { accepted: consume(state, proof, sessionId, rules) } : { refusal: miss(state, accepting, rules) };
}

function isGrantGood(state: AccountState, { purpose, methods }: Accepting, rules: Rules): boolean {
  const grant = aliveGrant(state, rules);
  return purpose === 'step-up' && grant !== undefined && methods.includes(grant.method);
}

/** The session's grant, unless it has expired. */
export function aliveGrant({ grant }: AccountState, { now }: Rules): Grant | undefined {
  return grant && grant.expiresAt > now ? grant : undefined;
}

/**
 * The submission that stands for a value that was not sent: the grant of a session that keeps it.
 *
 * @returns undefined if no grant is alive, or its method is off
 */
export function heldGrant(
  state: AccountState,
  { sessionId, holdsGrant = false }: Pick<Caller, 'sessionId' | 'holdsGrant'>,
  rules: Rules,
): Submission | undefined {
  const grant = holdsGrant ? aliveGrant(state, rules) : undefined;
  if (!grant || !isActive(state, grant.method)) return undefined;
  return { sessionId, recognition: { isGrantValue: true, proofs: [] } };
}

/** Checks a method's proof against the state. */
function isGood(
  state: AccountState,
  proof: MethodProof,
  sessionId: string,
  { purpose, methods }: Accepting,
  rules: Rules,
): boolean {
  const { evidence } = state;
  const { method, challengeMac, credentialId, counter, digest, credential: brought } = proof;
  if (!methods.includes(method)) return false;
  // only verify stores a credential that comes with the value; otherwise an attacker with one valid code could add a
  // key
  if (brought && purpose !== 'activation') return false;
  if (challengeMac) {
    const code = evidence.codes.find((each) => each.method === method && each.mac.equals(challengeMac));
    if (!code || code.sessionId !== sessionId || code.purpose !== purpose || !isAlive(state, code, rules)) return false;
  }
  if (credentialId !== undefined) {
    const credential = evidence.credentials.find(({ id }) => id === credentialId);
    if (!credential || !isUsable(credential, purpose, rules)) return false;
    // a value without a counter needs a challenge: nothing else prevents a second use
    if (counter === undefined ? !challengeMac : counter <= credential.counter) return false;
  }
  if (digest && !evidence.recoveryDigests.some((each) => each.equals(digest))) return false;
  return challengeMac !== undefined || credentialId !== undefined || digest !== undefined;
}

/** A code is valid until it expires, or until the account has too many misses since its issue. */
export function isAlive({ missCount }: AccountState, code: IssuedCode, { now, limits }: Rules): boolean {
  return code.expiresAt > now && missCount - code.missesAtIssue < limits.attemptLimit;
}

/** A pending credential is valid for its verification only, a verified one for everything else. */
function isUsable({ pendingUntil }: Credential, purpose: CodePurpose, { now }: Rules): boolean {
  return purpose === 'activation' ? pendingUntil !== null && pendingUntil > now : pendingUntil === null;
}

/** First use: the value is used up, the failure count starts again, and the session gets a grant. */
function consume({ evidence }: AccountState, proof: MethodProof, sessionId: string, rules: Rules): Accepted {
  const { method, grantMac, challengeMac, credentialId, digest, credential } = proof;
  const used = evidence.credentials.find(({ id }) => id === credentialId);
  const { now, limits } = rules;
  const openGrant = { ...grantMac, method, sessionId, grantedAt: now, expiresAt: after(now, limits.graceSeconds) };
  const changes: Changes = {
    counters: { failureCount: 0 },
    openGrant,
    ...(challengeMac && { endCodes: { methods: [method] } }),
    ...(used && { useCredential: { id: used.id, counter: proof.counter ?? used.counter, pendingUntil: null } }),
    ...(credential && { addCredential: credential }),
    ...(digest && { removeRecoveryDigests: [digest] }),
  };
  const remaining = evidence.recoveryDigests.length - 1;
  const notes: AuditNote[] = digest ? [{ event: 'backup-used', method, details: { remaining } }] : [];
  return { method, isReused: false, changes, notes };
}

/**
 * A wrong value counts against every outstanding code and against the account. The last allowed one locks the account.
 */
function miss({ missCount, failureCount }: AccountState, { about }: Accepting, rules: Rules): Decision<never> {
  const { now, limits } = rules;
  const failures = failureCount + 1;
  const counters = { missCount: missCount + 1, failureCount: failures };
  const refusal = refuse('codeInvalid', { changes: { counters }, ...(about !== undefined && { method: about }) });
  if (failures < limits.failureLimit) return refusal;
  const lockedUntil = after(now, limits.lockSeconds);
  const locked: AuditNote = { event: 'locked', details: { lockedUntil: lockedUntil.toISOString() } };
  return {
    ...refusal,
    changes: { counters: { ...counters, lockedUntil } },
    notes: [...refusal.notes, locked],
  };
}

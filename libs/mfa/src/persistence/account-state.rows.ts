import type { Account } from '../core/account.js';
import type { AccountState, Evidence } from '../core/account-state.js';
import type { Counter } from '../core/changes.js';
import type { IssuedCode } from '../core/code.js';
import type { Credential } from '../core/credential.js';
import type { Factor } from '../core/factor.js';
import type { Grant } from '../core/grant.js';
import type { Requirement } from '../core/policy.js';
import { dateOf, type Told } from './told.js';

/** Data that the account's revision does not cover. Each column is selected only if it was asked for. */
export interface SurroundingsRow {
  readonly policies?: readonly Told<Requirement>[] | null;
  readonly acts_for_protected?: boolean;
}

/** The row for an account whose state is remembered. */
export interface RevisionRow extends SurroundingsRow {
  readonly revision: string | null;
}

/** The row with the whole state of an account. */
export interface StateRow extends SurroundingsRow {
  /** `revision` is null if nothing was ever stored for the account. */
  readonly account: Told<Pick<AccountState, 'revision' | Counter>>;
  readonly factors: readonly Factor[] | null;
  readonly grant: Told<Omit<Grant, 'sessionId'>> | null;
  readonly codes: readonly Told<IssuedCode>[] | null;
}

/** The row of evidence. Each column is selected only if it was asked for. */
export interface EvidenceRow {
  readonly credentials?: readonly Told<Credential>[] | null;
  readonly recovery_digests?: readonly string[] | null;
}

const NO_EVIDENCE: Evidence = { codes: [], credentials: [], recoveryDigests: [] };

export function stateOf(account: Account, sessionId: string, row: StateRow | undefined): AccountState {
  const stored = row?.account;
  return {
    account,
    revision: stored?.revision ?? null,
    missCount: stored?.missCount ?? 0,
    failureCount: stored?.failureCount ?? 0,
    lockedUntil: dateOf(stored?.lockedUntil),
    sendsUntil: dateOf(stored?.sendsUntil),
    endedAt: dateOf(stored?.endedAt),
    factors: row?.factors ?? [],
    grant: row?.grant ? { ...row.grant, ...timedMac(row.grant), sessionId } : null,
    ...surroundingsOf(row),
    evidence: { ...NO_EVIDENCE, codes: (row?.codes ?? []).map((code) => ({ ...code, ...timedMac(code) })) },
  };
}

export function surroundingsOf(
  row: SurroundingsRow = {},
): Pick<AccountState, 'requirements' | 'isOnBehalfOfProtected'> {
  return {
    requirements: (row.policies ?? []).map((one) => ({ ...one, requiredFrom: new Date(one.requiredFrom) })),
    isOnBehalfOfProtected: row.acts_for_protected ?? false,
  };
}

export function evidenceOf(row: EvidenceRow | undefined): Omit<Evidence, 'codes'> {
  return {
    credentials: (row?.credentials ?? []).map(credentialOf),
    recoveryDigests: (row?.recovery_digests ?? []).map(bytesOf),
  };
}

function timedMac({ mac, expiresAt }: { readonly mac: string; readonly expiresAt: string }) {
  return { mac: bytesOf(mac), expiresAt: new Date(expiresAt) };
}

function credentialOf({ sealed, counter, pendingUntil, ...credential }: Told<Credential>): Credential {
  return { ...credential, sealed: bytesOf(sealed), counter: BigInt(counter), pendingUntil: dateOf(pendingUntil) };
}

function bytesOf(hexadecimal: string): Buffer {
  return Buffer.from(hexadecimal, 'hex');
}

import type { Account } from '../core/account.js';
import type { AccountState, Evidence } from '../core/account-state.js';
import type { Counter } from '../core/changes.js';
import type { IssuedCode } from '../core/code.js';
import type { Credential } from '../core/credential.js';
import type { Factor } from '../core/factor.js';
import type { Grant } from '../core/grant.js';
import type { Requirement } from '../core/policy.js';
import { momentOf, type Told } from './told.js';

/** What loads an account. */
export interface StateRow {
  /** With null for a revision where nothing was ever stored of the account. */
  readonly account: Told<Pick<AccountState, 'revision' | Counter>>;
  readonly factors: readonly Factor[] | null;
  readonly grant: Told<Omit<Grant, 'sessionId'>> | null;
  /** These only where they were asked for. */
  readonly codes?: readonly Told<IssuedCode>[] | null;
  readonly policies?: readonly Told<Requirement>[] | null;
  readonly acts_for_protected?: boolean;
}

/** What loads evidence; each only where it was asked for. */
export interface EvidenceRow extends Pick<StateRow, 'codes'> {
  readonly credentials?: readonly Told<Credential>[] | null;
  readonly recovery_digests?: readonly string[] | null;
}

export function stateOf(account: Account, sessionId: string, row: StateRow | undefined): AccountState {
  const stored = row?.account;
  return {
    account,
    revision: stored?.revision ?? null,
    missCount: stored?.missCount ?? 0,
    failureCount: stored?.failureCount ?? 0,
    lockedUntil: momentOf(stored?.lockedUntil),
    sendsUntil: momentOf(stored?.sendsUntil),
    endedAt: momentOf(stored?.endedAt),
    factors: row?.factors ?? [],
    grant: row?.grant ? { ...row.grant, ...timedMac(row.grant), sessionId } : null,
    requirements: (row?.policies ?? []).map((one) => ({ ...one, requiredFrom: new Date(one.requiredFrom) })),
    actsForProtected: row?.acts_for_protected ?? false,
    evidence: evidenceOf(row),
  };
}

export function evidenceOf(row: EvidenceRow | undefined): Evidence {
  return {
    codes: (row?.codes ?? []).map((code) => ({ ...code, ...timedMac(code) })),
    credentials: (row?.credentials ?? []).map(credentialOf),
    recoveryDigests: (row?.recovery_digests ?? []).map(bytesOf),
  };
}

function timedMac({ mac, expiresAt }: { readonly mac: string; readonly expiresAt: string }) {
  return { mac: bytesOf(mac), expiresAt: new Date(expiresAt) };
}

export function credentialOf({ sealed, counter, pendingUntil, ...credential }: Told<Credential>): Credential {
  return { ...credential, sealed: bytesOf(sealed), counter: BigInt(counter), pendingUntil: momentOf(pendingUntil) };
}

function bytesOf(hexadecimal: string): Buffer {
  return Buffer.from(hexadecimal, 'hex');
}

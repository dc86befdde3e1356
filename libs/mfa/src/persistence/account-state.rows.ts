import type { Account } from '../core/account.js';
import type { AccountState } from '../core/account-state.js';
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

export interface CredentialRow {
  readonly id: string;
  readonly method: string;
  readonly key_id: string;
  readonly sealed: Buffer;
  readonly public_data: object | null;
  readonly counter: string;
  readonly pending_until: Date | null;
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
    evidence: { codes: codesOf(row), credentials: [], recoveryDigests: [] },
  };
}

export function codesOf(row: Pick<StateRow, 'codes'> | undefined): readonly IssuedCode[] {
  return (row?.codes ?? []).map((code) => ({ ...code, ...timedMac(code) }));
}

function timedMac({ mac, expiresAt }: { readonly mac: string; readonly expiresAt: string }) {
  return { mac: Buffer.from(mac, 'hex'), expiresAt: new Date(expiresAt) };
}

export function credentialOf({ id, method, sealed, ...row }: CredentialRow): Credential {
  return {
    id,
    method,
    sealed,
    keyId: row.key_id,
    publicData: row.public_data,
    counter: BigInt(row.counter),
    pendingUntil: row.pending_until,
  };
}

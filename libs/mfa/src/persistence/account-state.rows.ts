import type { Account } from '../core/account.js';
import type { AccountState } from '../core/account-state.js';
import type { CodePurpose, IssuedCode } from '../core/code.js';
import type { Credential } from '../core/credential.js';
import type { Factor } from '../core/factor.js';

/** A row of what loads an account: its columns with one of its factors. */
export interface StateRow {
  readonly revision: string | null;
  readonly miss_count: string;
  readonly failure_count: number;
  readonly locked_until: Date | null;
  readonly sends_until: Date | null;
  readonly ended_at: Date | null;
  readonly method: string | null;
  readonly status: Factor['status'];
  readonly activated_at: Date | null;
  readonly grant_method: string | null;
  readonly mac: Buffer;
  readonly key_id: string;
  readonly granted_at: Date;
  readonly expires_at: Date;
  readonly policies: readonly { readonly requiredFrom: string; readonly methods: readonly string[] }[] | null;
  readonly acts_for_protected: boolean;
}

export interface CodeRow {
  readonly method: string;
  readonly session_id: string;
  readonly purpose: CodePurpose;
  readonly mac: Buffer;
  readonly key_id: string;
  readonly issued_at: Date;
  readonly expires_at: Date;
  readonly misses_at_issue: string;
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

export function stateOf(account: Account, sessionId: string, rows: readonly StateRow[]): AccountState {
  const [row] = rows;
  if (!row) throw new TypeError('an account is loaded by at least one row');
  const { mac, key_id: keyId, granted_at: grantedAt, expires_at: expiresAt, grant_method: method } = row;
  return {
    account,
    revision: row.revision,
    missCount: Number(row.miss_count ?? 0),
    failureCount: row.failure_count ?? 0,
    lockedUntil: row.locked_until,
    sendsUntil: row.sends_until,
    endedAt: row.ended_at,
    factors: rows.flatMap(factorOf),
    grant: method === null ? null : { sessionId, method, mac, keyId, grantedAt, expiresAt },
    requirements: (row.policies ?? []).map((one) => ({ ...one, requiredFrom: new Date(one.requiredFrom) })),
    actsForProtected: row.acts_for_protected,
    evidence: { codes: [], credentials: [], recoveryDigests: [] },
  };
}

function factorOf({ method, status, activated_at: activatedAt }: StateRow): Factor[] {
  if (method === null) return [];
  return [{ method, status, activatedAt }];
}

export function codeOf({ method, purpose, mac, ...row }: CodeRow): IssuedCode {
  return {
    method,
    purpose,
    mac,
    sessionId: row.session_id,
    keyId: row.key_id,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    missesAtIssue: Number(row.misses_at_issue),
  };
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

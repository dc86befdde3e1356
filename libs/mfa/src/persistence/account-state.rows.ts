import type { Account } from '../core/account.js';
import type { AccountState } from '../core/account-state.js';
import type { CodePurpose, IssuedCode } from '../core/code.js';
import type { Credential } from '../core/credential.js';
import type { Factor } from '../core/factor.js';
import type { Grant } from '../core/grant.js';

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
  readonly grant_method: string | null;
  readonly mac: Buffer;
  readonly key_id: string;
  readonly expires_at: Date;
  readonly code_session: string | null;
  readonly code_purpose: CodePurpose;
  readonly code_mac: Buffer;
  readonly code_key_id: string;
  readonly code_expires_at: Date;
  readonly code_misses: string;
  /** These two only where they were asked for. */
  readonly policies?: readonly { readonly requiredFrom: string; readonly methods: readonly string[] }[] | null;
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

export function stateOf(account: Account, sessionId: string, rows: readonly StateRow[]): AccountState {
  const row = rows[0];
  return {
    account,
    revision: row?.revision ?? null,
    missCount: Number(row?.miss_count ?? 0),
    failureCount: row?.failure_count ?? 0,
    lockedUntil: row?.locked_until ?? null,
    sendsUntil: row?.sends_until ?? null,
    endedAt: row?.ended_at ?? null,
    factors: rows.flatMap(factorOf),
    grant: row ? grantOf(row, sessionId) : null,
    requirements: (row?.policies ?? []).map((one) => ({ ...one, requiredFrom: new Date(one.requiredFrom) })),
    actsForProtected: row?.acts_for_protected ?? false,
    evidence: { codes: rows.flatMap(codeOf), credentials: [], recoveryDigests: [] },
  };
}

function grantOf({ grant_method: method, mac, ...row }: StateRow, sessionId: string): Grant | null {
  if (method === null) return null;
  return { sessionId, method, mac, keyId: row.key_id, expiresAt: row.expires_at };
}

function factorOf({ method, status }: StateRow): Factor[] {
  if (method === null) return [];
  return [{ method, status }];
}

function codeOf({ method, code_session: sessionId, code_mac: mac, ...row }: StateRow): IssuedCode[] {
  if (method === null || sessionId === null) return [];
  const life = { expiresAt: row.code_expires_at, missesAtIssue: Number(row.code_misses) };
  return [{ method, sessionId, mac, keyId: row.code_key_id, purpose: row.code_purpose, ...life }];
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

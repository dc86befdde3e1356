import type { AccountState } from './account-state.js';
import type { StoredCode } from './code.js';
import type { Credential } from './credential.js';
import type { StoredFactor } from './factor.js';
import type { StoredGrant } from './grant.js';

/**
 * Which codes or grants of the account end: all; those of some methods (in one session, or in all sessions except one);
 * those of one session; or those that have expired.
 */
export type Ending =
  | 'all'
  | { readonly methods: readonly string[]; readonly sessionId?: string; readonly exceptSessionId?: string }
  | { readonly sessionId: string }
  | { readonly overAt: Date };

export type Counter = 'missCount' | 'failureCount' | 'lockedUntil' | 'sendsUntil' | 'endedAt';

/**
 * What a decision changes. Absent members stay as they are. All changes are committed together or not at all.
 *
 * An empty object only raises the revision: a concurrent decision on the older state must be taken again.
 */
export interface Changes {
  readonly counters?: Partial<Pick<AccountState, Counter>>;
  readonly setFactor?: StoredFactor;
  /** Removed with their credentials and codes. */
  readonly removeFactors?: readonly string[];
  /** Replaces an older code of the same method. */
  readonly issueCode?: StoredCode;
  readonly endCodes?: Ending;
  /** Replaces an older grant of the same session. */
  readonly openGrant?: StoredGrant;
  /** Does not end the grant in `openGrant`. */
  readonly endGrants?: Ending;
  readonly addCredential?: Credential;
  /** A credential that was used or verified. */
  readonly useCredential?: Pick<Credential, 'id' | 'counter' | 'pendingUntil'>;
  /** All credentials of these methods, except the one in `addCredential`. */
  readonly removeCredentials?: readonly string[];
  readonly addRecoveryDigests?: readonly Buffer[];
  readonly removeRecoveryDigests?: 'all' | readonly Buffer[];
}

/** Merges two changes. If both set the same member, the second one wins; but codes that either of them ends do end. */
export function both(first: Changes, second: Changes): Changes {
  const endCodes = united(first.endCodes, second.endCodes);
  const counters = { ...first.counters, ...second.counters };
  return { ...first, ...second, counters, ...(endCodes && { endCodes }) };
}

function united(first: Ending | undefined, second: Ending | undefined): Ending | undefined {
  if (!first || !second) return first ?? second;
  const isByMethods = first !== 'all' && second !== 'all' && 'methods' in first && 'methods' in second;
  return isByMethods ? { methods: [...new Set([...first.methods, ...second.methods])] } : 'all';
}

import type { AccountState } from './account-state.js';
import type { StoredCode } from './code.js';
import type { Credential } from './credential.js';
import type { StoredFactor } from './factor.js';
import type { StoredGrant } from './grant.js';

/**
 * Which codes or grants of the account end: all, those of some methods (and of a session, or but in a session), those of
 * a session, or those that are over.
 */
export type Ending =
  | 'all'
  | { readonly methods: readonly string[]; readonly sessionId?: string; readonly exceptSessionId?: string }
  | { readonly sessionId: string }
  | { readonly overAt: Date };

export type Counter = 'missCount' | 'failureCount' | 'lockedUntil' | 'sendsUntil' | 'endedAt';

/**
 * What a decision changes; what is left out stays. All of it becomes true at once, or none.
 *
 * An empty object changes nothing but the revision: whoever decided on the state before has to decide again.
 */
export interface Changes {
  readonly counters?: Partial<Pick<AccountState, Counter>>;
  readonly setFactor?: StoredFactor;
  /** With their credentials and codes. */
  readonly removeFactors?: readonly string[];
  /** In place of an older one of the same method. */
  readonly issueCode?: StoredCode;
  readonly endCodes?: Ending;
  /** In place of an older one of the same session. */
  readonly openGrant?: StoredGrant;
  /** Not the grant that is opened. */
  readonly endGrants?: Ending;
  readonly addCredential?: Credential;
  /** A credential that was used, or verified. */
  readonly useCredential?: Pick<Credential, 'id' | 'counter' | 'pendingUntil'>;
  /** All of these methods; not the one that is added. */
  readonly removeCredentials?: readonly string[];
  readonly addRecoveryDigests?: readonly Buffer[];
  readonly removeRecoveryDigests?: 'all' | readonly Buffer[];
}

/** Both changes at once; where both say something of the same thing, the second one counts, but what ends ends. */
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

import { pendingMethods, type AccountState } from '../account-state.js';
import type { AuditNote } from '../audit.js';
import type { Ending } from '../changes.js';
import { isProtectedWithout, removed } from './deactivation.js';
import { lockOf, pass, type Decision, type Rules } from './decision.js';
import { isAlive } from './judgement.js';

/**
 * What goes when somebody else removes a method, or all (null), of an account (contract: section 4, rule 10).
 *
 * @returns the methods that had been set up, or begun
 */
export function decideRemoval(state: AccountState, method: string | null, rules: Rules): Decision<readonly string[]> {
  const asked = state.factors.map((factor) => factor.method).filter((each) => method === null || each === method);
  if (asked.length === 0) return pass([]);
  // codes, grants and set-ups in progress of all methods end: nobody goes on with what was opened or begun before
  const changes = {
    ...removed(state, asked, rules),
    // without a method the person can set one up again at once
    ...(!isProtectedWithout(state, asked, rules) && { counters: { failureCount: 0, lockedUntil: null } }),
    endCodes: 'all',
    endGrants: 'all',
    removeCredentials: pendingMethods(state),
  } as const;
  const gone = changes.removeFactors?.toSorted() ?? [];
  return pass(
    gone,
    changes,
    gone.map((each): AuditNote => ({ event: 'removed', method: each })),
  );
}

/** Ends a lock, and takes its misses off the count: else the next one would lock the account again. */
export function decideUnlock(state: AccountState, rules: Rules): Decision<boolean> {
  if (!lockOf(state, rules)) return pass(false);
  return pass(true, { counters: { lockedUntil: null, failureCount: 0 } }, [{ event: 'unlocked' }]);
}

/** Nothing can be set up any more for an account that ended; its trail stays. */
export function decideEnd({ factors }: AccountState, { now }: Rules): Decision<void> {
  const changes = {
    counters: { endedAt: now, failureCount: 0, lockedUntil: null },
    removeFactors: factors.map(({ method }) => method),
    endCodes: 'all',
    endGrants: 'all',
    removeRecoveryDigests: 'all',
  } as const;
  return pass(undefined, changes, [{ event: 'account-ended' }]);
}

/** What was opened in some sessions of the account. */
export interface OpenGrants {
  readonly sessionIds: readonly string[];
  readonly aliveSessionIds: readonly string[];
}

/** What is voided, and for what. */
export interface Voiding {
  readonly ending: 'all' | Extract<Ending, { readonly sessionId: string }>;
  /**
   * The account itself changes: whoever decides at the same time has to decide again, and so reads the address behind
   * the change (contract: section 4, rule 13).
   */
  readonly isChange: boolean;
  /** What the trail says of the change. */
  readonly note?: AuditNote;
}

/** Ends codes and grants, at a login, at the end of a session, and at a change of what protects the account. */
export function decideVoiding(
  state: AccountState,
  { sessionIds, aliveSessionIds }: OpenGrants,
  { ending, isChange, note }: Voiding,
  rules: Rules,
): Decision<void> {
  const isMeant = (sessionId: string): boolean => ending === 'all' || ending.sessionId === sessionId;
  const codes = state.evidence.codes.filter(({ sessionId }) => isMeant(sessionId));
  const isOpen = codes.length > 0 || sessionIds.some(isMeant);
  const voided = {
    codes: codes.filter((code) => isAlive(state, code, rules)).length,
    grants: aliveSessionIds.filter(isMeant).length,
  };
  const notes = voided.codes + voided.grants > 0 ? [{ event: 'codes-voided', details: voided } as const] : [];
  const changes = isOpen ? { endCodes: ending, endGrants: ending } : isChange ? {} : undefined;
  return pass(undefined, changes, note ? [note, ...notes] : notes);
}

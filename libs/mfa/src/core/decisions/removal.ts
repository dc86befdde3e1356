import { pendingMethods, type AccountState } from '../account-state.js';
import type { AuditNote } from '../audit.js';
import type { Ending } from '../changes.js';
import { isProtectedWithout, removed } from './deactivation.js';
import { lockOf, pass, type Decision, type Rules } from './decision.js';
import { isAlive } from './judgement.js';

/**
 * Decides what is removed when somebody else removes one method, or all (null), from an account (contract: section 4,
 * rule 10).
 *
 * @returns the methods that were active or pending
 */
export function decideRemoval(state: AccountState, method: string | null, rules: Rules): Decision<readonly string[]> {
  const asked = state.factors.map((factor) => factor.method).filter((each) => method === null || each === method);
  if (asked.length === 0) return pass([]);
  // codes, grants and pending set-ups of all methods end: nobody can continue what was opened or begun before
  const changes = {
    ...removed(state, asked, rules),
    // if no method is left, the person can set one up again at once
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

/** Ends a lock and resets the failure count: otherwise the next miss would lock the account again. */
export function decideUnlock(state: AccountState, rules: Rules): Decision<boolean> {
  if (!lockOf(state, rules)) return pass(false);
  return pass(true, { counters: { lockedUntil: null, failureCount: 0 } }, [{ event: 'unlocked' }]);
}

/** Ends an account: nothing can be set up for it any more. Its trail stays. */
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

/** Sessions with grants. */
export interface OpenGrants {
  readonly sessionIds: readonly string[];
  readonly aliveSessionIds: readonly string[];
}

/** What becomes void, and why. */
export interface Voiding {
  readonly ending: 'all' | Extract<Ending, { readonly sessionId: string }>;
  /**
   * Whether the account itself changes. If so, concurrent decisions are taken again and read the new address (contract:
   * section 4, rule 13).
   */
  readonly isChange: boolean;
  /** The entry about the change for the trail. */
  readonly note?: AuditNote;
}

/** Ends codes and grants at a login, at the end of a session, or at a change of what protects the account. */
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

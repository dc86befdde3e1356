import type { Account } from './account.js';
import type { IssuedCode } from './code.js';
import type { Credential } from './credential.js';
import { FactorStatus, type Factor } from './factor.js';
import type { Grant } from './grant.js';
import type { Requirement } from './policy.js';

/**
 * All that a decision about one account in one session may need, as it was at one moment.
 *
 * `revision` tells whether it is still so: every change of the second factor raises it.
 */
export interface AccountState {
  readonly account: Account;
  /** Null: nothing was ever stored of the account. */
  readonly revision: string | null;
  /** Wrong values ever; a code remembers the count at its issue, the difference is its misses. */
  readonly missCount: number;
  /** Wrong values since one was accepted. */
  readonly failureCount: number;
  readonly lockedUntil: Date | null;
  /** The moment until which sends are used up (theoretical arrival time of a GCRA). */
  readonly sendsUntil: Date | null;
  /** When the account ended for good: nothing can be set up for it any more. */
  readonly endedAt: Date | null;
  readonly factors: readonly Factor[];
  /** The grant of the session in question; it may be over. */
  readonly grant: Grant | null;
  /** What policies require of the account, now or later; the earliest first. */
  readonly requirements: readonly Requirement[];
  /** Whether whom the account acts for has an active method. */
  readonly isOnBehalfOfProtected: boolean;
  /** All but codes is read only where a value is to be judged that opened no grant; until then it is empty. */
  readonly evidence: Evidence;
}

/** What submitted values are compared with. */
export interface Evidence {
  /** Codes and challenges that were issued and not used, at most one for each method. */
  readonly codes: readonly IssuedCode[];
  readonly credentials: readonly Credential[];
  /** SHA-256 of each unused recovery code. */
  readonly recoveryDigests: readonly Buffer[];
}

export function statusOf({ factors }: Pick<AccountState, 'factors'>, method: string): FactorStatus {
  return factors.find((factor) => factor.method === method)?.status ?? FactorStatus.disabled;
}

export function isActive(state: Pick<AccountState, 'factors'>, method: string): boolean {
  return statusOf(state, method) === FactorStatus.active;
}

export function pendingMethods({ factors }: Pick<AccountState, 'factors'>): readonly string[] {
  return factors.filter(({ status }) => status === FactorStatus.pending).map(({ method }) => method);
}

/** The active methods but the backups, which protect nothing alone. */
export function protectingMethods(
  { factors }: Pick<AccountState, 'factors'>,
  backups: ReadonlySet<string>,
): readonly string[] {
  return factors
    .filter(({ method, status }) => status === FactorStatus.active && !backups.has(method))
    .map(({ method }) => method);
}

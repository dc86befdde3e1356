import type { Account } from './account.js';
import type { IssuedCode } from './code.js';
import type { Credential } from './credential.js';
import { FactorStatus, type Factor } from './factor.js';
import type { Grant } from './grant.js';
import type { Requirement } from './policy.js';

/**
 * Everything that a decision about one account in one session may need, read at one moment.
 *
 * Every change of the second factor raises `revision`; an equal `revision` means that the state is still current.
 */
export interface AccountState {
  readonly account: Account;
  /** Null if nothing was ever stored for the account. */
  readonly revision: string | null;
  /** All wrong values so far. A code stores this count at its issue; the difference is the number of its misses. */
  readonly missCount: number;
  /** Wrong values since the last accepted one. */
  readonly failureCount: number;
  readonly lockedUntil: Date | null;
  /** The allowance for sends is used up until this moment (theoretical arrival time of a GCRA). */
  readonly sendsUntil: Date | null;
  /** When the account was ended for good. After that nothing can be set up for it. */
  readonly endedAt: Date | null;
  readonly factors: readonly Factor[];
  /** The grant of this session. It may have expired. */
  readonly grant: Grant | null;
  /** What policies require of the account, now or later, sorted by date. */
  readonly requirements: readonly Requirement[];
  /** Whether `onBehalfOf`, the account that this account acts for, has an active method. */
  readonly isOnBehalfOfProtected: boolean;
  /**
   * Everything but the codes is read only when a value must be judged that did not open a grant. Until then it is
   * empty.
   */
  readonly evidence: Evidence;
}

/** The stored data with which submitted values are compared. */
export interface Evidence {
  /** Issued, unused codes and challenges, at most one for each method. */
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

/** The active methods without the backups, which do not protect an account alone. */
export function protectingMethods(
  { factors }: Pick<AccountState, 'factors'>,
  backups: ReadonlySet<string>,
): readonly string[] {
  return factors
    .filter(({ method, status }) => status === FactorStatus.active && !backups.has(method))
    .map(({ method }) => method);
}

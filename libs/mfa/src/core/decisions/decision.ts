import type { AccountKind } from '../account.js';
import type { AccountState } from '../account-state.js';
import type { AuditNote } from '../audit.js';
import type { Changes } from '../changes.js';
import { MFA_ERRORS, NOT_FOUND, type MfaErrorName } from '../mfa-errors.js';
import type { MfaLimits } from '../limits.js';

/** What a decision depends on besides the state of the account. */
export interface Rules {
  readonly now: Date;
  readonly limits: MfaLimits;
  /** The methods that do not protect an account alone. */
  readonly backups: ReadonlySet<string>;
  /** Selects the error for an account that does not exist: the customer's or the user's. */
  readonly errorWording: AccountKind;
}

/** `until`: when a retry can succeed. */
export interface Refused {
  readonly refused: MfaErrorName;
  readonly until?: Date;
}

export type Outcome<T> = { readonly passed: T } | Refused;

/** The answer to one question about one account. It is valid only when its changes and notes are committed. */
export interface Decision<T> {
  readonly outcome: Outcome<T>;
  /** Undefined if only the trail gets entries. */
  readonly changes?: Changes;
  readonly notes: readonly AuditNote[];
}

export function pass<T>(passed: T, changes?: Changes, notes: readonly AuditNote[] = []): Decision<T> {
  return { outcome: { passed }, notes, ...(changes && { changes }) };
}

/** Details of a refusal, and what changes in spite of it. */
interface RefusalContext {
  readonly method?: string;
  readonly until?: Date;
  readonly changes?: Changes;
  /** Notes on what happened before the refusal. */
  readonly before?: readonly AuditNote[];
}

/** Refuses with an error of the table; its row also names the event for the trail. */
export function refuse(
  name: MfaErrorName,
  { method, until, changes, before = [] }: RefusalContext = {},
): Decision<never> {
  const row = MFA_ERRORS[name];
  const note = 'event' in row && { event: row.event, errorCode: row.code, ...(method !== undefined && { method }) };
  return {
    outcome: { refused: name, ...(until && { until }) },
    notes: note ? [...before, note] : before,
    ...(changes && { changes }),
  };
}

/** Refuses every request about an account that was ended. */
export function refuseEnded({ endedAt }: AccountState, { errorWording }: Rules): Decision<never> | undefined {
  return endedAt ? refuse(NOT_FOUND[errorWording]) : undefined;
}

export function after(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1000);
}

/** The end of the account's lock, or undefined if it is not locked. */
export function lockOf({ lockedUntil }: AccountState, { now }: Rules): Date | undefined {
  return lockedUntil && lockedUntil > now ? lockedUntil : undefined;
}

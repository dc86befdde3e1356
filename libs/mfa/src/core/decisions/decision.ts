import type { AccountKind } from '../account.js';
import type { AccountState } from '../account-state.js';
import type { AuditNote } from '../audit.js';
import type { Changes } from '../changes.js';
import { MFA_ERRORS, NOT_FOUND, type MfaErrorName } from '../mfa-errors.js';
import type { MfaLimits } from '../limits.js';

/** What decisions are taken by, beside the state of the account. */
export interface Rules {
  readonly now: Date;
  readonly limits: MfaLimits;
  /** The methods that protect nothing alone. */
  readonly backups: ReadonlySet<string>;
  /** In whose words an account that is gone is answered. */
  readonly errorWording: AccountKind;
}

/** `until`: when it is worth to try again. */
export interface Refused {
  readonly refused: MfaErrorName;
  readonly until?: Date;
}

export type Outcome<T> = { readonly passed: T } | Refused;

/** The answer to one question about one account: nothing happens unless all of it is committed. */
export interface Decision<T> {
  readonly outcome: Outcome<T>;
  /** Undefined: nothing changes but the trail. */
  readonly changes?: Changes;
  readonly notes: readonly AuditNote[];
}

export function pass<T>(passed: T, changes?: Changes, notes: readonly AuditNote[] = []): Decision<T> {
  return { outcome: { passed }, notes, ...(changes && { changes }) };
}

/** What the refusal is about, and what changed although it was refused. */
interface RefusalContext {
  readonly method?: string;
  readonly until?: Date;
  readonly changes?: Changes;
  /** What happened before it. */
  readonly before?: readonly AuditNote[];
}

/** The row of the error table says how the trail calls it. */
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

/** The refusal of whatever is asked about an account that ended. */
export function refuseEnded({ endedAt }: AccountState, { errorWording }: Rules): Decision<never> | undefined {
  return endedAt ? refuse(NOT_FOUND[errorWording]) : undefined;
}

export function after(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1000);
}

/** The end of the lock while there is one. */
export function lockOf({ lockedUntil }: AccountState, { now }: Rules): Date | undefined {
  return lockedUntil && lockedUntil > now ? lockedUntil : undefined;
}

import type { AccountKind } from './account.js';
import { FactorStatus, type Factor } from './factor.js';

/** The status of a method after an event about it. */
const STATUS_AFTER = {
  'activation-begun': FactorStatus.pending,
  activated: FactorStatus.active,
  deactivated: FactorStatus.disabled,
  removed: FactorStatus.disabled,
} as const;

/** An entry of the trail about a protecting method of an account, or about all of them. */
type MethodChange = { /** In ISO 8601. */ readonly at: string } & (
  | { readonly event: keyof typeof STATUS_AFTER; readonly method: string }
  | { readonly event: 'imported'; readonly imported: readonly Factor[] | null }
  | { readonly event: 'account-ended' }
);

/** What the trail says about the protecting methods of one account, oldest first. */
export interface MethodChanges {
  readonly kind: AccountKind;
  /** When the first of the methods that it has now was activated. Null if it has none. */
  readonly protectedSince: Date | null;
  readonly changes: readonly MethodChange[];
}

/** From one moment to before another, in milliseconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * The times before `protectedSince` in which an account was protected, by methods that it no longer has.
 *
 * If the beginning of an ended method is not in the trail any more, the method counts as active from the beginning of
 * time. A method that was only begun has the event `removed` as well.
 */
export function formerProtection({ protectedSince, changes }: MethodChanges): readonly Span[] {
  const spans: Span[] = [];
  const statuses: Statuses = new Map();
  const end = protectedSince?.getTime() ?? Infinity;
  let from: number | undefined;
  for (const change of changes) {
    const at = Date.parse(change.at);
    if (isEndOfUnknown(change, statuses)) from = -Infinity;
    apply(change, statuses);
    const isProtected = [...statuses.values()].includes(FactorStatus.active);
    if (isProtected) from ??= at;
    else if (from !== undefined) {
      spans.push({ from, until: Math.min(at, end) });
      from = undefined;
    }
  }
  if (from !== undefined && protectedSince) spans.push({ from, until: end });
  return spans;
}

type Statuses = Map<string, FactorStatus>;

function isEndOfUnknown(change: MethodChange, statuses: Statuses): boolean {
  return 'method' in change && STATUS_AFTER[change.event] === FactorStatus.disabled && !statuses.has(change.method);
}

function apply(change: MethodChange, statuses: Statuses): void {
  if (change.event === 'account-ended') statuses.clear();
  else if (change.event !== 'imported') statuses.set(change.method, STATUS_AFTER[change.event]);
  else for (const { method, status } of change.imported ?? []) statuses.set(method, status);
}

const CHANGES = 5;
const WINDOW_MS = 24 * 60 * 60 * 1000;

/** The times of the changes that count, including this one; or the time from which the next change is allowed. */
export type AddressAllowance =
  | { readonly changedAt: Date[]; readonly blockedUntil?: never }
  | { readonly changedAt?: never; readonly blockedUntil: Date };

/**
 * Takes one of the five changes of an e-mail address that are allowed in 24 hours (contract: resources, section 5,
 * point 13). A change that is refused because the address is in use counts too: otherwise customers could find out
 * which addresses are in use, without a limit.
 *
 * Every time is stored: a window that starts with the first change, or a rate that allows five at once, would allow up
 * to ten changes within 24 hours.
 *
 * @param former the times of the last changes, in any order
 */
export function takeAddressChange(former: readonly Date[], now: Date): AddressAllowance {
  const counted = former
    .filter((moment) => moment.getTime() > now.getTime() - WINDOW_MS)
    .toSorted((a, b) => a.getTime() - b.getTime());
  const decisive = counted.at(-CHANGES);
  if (decisive) return { blockedUntil: new Date(decisive.getTime() + WINDOW_MS) };
  return { changedAt: [...counted, now] };
}

const CHANGES = 5;
const WINDOW_MS = 24 * 60 * 60 * 1000;

/** The changes that count from now on, this one among them; or from when on there is one left. */
export type AddressAllowance =
  | { readonly changedAt: Date[]; readonly blockedUntil?: never }
  | { readonly changedAt?: never; readonly blockedUntil: Date };

/**
 * Takes one of the five changes of an e-mail address in 24 hours (contract: resources, section 5, point 13).
 *
 * The moments themselves are kept: a window that begins with the first change, or a rate that lets five through at once,
 * would let up to ten through within 24 hours.
 *
 * @param former the moments of the last changes, in any order
 */
export function takeAddressChange(former: readonly Date[], now: Date): AddressAllowance {
  const counted = former
    .filter((moment) => moment.getTime() > now.getTime() - WINDOW_MS)
    .toSorted((a, b) => a.getTime() - b.getTime());
  const decisive = counted.at(-CHANGES);
  if (decisive) return { blockedUntil: new Date(decisive.getTime() + WINDOW_MS) };
  return { changedAt: [...counted, now] };
}

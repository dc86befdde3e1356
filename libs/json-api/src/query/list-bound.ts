/**
 * How far a list goes: as many entries can be paged to, and are counted. To count a long list, or to skip a deep offset,
 * reads it from its beginning; what is asked for beyond is found by filters.
 */
export const MOST_LISTED = 10_000;

/** As many entries of a list are counted: one more than listed tells that there are more. */
export const MOST_COUNTED = MOST_LISTED + 1;

/**
 * The number of entries of a list that can be paged to. Counting a long list or skipping many entries reads it from the
 * beginning. Clients find other entries with filters.
 */
export const MOST_LISTED = 10_000;

/** The number of entries that are counted: one more, to tell that there are more. */
export const MOST_COUNTED = MOST_LISTED + 1;

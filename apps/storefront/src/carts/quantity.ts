/** The most of one product that a cart holds. */
export const MAXIMUM_QUANTITY = 1_000_000;

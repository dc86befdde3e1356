/** The maximum quantity of one product in a cart. */
export const MAXIMUM_QUANTITY = 1_000_000;

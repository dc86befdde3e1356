import type { Priced, Pricing } from './calculation.js';

/** An item of a cart with the product's current data from the catalogue. */
export interface CartLine extends Priced {
  readonly groupKey: string;
  readonly sku: string;
  readonly abstractSku: string;
  readonly name: string;
  readonly stock: number;
  readonly neverOutOfStock: boolean;
}

/** A stored cart with its items, in the order in which they were added. */
export interface FilledCart extends Pricing {
  readonly uuid: string;
  readonly name: string;
  readonly store: string;
  readonly isDefault: boolean;
  readonly version: number;
  readonly items: readonly CartLine[];
}

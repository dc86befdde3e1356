import { createHash } from 'node:crypto';
import { totalsOf } from './calculation.js';
import type { FilledCart } from './cart.js';

/** The entity tag of a cart. It changes with the cart, its items, and their prices. */
export function etagOf(cart: FilledCart): string {
  const state = JSON.stringify([cart.uuid, cart.version, totalsOf(cart.items, [], cart)]);
  return createHash('md5').update(state).digest('hex');
}

import { Injectable, Logger } from '@nestjs/common';
import type { Shopper } from '../access/shopper.js';
import { freeName } from './cart-name.js';
import { CartTransactions } from './cart-transactions.repository.js';
import { MergeChanges, type MergedCart } from './merge-changes.repository.js';

/** Gives customers what they put into a cart before they logged in (contract: resources, section 1.1). */
@Injectable()
export class CartMergeService {
  private readonly logger = new Logger(CartMergeService.name);

  constructor(private readonly transactions: CartTransactions) {}

  /**
   * The guest's cart becomes the customer's default, or its items go to the default that the customer has. Where that
   * one states its prices in another way, the guest's cart becomes one more cart.
   *
   * It never fails: where it cannot be done the guest keeps the cart, and the login stands.
   */
  async mergeAfterLogin(guest: Shopper, customerId: string): Promise<void> {
    try {
      await this.transactions.run(MergeChanges, (changes) => merge(guest, customerId, changes));
    } catch (error) {
      this.logger.error({ event: 'cart.merge_failed', err: error });
    }
  }
}

async function merge(guest: Shopper, customerId: string, changes: MergeChanges): Promise<void> {
  const { carts } = changes;
  if (!(await carts.lockCustomer(customerId))) return;
  const guestCart = await changes.lockGuestCart(guest);
  if (!guestCart) return;
  const { uuid, name } = guestCart;
  const standard = await changes.lockDefaultCart(customerId);
  if (!standard || !isLike(standard, guestCart)) {
    return changes.adopt(uuid, customerId, freeName(name, await carts.namesOf(customerId)), !standard);
  }
  await changes.pour(uuid, standard.uuid);
  await carts.delete(uuid);
}

function isLike(a: MergedCart, b: MergedCart): boolean {
  return a.store === b.store && a.currency === b.currency && a.priceMode === b.priceMode;
}

import { Inject, Injectable, Logger } from '@nestjs/common';
import { SETTINGS, type Settings } from '#platform';
import type { Shopper } from '../access/shopper.js';
import { uniqueName } from './cart-name.js';
import { CartTransactions } from './cart-transactions.repository.js';
import { MergeChanges, type MergedCart } from './merge-changes.repository.js';

/** Gives customers what they put into a cart before they logged in (contract: resources, section 1.1). */
@Injectable()
export class CartMergeService {
  private readonly logger = new Logger(CartMergeService.name);

  constructor(
    private readonly transactions: CartTransactions,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * The guest's cart becomes the customer's default, or its items go to the default that the customer has. Where that
   * one states its prices in another way, or cannot hold all of them, the guest's cart becomes one more cart.
   *
   * It never fails: where it cannot be done, or the customer has as many carts as they may, the guest keeps the cart,
   * and the login stands.
   */
  async mergeAfterLogin(guest: Shopper, customerId: string): Promise<void> {
    try {
      await this.transactions.run(MergeChanges, (changes) => this.merge(guest, customerId, changes));
    } catch (error) {
      this.logger.error({ event: 'cart.merge_failed', err: error });
    }
  }

  private async merge(guest: Shopper, customerId: string, changes: MergeChanges): Promise<void> {
    const { carts } = changes;
    const { customerCarts, cartItems } = this.settings.limits;
    if (!(await carts.lockCustomer(customerId))) return;
    const guestCart = await changes.lockGuestCart(guest);
    if (!guestCart) return;
    const { uuid, name } = guestCart;
    const standard = await changes.lockDefaultCart(customerId);
    if (standard && isLike(standard, guestCart) && (await changes.countItems([uuid, standard.uuid])) <= cartItems) {
      await changes.moveItems(uuid, standard.uuid);
      await carts.delete(uuid);
    } else if (await carts.hasCarts(customerId, customerCarts)) {
      this.logger.log({ event: 'cart.merge_refused', limit: customerCarts });
    } else {
      await changes.assignToCustomer(uuid, customerId, uniqueName(name, await carts.namesOf(customerId)), !standard);
    }
  }
}

function isLike(a: MergedCart, b: MergedCart): boolean {
  return a.store === b.store && a.currency === b.currency && a.priceMode === b.priceMode;
}

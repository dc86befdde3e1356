import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { Clock, SETTINGS, type Settings } from '#platform';
import type { Shopper } from '../access/shopper.js';
import { lockCustomer } from '../access/customer-lock.js';
import { uniqueName } from './cart-name.js';
import type { Cart } from './cart.entity.js';
import { CartsRepository } from './carts.repository.js';

/** Moves a guest's cart to the customer after the login (contract: resources, section 1.1). */
@Injectable()
export class CartMergeService {
  private readonly logger = new Logger(CartMergeService.name);

  constructor(
    private readonly carts: CartsRepository,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * The guest's cart becomes the customer's default cart, or its items move to the existing default cart. If that cart
   * has other price settings or not enough room, the guest's cart becomes an additional cart.
   *
   * Never fails: if an error occurs, or the customer has the maximum number of carts, the guest keeps the cart, and the
   * login succeeds.
   */
  async mergeAfterLogin(guest: Shopper, customerId: string): Promise<void> {
    try {
      await this.dataSource.transaction((manager) => this.merge(guest, customerId, manager));
    } catch (error) {
      this.logger.error({ event: 'cart.merge_failed', err: error });
    }
  }

  private async merge({ guestHash }: Shopper, customerId: string, manager: EntityManager): Promise<void> {
    const { customerCarts, cartItems } = this.settings.limits;
    if (guestHash === null || !(await lockCustomer(manager, customerId))) return;
    const guestCart = await this.carts.lockOfGuest(guestHash, manager);
    if (!guestCart) return;
    const { uuid } = guestCart;
    const now = this.clock.now();
    const standard = await this.carts.lockDefault(customerId, manager);
    if (
      standard &&
      hasSamePricing(standard, guestCart) &&
      (await this.carts.countItems([uuid, standard.uuid], manager)) <= cartItems
    ) {
      await this.carts.moveItems(uuid, standard.uuid, now, manager);
      await this.carts.delete(uuid, manager);
    } else if (await this.carts.hasCarts(customerId, customerCarts, manager)) {
      this.logger.log({ event: 'cart.merge_refused', limit: customerCarts });
    } else {
      const name = uniqueName(guestCart.name, await this.carts.namesOf(customerId, manager));
      await this.carts.assignToCustomer(uuid, customerId, { name, isDefault: !standard }, now, manager);
    }
  }
}

/** Prices can only be added if store, currency and price mode are the same. */
function hasSamePricing(a: Cart, b: Cart): boolean {
  return a.store === b.store && a.currency === b.currency && a.priceMode === b.priceMode;
}

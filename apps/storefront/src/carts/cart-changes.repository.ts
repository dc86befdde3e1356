import type { EntityManager } from 'typeorm';
import type { Shopper } from '../access/shopper.js';
import { lockCustomer } from '../customers/customer-lock.repository.js';
import { Store } from '../catalogue/store.entity.js';
import { Cart } from './cart.entity.js';
import { findCartOfAnybody, lockCart } from './cart-reading.repository.js';
import type { FilledCart } from './cart.js';

/** What of a cart can be changed. */
export type CartSettings = Pick<FilledCart, 'name' | 'store' | 'currency' | 'priceMode'>;

/**
 * What one change of carts reads and writes, in one transaction.
 *
 * The customer is locked before any cart: which cart is the default and which names are taken is then settled for one
 * change after the other, and no two wait for each other.
 */
export class CartChanges {
  constructor(
    private readonly manager: EntityManager,
    private readonly now: Date,
  ) {}

  /** @returns false for an account that ended */
  async lockCustomer(customerId: string): Promise<boolean> {
    return (await lockCustomer(this.manager, customerId)) !== undefined;
  }

  lockCart(uuid: string, shopper: Shopper): Promise<FilledCart | undefined> {
    return lockCart(this.manager, uuid, shopper);
  }

  /** Whoever's cart it is; for comparisons, never for an answer. */
  findOfAnybody(uuid: string): Promise<FilledCart | undefined> {
    return findCartOfAnybody(this.manager, uuid);
  }

  findStore(name: string): Promise<Store | null> {
    return this.manager.findOneBy(Store, { name });
  }

  /** Whether the customer, who is locked, has so many carts or more. */
  async hasCarts(customerId: string, count: number): Promise<boolean> {
    const rows = await this.manager.query<unknown[]>(`SELECT FROM cart WHERE customer_id = $1 OFFSET $2 LIMIT 1`, [
      customerId,
      count - 1,
    ]);
    return rows.length > 0;
  }

  /** The names of the customer's carts. */
  async namesOf(customerId: string): Promise<Set<string>> {
    const rows = await this.manager.query<{ name: string }[]>(`SELECT name FROM cart WHERE customer_id = $1`, [
      customerId,
    ]);
    return new Set(rows.map(({ name }) => name));
  }

  /**
   * Stores a cart as the customer's default.
   *
   * Which cart is the default is no change of the other carts: entity tags that clients hold of them stay good.
   */
  async insertDefault(uuid: string, customerId: string, settings: CartSettings): Promise<void> {
    await this.manager.query(`UPDATE cart SET is_default = false WHERE customer_id = $1 AND is_default`, [customerId]);
    const times = { createdAt: this.now, updatedAt: this.now };
    await this.manager.insert(Cart, { uuid, customerId, guestHash: null, isDefault: true, ...settings, ...times });
  }

  async update(uuid: string, { name, store, currency, priceMode }: CartSettings): Promise<void> {
    await this.manager.query(
      `UPDATE cart SET name = $2, store = $3, currency = $4, price_mode = $5, version = version + 1, updated_at = $6
       WHERE uuid = $1`,
      [uuid, name, store, currency, priceMode, this.now],
    );
  }

  /** @returns false when there is nothing to delete */
  async delete(uuid: string): Promise<boolean> {
    const [, count] = await this.manager.query<[unknown[], number]>(`DELETE FROM cart WHERE uuid = $1`, [uuid]);
    return count > 0;
  }

  /** For a customer whose default is gone. */
  async makeNewestDefault(customerId: string): Promise<void> {
    await this.manager.query(
      `UPDATE cart SET is_default = true
       WHERE uuid = (SELECT uuid FROM cart WHERE customer_id = $1 ORDER BY created_at DESC, uuid DESC LIMIT 1)`,
      [customerId],
    );
  }
}

import type { EntityManager } from 'typeorm';
import type { Shopper } from '../access/shopper.js';
import type { Pricing } from './calculation.js';
import { CartChanges } from './cart-changes.repository.js';
import { MAXIMUM_QUANTITY } from './quantity.js';

/** What a merge asks of a cart: only prices that are stated alike can be added up. */
export interface MergedCart extends Pricing {
  readonly uuid: string;
  readonly name: string;
  readonly store: string;
}

const COLUMNS = `uuid, name, store, currency, price_mode AS "priceMode"`;

/** What the merge of a guest's cart with a customer's reads and writes, in one transaction. */
export class MergeChanges {
  /** What a merge has in common with other changes of carts. */
  readonly carts: CartChanges;

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Date,
  ) {
    this.carts = new CartChanges(manager, now);
  }

  /** The guest's cart, locked. */
  async lockGuestCart({ guestHash }: Shopper): Promise<MergedCart | undefined> {
    const [cart] = await this.manager.query<MergedCart[]>(
      `SELECT ${COLUMNS} FROM cart WHERE guest_hash = $1 FOR UPDATE`,
      [guestHash],
    );
    return cart;
  }

  /** The customer's default cart, locked. */
  async lockDefaultCart(customerId: string): Promise<MergedCart | undefined> {
    const [cart] = await this.manager.query<MergedCart[]>(
      `SELECT ${COLUMNS} FROM cart WHERE customer_id = $1 AND is_default FOR UPDATE`,
      [customerId],
    );
    return cart;
  }

  /** Makes a guest's cart one of the customer, the default where there is none. */
  async assignToCustomer(uuid: string, customerId: string, name: string, isDefault: boolean): Promise<void> {
    await this.manager.query(
      `UPDATE cart SET customer_id = $2, guest_hash = NULL, client_network = NULL, is_default = $5, name = $3, version = version + 1,
         updated_at = $4
       WHERE uuid = $1`,
      [uuid, customerId, name, this.now, isDefault],
    );
  }

  /** How many different products two locked carts hold together. */
  async countItems(carts: readonly string[]): Promise<number> {
    const [row] = await this.manager.query<{ count: number }[]>(
      `SELECT count(DISTINCT group_key)::int AS count FROM cart_item WHERE cart_uuid = ANY ($1)`,
      [carts],
    );
    return row?.count ?? 0;
  }

  /** Puts the items of one cart into another one; quantities add up, to no more than the most a cart holds. */
  async moveItems(from: string, to: string): Promise<void> {
    await this.manager.query(
      `WITH poured AS (
         INSERT INTO cart_item (cart_uuid, group_key, sku, quantity, added_at)
         SELECT $2::uuid, group_key, sku, quantity, added_at FROM cart_item WHERE cart_uuid = $1
         ON CONFLICT (cart_uuid, group_key)
           DO UPDATE SET quantity = least(cart_item.quantity + excluded.quantity, $3))
       UPDATE cart SET version = version + 1, updated_at = $4 WHERE uuid = $2`,
      [from, to, MAXIMUM_QUANTITY, this.now],
    );
  }
}

import type { EntityManager } from 'typeorm';
import { prepared, type Statement } from '#platform';
import type { Shopper } from '../access/shopper.js';
import type { CartSettings } from '../carts/cart-changes.repository.js';
import { lockCart } from '../carts/cart-reading.repository.js';
import type { CartLine, FilledCart } from '../carts/cart.js';
import { openGuestCart, type GuestCartAllowance } from './guest-cart-opening.repository.js';

/** What the catalogue says of a product. */
export type ProductFacts = Omit<CartLine, 'groupKey' | 'quantity'>;

const PRODUCT: Statement = {
  name: 'cart_product',
  text: `
    SELECT sku, abstract_sku AS "abstractSku", name, prices, tax_rate::float8 AS "taxRate", stock,
      never_out_of_stock AS "neverOutOfStock"
    FROM product WHERE sku = $1`,
};

/** A change of a cart's items, of which the cart's new version is a part. */
const change = (name: string, statement: string): Statement => ({
  name,
  text: `WITH item AS (${statement}) UPDATE cart SET version = version + 1, updated_at = $2 WHERE uuid = $1`,
});

const ADD = change(
  'cart_item_add',
  `INSERT INTO cart_item (cart_uuid, group_key, sku, quantity, added_at) VALUES ($1, $3, $3, $4, $2)
   ON CONFLICT (cart_uuid, group_key) DO UPDATE SET quantity = cart_item.quantity + excluded.quantity`,
);

const SET_QUANTITY = change(
  'cart_item_set_quantity',
  `UPDATE cart_item SET quantity = $4 WHERE cart_uuid = $1 AND group_key = $3`,
);

const REMOVE = change('cart_item_remove', `DELETE FROM cart_item WHERE cart_uuid = $1 AND group_key = $3`);

/** What one change of a cart's items reads and writes, in one transaction; its callers lock the cart first. */
export class ItemChanges {
  constructor(
    private readonly manager: EntityManager,
    private readonly now: Date,
  ) {}

  lockCart(uuid: string, shopper: Shopper): Promise<FilledCart | undefined> {
    return lockCart(this.manager, uuid, shopper);
  }

  /** @returns the uuid of the guest's one cart, which is locked @throws ApiException 429 for a cart too many */
  openGuestCart(guest: Shopper, settings: CartSettings, allowance: GuestCartAllowance): Promise<string> {
    return openGuestCart(this.manager, guest, settings, allowance, this.now);
  }

  /** @returns undefined for a product that is not sold */
  async findProduct(sku: string): Promise<ProductFacts | undefined> {
    const [row] = await prepared<ProductFacts>(this.manager, PRODUCT, [sku]);
    return row;
  }

  /** Puts a product into the cart, or more of one that is there; its sku is the group key. */
  async add(cartUuid: string, sku: string, quantity: number): Promise<void> {
    await prepared(this.manager, ADD, [cartUuid, this.now, sku, quantity]);
  }

  async setQuantity(cartUuid: string, groupKey: string, quantity: number): Promise<void> {
    await prepared(this.manager, SET_QUANTITY, [cartUuid, this.now, groupKey, quantity]);
  }

  async remove(cartUuid: string, groupKey: string): Promise<void> {
    await prepared(this.manager, REMOVE, [cartUuid, this.now, groupKey]);
  }
}

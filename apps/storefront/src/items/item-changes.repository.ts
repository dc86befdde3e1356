import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { prepared, type Statement } from '#platform';
import type { Shopper } from '../access/shopper.js';
import type { CartSettings } from '../carts/cart-changes.repository.js';
import { lockCart } from '../carts/cart-reading.repository.js';
import type { CartLine, FilledCart } from '../carts/cart.js';

/** What the catalogue says of a product. */
export type ProductFacts = Omit<CartLine, 'groupKey' | 'quantity'>;

const GUEST_CART_LIFE_MS = 90 * 24 * 60 * 60 * 1000;

/** Opening one sweeps two that nobody touched for long, so that made-up guests do not pile up. */
const OPEN_GUEST_CART: Statement = {
  name: 'cart_open_of_guest',
  text: `
    WITH swept AS (
      DELETE FROM cart WHERE uuid IN (
        SELECT uuid FROM cart WHERE guest_hash IS NOT NULL AND guest_hash <> $2 AND updated_at < $8::timestamptz
        ORDER BY updated_at LIMIT 2 FOR UPDATE SKIP LOCKED)
    )
    INSERT INTO cart (uuid, guest_hash, name, store, currency, price_mode, is_default, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, true, $7, $7)
    ON CONFLICT (guest_hash) DO UPDATE SET updated_at = excluded.updated_at RETURNING uuid`,
};

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

  /** The guest's one cart, locked; a new one where there was none. @returns its uuid */
  async openGuestCart(guest: Shopper, { name, store, currency, priceMode }: CartSettings): Promise<string> {
    const abandoned = new Date(this.now.getTime() - GUEST_CART_LIFE_MS);
    const values = [randomUUID(), guest.guestHash, name, store, currency, priceMode, this.now, abandoned];
    const [row] = await prepared<{ uuid: string }>(this.manager, OPEN_GUEST_CART, values);
    return row?.uuid ?? '';
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

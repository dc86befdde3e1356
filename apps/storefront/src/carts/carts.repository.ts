import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { run } from '#sql';
import type { FilledCart } from './cart.js';
import { CartItem } from './cart-item.entity.js';
import { Cart } from './cart.entity.js';
import { MOVE_ITEMS } from './carts.sql.js';
import { MAXIMUM_QUANTITY } from './quantity.js';

/** What of a cart can be changed. */
export type CartSettings = Pick<FilledCart, 'name' | 'store' | 'currency' | 'priceMode'>;

/** Every change is a new version of the cart: entity tags that clients hold of it are over. */
const nextVersion = () => 'version + 1';

/**
 * Changes of carts, in the transaction of `manager`.
 *
 * The customer is locked before any cart: which cart is the default and which names are taken is then settled for one
 * change after the other, and no two wait for each other.
 */
@Injectable()
export class CartsRepository {
  /** The guest's cart, locked. */
  lockOfGuest(guestHash: Buffer, manager: EntityManager): Promise<Cart | null> {
    return manager.findOne(Cart, { where: { guestHash }, lock: { mode: 'pessimistic_write' } });
  }

  /** The customer's default cart, locked. */
  lockDefault(customerId: string, manager: EntityManager): Promise<Cart | null> {
    return manager.findOne(Cart, { where: { customerId, isDefault: true }, lock: { mode: 'pessimistic_write' } });
  }

  /** Whether the customer, who is locked, has so many carts or more. */
  async hasCarts(customerId: string, count: number, manager: EntityManager): Promise<boolean> {
    const carts = await manager.find(Cart, { select: { uuid: true }, where: { customerId }, take: count });
    return carts.length === count;
  }

  /** The names of the customer's carts. */
  async namesOf(customerId: string, manager: EntityManager): Promise<Set<string>> {
    const carts = await manager.find(Cart, { select: { uuid: true, name: true }, where: { customerId } });
    return new Set(carts.map(({ name }) => name));
  }

  /**
   * Stores a cart as the customer's default.
   *
   * Which cart is the default is no change of the other carts: entity tags that clients hold of them stay good.
   */
  async insertDefault(
    uuid: string,
    customerId: string,
    settings: CartSettings,
    now: Date,
    manager: EntityManager,
  ): Promise<void> {
    await manager.update(Cart, { customerId, isDefault: true }, { isDefault: false });
    const times = { createdAt: now, updatedAt: now };
    await manager.insert(Cart, { uuid, customerId, guestHash: null, isDefault: true, ...settings, ...times });
  }

  async update(
    uuid: string,
    { name, store, currency, priceMode }: CartSettings,
    now: Date,
    manager: EntityManager,
  ): Promise<void> {
    const settings = { name, store, currency, priceMode };
    await manager.update(Cart, { uuid }, { ...settings, version: nextVersion, updatedAt: now });
  }

  /** @returns false when there is nothing to delete */
  async delete(uuid: string, manager: EntityManager): Promise<boolean> {
    const { affected } = await manager.delete(Cart, { uuid });
    return affected === 1;
  }

  /** For a customer whose default is gone. */
  async makeNewestDefault(customerId: string, manager: EntityManager): Promise<void> {
    const order = { createdAt: 'DESC', uuid: 'DESC' } as const;
    const newest = await manager.findOne(Cart, { select: { uuid: true }, where: { customerId }, order });
    if (newest) await manager.update(Cart, { uuid: newest.uuid }, { isDefault: true });
  }

  /** Makes a guest's cart one of the customer, the default where there is none. */
  async assignToCustomer(
    uuid: string,
    customerId: string,
    { name, isDefault }: Pick<Cart, 'name' | 'isDefault'>,
    now: Date,
    manager: EntityManager,
  ): Promise<void> {
    const owner = { customerId, guestHash: null, clientNetwork: null };
    await manager.update(Cart, { uuid }, { ...owner, name, isDefault, version: nextVersion, updatedAt: now });
  }

  /** How many different products two locked carts hold together. */
  async countItems(carts: readonly string[], manager: EntityManager): Promise<number> {
    const items = manager.createQueryBuilder(CartItem, 'item').where('item.cartUuid = ANY (:carts)', { carts });
    const row = await items.select('count(DISTINCT item.groupKey)::int', 'count').getRawOne<{ count: number }>();
    return row?.count ?? 0;
  }

  /** Puts the items of one cart into another one; quantities add up, to no more than the most a cart holds. */
  async moveItems(from: string, to: string, now: Date, manager: EntityManager): Promise<void> {
    await run(manager, MOVE_ITEMS, { from, to, most: MAXIMUM_QUANTITY });
    await this.touch(to, now, manager);
  }

  /** The items of a cart changed. */
  async touch(uuid: string, now: Date, manager: EntityManager): Promise<void> {
    await manager.update(Cart, { uuid }, { version: nextVersion, updatedAt: now });
  }
}

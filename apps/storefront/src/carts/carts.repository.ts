import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { run } from '#sql';
import type { FilledCart } from './cart.js';
import { CartItem } from './cart-item.entity.js';
import { Cart } from './cart.entity.js';
import { MOVE_ITEMS } from './carts.sql.js';
import { MAXIMUM_QUANTITY } from './quantity.js';

/** The members of a cart that can be changed. */
export type CartSettings = Pick<FilledCart, 'name' | 'store' | 'currency' | 'priceMode'>;

/** Every change makes a new version, so that the clients' entity tags become outdated. */
const nextVersion = () => 'version + 1';

/**
 * Writes carts, in the transaction of `manager`.
 *
 * The customer is locked before any cart: the default cart and the names in use then cannot change meanwhile, and
 * transactions do not deadlock.
 */
@Injectable()
export class CartsRepository {
  lockOfGuest(guestHash: Buffer, manager: EntityManager): Promise<Cart | null> {
    return manager.findOne(Cart, { where: { guestHash }, lock: { mode: 'pessimistic_write' } });
  }

  lockDefault(customerId: string, manager: EntityManager): Promise<Cart | null> {
    return manager.findOne(Cart, { where: { customerId, isDefault: true }, lock: { mode: 'pessimistic_write' } });
  }

  /** Whether the customer has at least this many carts. The customer must be locked. */
  async hasCarts(customerId: string, count: number, manager: EntityManager): Promise<boolean> {
    const carts = await manager.find(Cart, { select: { uuid: true }, where: { customerId }, take: count });
    return carts.length === count;
  }

  async namesOf(customerId: string, manager: EntityManager): Promise<Set<string>> {
    const carts = await manager.find(Cart, { select: { uuid: true, name: true }, where: { customerId } });
    return new Set(carts.map(({ name }) => name));
  }

  /**
   * Stores a cart as the customer's default.
   *
   * The other carts do not get a new version, so that the clients' entity tags for them stay valid.
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

  /** @returns false if the cart does not exist */
  async delete(uuid: string, manager: EntityManager): Promise<boolean> {
    const { affected } = await manager.delete(Cart, { uuid });
    return affected === 1;
  }

  /** For a customer without a default cart. */
  async makeNewestDefault(customerId: string, manager: EntityManager): Promise<void> {
    const order = { createdAt: 'DESC', uuid: 'DESC' } as const;
    const newest = await manager.findOne(Cart, { select: { uuid: true }, where: { customerId }, order });
    if (newest) await manager.update(Cart, { uuid: newest.uuid }, { isDefault: true });
  }

  /** Gives a guest's cart to the customer, as the default if there is none. */
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

  /** The number of different products in two locked carts together. */
  async countItems(carts: readonly string[], manager: EntityManager): Promise<number> {
    const items = manager.createQueryBuilder(CartItem, 'item').where('item.cartUuid = ANY (:carts)', { carts });
    const row = await items.select('count(DISTINCT item.groupKey)::int', 'count').getRawOne<{ count: number }>();
    return row?.count ?? 0;
  }

  /** Moves the items of one cart to another. Quantities are added, up to the maximum of a cart. */
  async moveItems(from: string, to: string, now: Date, manager: EntityManager): Promise<void> {
    await run(manager, MOVE_ITEMS, { from, to, most: MAXIMUM_QUANTITY });
    await this.touch(to, now, manager);
  }

  /** Call it after the items of a cart have changed. */
  async touch(uuid: string, now: Date, manager: EntityManager): Promise<void> {
    await manager.update(Cart, { uuid }, { version: nextVersion, updatedAt: now });
  }
}

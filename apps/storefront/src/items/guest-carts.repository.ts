import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MoreThan, type EntityManager } from 'typeorm';
import { ApiException, retryAfter } from '#json-api';
import { run } from '#sql';
import type { Shopper } from '../access/shopper.js';
import { Cart } from '../carts/cart.entity.js';
import { CART_ERRORS } from '../carts/carts.errors.js';
import type { CartSettings } from '../carts/carts.repository.js';
import { LOCK_NETWORK, OPEN_GUEST_CART } from './guest-carts.sql.js';

/** The client's network, and how many carts it may open in a day. 0: no limit. */
export interface GuestCartAllowance {
  readonly network: string;
  readonly limit: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFE_MS = 90 * DAY_MS;

@Injectable()
export class GuestCartsRepository {
  /**
   * Locks the guest's only cart, or opens a new one.
   *
   * @returns its uuid
   * @throws ApiException 429 if the network has opened the maximum number of carts in the last day and they still exist
   */
  async open(
    guest: Shopper,
    { name, store, currency, priceMode }: CartSettings,
    { network, limit }: GuestCartAllowance,
    now: Date,
    manager: EntityManager,
  ): Promise<string> {
    const own = await touch(guest, now, manager);
    if (own !== undefined) return own;
    if (limit > 0) await run(manager, LOCK_NETWORK, { network });
    const [abandoned, aDayAgo] = [LIFE_MS, DAY_MS].map((age) => new Date(now.getTime() - age)) as [Date, Date];
    const cart = { uuid: randomUUID(), guestHash: guest.guestHash, name, store, currency, priceMode, now };
    const allowance = { network: limit > 0 ? network : null, limit, abandoned, aDayAgo };
    const [opened] = await run<{ uuid: string }>(manager, OPEN_GUEST_CART, { ...cart, ...allowance });
    if (opened) return opened.uuid;
    const since = (await findBlockingCart({ network, limit }, aDayAgo, manager))?.createdAt ?? now;
    const until = new Date(since.getTime() + DAY_MS);
    throw new ApiException(CART_ERRORS.tooManyGuestCarts, retryAfter(until, now));
  }
}

/** @returns the uuid of the guest's cart, which is then locked */
async function touch({ guestHash }: Shopper, now: Date, manager: EntityManager): Promise<string | undefined> {
  if (!guestHash) return undefined;
  const { raw } = await manager.update(Cart, { guestHash }, { updatedAt: now }, { returning: ['uuid'] });
  return (raw as { uuid: string }[])[0]?.uuid;
}

/** The network's cart that must become a day old before another one can be opened. */
async function findBlockingCart(
  { network, limit }: GuestCartAllowance,
  since: Date,
  manager: EntityManager,
): Promise<Cart | undefined> {
  const where = { clientNetwork: network, createdAt: MoreThan(since) };
  const [cart] = await manager.find(Cart, { where, order: { createdAt: 'DESC' }, skip: limit - 1, take: 1 });
  return cart;
}

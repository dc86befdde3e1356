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

/** Where a guest's request came from, and how many carts may be opened there in a day; 0: any number. */
export interface GuestCartAllowance {
  readonly network: string;
  readonly limit: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFE_MS = 90 * DAY_MS;

@Injectable()
export class GuestCartsRepository {
  /**
   * The guest's one cart, locked; a new one where there was none.
   *
   * @returns its uuid
   * @throws ApiException 429 when the network has opened as many carts in the last day as it may, and they are still there
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
    const since = (await findDecisive({ network, limit }, aDayAgo, manager))?.createdAt ?? now;
    const until = new Date(since.getTime() + DAY_MS);
    throw new ApiException(CART_ERRORS.tooManyGuestCarts, retryAfter(until, now));
  }
}

/** @returns the uuid of the guest's cart, which is locked */
async function touch({ guestHash }: Shopper, now: Date, manager: EntityManager): Promise<string | undefined> {
  if (!guestHash) return undefined;
  const { raw } = await manager.update(Cart, { guestHash }, { updatedAt: now }, { returning: ['uuid'] });
  return (raw as { uuid: string }[])[0]?.uuid;
}

/** The cart of the network that has to be a day old before another one is opened. */
async function findDecisive(
  { network, limit }: GuestCartAllowance,
  since: Date,
  manager: EntityManager,
): Promise<Cart | undefined> {
  const where = { clientNetwork: network, createdAt: MoreThan(since) };
  const [cart] = await manager.find(Cart, { where, order: { createdAt: 'DESC' }, skip: limit - 1, take: 1 });
  return cart;
}

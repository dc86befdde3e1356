import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ApiException, retryAfter } from '#json-api';
import { prepared, type Statement } from '#platform';
import type { Shopper } from '../access/shopper.js';
import { CART_ERRORS } from '../carts/carts.errors.js';
import type { CartSettings } from '../carts/carts.repository.js';

/** Where a guest's request came from, and how many carts may be opened there in a day; 0: any number. */
export interface GuestCartAllowance {
  readonly network: string;
  readonly limit: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFE_MS = 90 * DAY_MS;

const TOUCH: Statement = {
  name: 'cart_touch_of_guest',
  text: `
    WITH touched AS (UPDATE cart SET updated_at = $2 WHERE guest_hash = $1 RETURNING uuid) SELECT uuid FROM touched`,
};

/** Carts of one network are opened one after the other; whoever has a cart never waits here. */
const LOCK_NETWORK: Statement = {
  name: 'cart_lock_network',
  text: `SELECT pg_advisory_xact_lock(hashtextextended('guest carts of ' || $1, 0))`,
};

/** The cart of the network that has to be a day old before another one is opened. */
const DECISIVE = (network: string, since: string, limit: string): string => `
  SELECT created_at FROM cart WHERE client_network = ${network} AND created_at > ${since}
  ORDER BY created_at DESC OFFSET ${limit}::int - 1 LIMIT 1`;

/**
 * Opening one sweeps two that nobody touched for long, so that made-up guests do not pile up, and forgets two networks
 * that count no more.
 */
const OPEN: Statement = {
  name: 'cart_open_of_guest',
  text: `
    WITH swept AS (
      DELETE FROM cart WHERE uuid IN (
        SELECT uuid FROM cart WHERE guest_hash IS NOT NULL AND guest_hash <> $2 AND updated_at < $8::timestamptz
        ORDER BY updated_at LIMIT 2 FOR UPDATE SKIP LOCKED)
    ), forgotten AS (
      UPDATE cart SET client_network = NULL WHERE uuid IN (
        SELECT uuid FROM cart
        WHERE client_network IS NOT NULL AND created_at <= $10 AND guest_hash <> $2 AND updated_at >= $8
        ORDER BY created_at LIMIT 2 FOR UPDATE SKIP LOCKED)
    )
    INSERT INTO cart (uuid, guest_hash, name, store, currency, price_mode, is_default, created_at, updated_at,
      client_network)
    SELECT $1::uuid, $2::bytea, $3::text, $4::text, $5::text, $6::text, true, $7::timestamptz, $7, $9::text
    WHERE $9 IS NULL OR NOT EXISTS (${DECISIVE('$9', '$10::timestamptz', '$11')})
      OR EXISTS (SELECT FROM cart WHERE guest_hash = $2)
    ON CONFLICT (guest_hash) DO UPDATE SET updated_at = excluded.updated_at RETURNING uuid`,
};

const BLOCKING: Statement = { name: 'cart_blocking_guests', text: DECISIVE('$1', '$2', '$3') };

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
    const [own] = await prepared<{ uuid: string }>(manager, TOUCH, [guest.guestHash, now]);
    if (own) return own.uuid;
    if (limit > 0) await prepared(manager, LOCK_NETWORK, [network]);
    const [abandoned, aDayAgo] = [LIFE_MS, DAY_MS].map((age) => new Date(now.getTime() - age));
    const cart = [randomUUID(), guest.guestHash, name, store, currency, priceMode, now];
    const counted = limit > 0 ? network : null;
    const [opened] = await prepared<{ uuid: string }>(manager, OPEN, [...cart, abandoned, counted, aDayAgo, limit]);
    if (opened) return opened.uuid;
    const [blocking] = await prepared<{ created_at: Date }>(manager, BLOCKING, [network, aDayAgo, limit]);
    const until = new Date((blocking?.created_at ?? now).getTime() + DAY_MS);
    throw new ApiException(CART_ERRORS.tooManyGuestCarts, retryAfter(until, now));
  }
}

import { statement } from '#sql';

/** Carts of one network are opened one after another. Guests with a cart never wait here. */
export const LOCK_NETWORK = statement(
  'cart_lock_network',
  `SELECT pg_advisory_xact_lock(hashtextextended('guest carts of ' || :network, 0))`,
);

/**
 * Opens a cart. Also deletes two that were not used for a long time, so that invented guests do not fill the table, and
 * removes the network of two carts that no longer count. Opens none if `findBlockingCart` of the repository would
 * find a cart.
 */
export const OPEN_GUEST_CART = statement(
  'cart_open_of_guest',
  `
    WITH swept AS (
      DELETE FROM cart WHERE uuid IN (
        SELECT uuid FROM cart
        WHERE guest_hash IS NOT NULL AND guest_hash <> :guestHash AND updated_at < :abandoned::timestamptz
        ORDER BY updated_at LIMIT 2 FOR UPDATE SKIP LOCKED)
    ), forgotten AS (
      UPDATE cart SET client_network = NULL WHERE uuid IN (
        SELECT uuid FROM cart
        WHERE client_network IS NOT NULL AND created_at <= :aDayAgo AND guest_hash <> :guestHash
          AND updated_at >= :abandoned
        ORDER BY created_at LIMIT 2 FOR UPDATE SKIP LOCKED)
    )
    INSERT INTO cart (uuid, guest_hash, name, store, currency, price_mode, is_default, created_at, updated_at,
      client_network)
    SELECT :uuid::uuid, :guestHash::bytea, :name::text, :store::text, :currency::text, :priceMode::text, true,
      :now::timestamptz, :now, :network::text
    WHERE :network IS NULL OR NOT EXISTS (
      SELECT FROM cart WHERE client_network = :network AND created_at > :aDayAgo::timestamptz
      ORDER BY created_at DESC OFFSET :limit::int - 1 LIMIT 1)
      OR EXISTS (SELECT FROM cart WHERE guest_hash = :guestHash)
    ON CONFLICT (guest_hash) DO UPDATE SET updated_at = excluded.updated_at RETURNING uuid`,
);

import { statement } from '#sql';

export const TAKE_STOCK = statement(
  'checkout_take_stock',
  `
    UPDATE product p SET stock = p.stock - taken.quantity::integer
    FROM unnest(:skus::text[], :quantities::bigint[]) AS taken (sku, quantity) WHERE p.sku = taken.sku`,
);

/** The reference contains the id, so both are taken from the sequence in one statement. */
export const INSERT_ORDER = statement(
  'checkout_insert_order',
  `
    WITH placed AS (
      INSERT INTO sales_order (id, order_reference, cart_uuid, customer_id, guest_hash, store, currency, price_mode,
        customer, billing_address, shipments, items, totals, created_at)
      SELECT n, :orderReferencePrefix::text || n, :cartUuid::uuid, :customerId::bigint, :guestHash::bytea, :store, :currency,
        :priceMode, :customer::jsonb, :billingAddress::jsonb, :shipments::jsonb,
        :items::jsonb, :totals::jsonb, :now::timestamptz
      FROM nextval(pg_get_serial_sequence('sales_order', 'id')) AS n
      RETURNING id, order_reference
    ), paid AS (
      INSERT INTO order_payment (identifier, order_id, provider_name, method_name, amount, status, updated_at)
      SELECT :identifier::uuid, id, :providerName, :methodName, :amount::bigint, 'new', :now::timestamptz FROM placed
    )
    SELECT order_reference AS "orderReference" FROM placed`,
);

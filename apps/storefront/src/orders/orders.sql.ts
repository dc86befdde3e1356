import { statement } from '#sql';

const ORDER = `
  SELECT o.order_reference AS "orderReference", o.created_at AS "createdAt", o.currency, o.price_mode AS "priceMode",
    o.billing_address AS "billingAddress", o.shipments, o.items, o.totals, p.payments
  FROM sales_order o CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'amount', amount, 'paymentProvider', provider_name, 'paymentMethod', method_name,
      'paymentIdentifier', identifier, 'status', status) ORDER BY identifier), '[]') AS payments
    FROM order_payment WHERE order_id = o.id) p`;

export const LIST_ORDERS = statement(
  'order_list',
  `${ORDER} WHERE o.customer_id = :customerId ORDER BY o.id DESC OFFSET :offset LIMIT :limit`,
);

export const FIND_ORDER = statement(
  'order_find',
  `${ORDER} WHERE o.order_reference = :orderReference AND (o.customer_id = :customerId::bigint OR o.guest_hash = :guestHash::bytea)`,
);

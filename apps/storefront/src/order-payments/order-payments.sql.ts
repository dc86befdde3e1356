import { statement } from '#sql';

/** Sets a payment to the status for its provider, if the shopper placed the order. */
export const UPDATE_PAYMENT = statement(
  'order_update_payment',
  `
  UPDATE order_payment p SET status = s.status, updated_at = :now
  FROM sales_order o, unnest(:providerNames::text[], :statuses::text[]) AS s (provider_name, status)
  WHERE p.identifier = :identifier AND o.id = p.order_id AND s.provider_name = p.provider_name
    AND (o.customer_id = :customerId::bigint OR o.guest_hash = :guestHash::bytea)
  RETURNING p.identifier`,
);

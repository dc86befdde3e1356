import { statement } from '#sql';

const KEPT_OF_ADDRESS = `'country', 'iso2Code'`;

/** An SQL expression for a JSON object without personal data: all members except the kept ones become empty. */
const blank = (json: string): string => `(
  SELECT coalesce(jsonb_object_agg(key, CASE
    WHEN key IN (${KEPT_OF_ADDRESS}) THEN value WHEN jsonb_typeof(value) = 'string' THEN '""' ELSE 'null' END), '{}')
  FROM jsonb_each(CASE WHEN jsonb_typeof(${json}) = 'object' THEN ${json} ELSE '{}' END))`;

/** Keeps the ordered items, the country of the address, and the payment. */
export const BLANK_ORDERS = statement(
  'customer_blank_orders',
  `
  UPDATE sales_order SET customer = ${blank('customer')}, billing_address = ${blank('billing_address')},
    shipments = (
      SELECT coalesce(jsonb_agg(
        shipment || jsonb_build_object('shippingAddress', ${blank(`shipment->'shippingAddress'`)}) ORDER BY place), '[]')
      FROM jsonb_array_elements(shipments) WITH ORDINALITY AS all_shipments (shipment, place))
  WHERE customer_id = :customerId`,
);

/**
 * Deletes a customer's stored answers. Skips locked ones: they belong to requests that wait for the customer and then
 * fail.
 */
export const FORGET_ANSWERS = statement(
  'customer_forget_answers',
  `
  DELETE FROM idempotency_record WHERE (identity, route, key_hash) IN (
    SELECT identity, route, key_hash FROM idempotency_record
    WHERE identity = sha256(convert_to('customer:' || :customerId::text, 'UTF8')) FOR UPDATE SKIP LOCKED)`,
);

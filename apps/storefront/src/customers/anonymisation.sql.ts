import { statement } from '#sql';

const KEPT_OF_ADDRESS = `'country', 'iso2Code'`;

/** A JSON object without what it tells of a person; what it has besides the kept members becomes empty. */
const blank = (json: string): string => `(
  SELECT coalesce(jsonb_object_agg(key, CASE
    WHEN key IN (${KEPT_OF_ADDRESS}) THEN value WHEN jsonb_typeof(value) = 'string' THEN '""' ELSE 'null' END), '{}')
  FROM jsonb_each(CASE WHEN jsonb_typeof(${json}) = 'object' THEN ${json} ELSE '{}' END))`;

/** What was ordered, where to by country, and what was paid stays. */
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

/** Stored answers, by who asked. A locked one belongs to a request that waits for the customer, and ends in vain. */
export const FORGET_ANSWERS = statement(
  'customer_forget_answers',
  `
  DELETE FROM idempotency_record WHERE (identity, route, key_hash) IN (
    SELECT identity, route, key_hash FROM idempotency_record
    WHERE identity = sha256(convert_to('customer:' || :customerId::text, 'UTF8')) FOR UPDATE SKIP LOCKED)`,
);

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { prepared, type Statement } from '#platform';
import type { Shopper } from '../access/shopper.js';
import type { CartLine } from '../carts/cart.js';
import type { OrderCustomer } from '../orders/order.js';
import type { NewOrder } from './new-order.js';

/** In the order of their skus, so that no two orders wait for each other. */
const LOCK_STOCK: Statement = {
  name: 'checkout_lock_stock',
  text: `
    SELECT sku, stock FROM product
    WHERE sku = ANY ($1::text[]) AND NOT never_out_of_stock ORDER BY sku FOR NO KEY UPDATE`,
};

const TAKE_STOCK: Statement = {
  name: 'checkout_take_stock',
  text: `
    UPDATE product p SET stock = p.stock - taken.quantity::integer
    FROM unnest($1::text[], $2::bigint[]) AS taken (sku, quantity) WHERE p.sku = taken.sku`,
};

/** The reference is known only when the id is; both come from the same sequence. */
const INSERT: Statement = {
  name: 'checkout_insert_order',
  text: `
    WITH placed AS (
      INSERT INTO sales_order (id, order_reference, cart_uuid, customer_id, guest_hash, store, currency, price_mode,
        customer, billing_address, shipments, items, totals, created_at)
      SELECT n, $1::text || n, $2::uuid, $3::bigint, $4::bytea, $5, $6, $7, $8::jsonb, $9::jsonb, $10::jsonb,
        $11::jsonb, $12::jsonb, $13::timestamptz
      FROM nextval(pg_get_serial_sequence('sales_order', 'id')) AS n
      RETURNING id, order_reference
    ), paid AS (
      INSERT INTO order_payment (identifier, order_id, provider_name, method_name, amount, status, updated_at)
      SELECT $14::uuid, id, $15, $16, $17::bigint, 'new', $13::timestamptz FROM placed
    )
    SELECT order_reference AS "orderReference" FROM placed`,
};

/** Whose order it is, and how it is paid. */
export interface Placement {
  readonly orderReferencePrefix: string;
  readonly shopper: Shopper;
  readonly customer: OrderCustomer;
  readonly payment: { readonly identifier: string; readonly providerName: string; readonly methodName: string };
}

/**
 * What placing an order takes and stores, in the transaction of `manager`.
 *
 * Locks are taken in the same order by all: customer, cart, products by sku.
 */
@Injectable()
export class OrderPlacingRepository {
  /** Takes all or nothing; @returns the skus of which there is not enough */
  async takeStock(lines: readonly CartLine[], manager: EntityManager): Promise<string[]> {
    const ordered = new Map<string, number>();
    for (const { sku, quantity } of lines) ordered.set(sku, (ordered.get(sku) ?? 0) + quantity);
    const limited = await prepared<{ sku: string; stock: number }>(manager, LOCK_STOCK, [[...ordered.keys()]]);
    const quantityOf = (sku: string): number => ordered.get(sku) ?? 0;
    const lacking = limited.filter(({ sku, stock }) => stock < quantityOf(sku)).map(({ sku }) => sku);
    if (lacking.length > 0 || limited.length === 0) return lacking;
    const skus = limited.map(({ sku }) => sku);
    await prepared(manager, TAKE_STOCK, [skus, skus.map(quantityOf)]);
    return [];
  }

  /** Stores the order and its payment; @returns the order's reference */
  async insert(
    { cart, billingAddress, shipments, items, totals }: NewOrder,
    { orderReferencePrefix, shopper, customer, payment }: Placement,
    now: Date,
    manager: EntityManager,
  ): Promise<string> {
    const { uuid, store, currency, priceMode } = cart;
    const documents = [customer, billingAddress, shipments, items, totals].map((document) => JSON.stringify(document));
    const [placed] = await prepared<{ orderReference: string }>(manager, INSERT, [
      ...[orderReferencePrefix, uuid, shopper.customerId, shopper.guestHash, store, currency, priceMode],
      ...[...documents, now],
      ...[payment.identifier, payment.providerName, payment.methodName, totals.grandTotal],
    ]);
    if (!placed) throw new TypeError('an order was not stored');
    return placed.orderReference;
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { MOST_COUNTED } from '#json-api';
import { prepared, type Statement } from '#platform';
import type { Shopper } from '../access/shopper.js';
import type { Order } from './order.js';

const ORDER = `
  SELECT o.order_reference AS "orderReference", o.created_at AS "createdAt", o.currency, o.price_mode AS "priceMode",
    o.billing_address AS "billingAddress", o.shipments, o.items, o.totals, p.payments
  FROM sales_order o CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'amount', amount, 'paymentProvider', provider_name, 'paymentMethod', method_name,
      'paymentIdentifier', identifier, 'status', status) ORDER BY identifier), '[]') AS payments
    FROM order_payment WHERE order_id = o.id) p`;

const LIST: Statement = {
  name: 'order_list',
  text: `${ORDER} WHERE o.customer_id = $1 ORDER BY o.id DESC OFFSET $2 LIMIT $3`,
};

const COUNT: Statement = {
  name: 'order_count',
  text: `SELECT count(*)::int AS total FROM (SELECT FROM sales_order WHERE customer_id = $1 LIMIT ${MOST_COUNTED}) counted`,
};

const FIND: Statement = {
  name: 'order_find',
  text: `${ORDER} WHERE o.order_reference = $3 AND (o.customer_id = $1::bigint OR o.guest_hash = $2::bytea)`,
};

/** Orders with their payments, for who placed them. */
@Injectable()
export class OrdersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** A page of a customer's orders, newest first, and how many there are on all pages, counted up to `MOST_COUNTED`. */
  async list(customerId: string, page: { offset: number; limit: number }): Promise<{ orders: Order[]; total: number }> {
    const [orders, [counted]] = await Promise.all([
      prepared<Order>(this.dataSource, LIST, [customerId, page.offset, page.limit]),
      prepared<{ total: number }>(this.dataSource, COUNT, [customerId]),
    ]);
    return { orders, total: counted?.total ?? 0 };
  }

  /** @returns undefined for an order that is unknown or somebody else's */
  async find(orderReference: string, { customerId, guestHash }: Shopper): Promise<Order | undefined> {
    // no reference has a NUL in it, and no text of the database can
    if (orderReference.includes('\0')) return undefined;
    const [order] = await prepared<Order>(this.dataSource, FIND, [customerId, guestHash, orderReference]);
    return order;
  }
}

import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { boundedCount } from '#platform';
import { run } from '#sql';
import type { Shopper } from '../access/shopper.js';
import type { Order } from './order.js';
import { FIND_ORDER, LIST_ORDERS } from './orders.sql.js';
import { SalesOrder } from './sales-order.entity.js';

/** Reads orders with their payments, for the shopper who placed them. */
@Injectable()
export class OrdersRepository {
  constructor(@InjectRepository(SalesOrder) private readonly orders: Repository<SalesOrder>) {}

  /** A page of a customer's orders, newest first, and the number on all pages, counted up to `MOST_COUNTED`. */
  async list(customerId: string, page: { offset: number; limit: number }): Promise<{ orders: Order[]; total: number }> {
    const all = this.orders.createQueryBuilder('sales_order').where({ customerId });
    const [orders, total] = await Promise.all([
      run<Order>(this.orders.manager, LIST_ORDERS, { customerId, ...page }),
      boundedCount(all),
    ]);
    return { orders, total };
  }

  /** @returns undefined if the order is unknown or somebody else's */
  async find(orderReference: string, { customerId, guestHash }: Shopper): Promise<Order | undefined> {
    // PostgreSQL texts cannot contain NUL
    if (orderReference.includes('\0')) return undefined;
    const [order] = await run<Order>(this.orders.manager, FIND_ORDER, { orderReference, customerId, guestHash });
    return order;
  }
}

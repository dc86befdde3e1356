import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { run } from '#sql';
import type { Shopper } from '../access/shopper.js';
import type { CartLine } from '../carts/cart.js';
import { Product } from '../catalogue/product.entity.js';
import type { OrderCustomer } from '../orders/order.js';
import type { NewOrder } from './new-order.js';
import { INSERT_ORDER, TAKE_STOCK } from './order-placing.sql.js';

/** Who places an order, and how it is paid. */
export interface Placement {
  readonly orderReferencePrefix: string;
  readonly shopper: Shopper;
  readonly customer: OrderCustomer;
  readonly payment: { readonly identifier: string; readonly providerName: string; readonly methodName: string };
}

/**
 * Reduces the stock and stores the order, in the transaction of `manager`.
 *
 * All transactions take their locks in the same order: customer, cart, products by sku.
 */
@Injectable()
export class OrderPlacingRepository {
  /**
   * Reduces the stock for all lines or for none.
   *
   * @returns the skus without enough stock
   */
  async takeStock(lines: readonly CartLine[], manager: EntityManager): Promise<string[]> {
    const ordered = new Map<string, number>();
    for (const { sku, quantity } of lines) ordered.set(sku, (ordered.get(sku) ?? 0) + quantity);
    const limited = await lockStock([...ordered.keys()], manager);
    const quantityOf = (sku: string): number => ordered.get(sku) ?? 0;
    const lacking = limited.filter(({ sku, stock }) => stock < quantityOf(sku)).map(({ sku }) => sku);
    if (lacking.length > 0 || limited.length === 0) return lacking;
    const skus = limited.map(({ sku }) => sku);
    await run(manager, TAKE_STOCK, { skus, quantities: skus.map(quantityOf) });
    return [];
  }

  /**
   * Stores the order and its payment.
   *
   * @returns the order's reference
   */
  async insert(
    { cart, billingAddress, shipments, items, totals }: NewOrder,
    { orderReferencePrefix, shopper, customer, payment }: Placement,
    now: Date,
    manager: EntityManager,
  ): Promise<string> {
    const { uuid, store, currency, priceMode } = cart;
    const documents = { customer, billingAddress, shipments, items, totals };
    const [placed] = await run<{ orderReference: string }>(manager, INSERT_ORDER, {
      ...{ orderReferencePrefix, cartUuid: uuid, ...shopper, store, currency, priceMode, now },
      ...Object.fromEntries(Object.entries(documents).map(([name, document]) => [name, JSON.stringify(document)])),
      ...{ ...payment, amount: totals.grandTotal },
    });
    if (!placed) throw new TypeError('an order was not stored');
    return placed.orderReference;
  }
}

/** Locks in the order of the skus, so that two orders do not deadlock. */
function lockStock(skus: readonly string[], manager: EntityManager): Promise<Product[]> {
  return manager.find(Product, {
    select: { sku: true, stock: true },
    where: { sku: In(skus), neverOutOfStock: false },
    order: { sku: 'ASC' },
    lock: { mode: 'for_no_key_update' },
  });
}

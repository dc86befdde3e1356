import { Collection, parseBoundedPage, parseInclude } from '#json-api';
import { orderResource } from './order.resource.js';
import type { OrdersRepository } from './orders.repository.js';

const DEFAULT_LIMIT = 10;

/** The query parameters of a list of orders, for the documentation. */
export const ORDER_LIST_QUERY = { 'page[offset]': '0', 'page[limit]': '10', include: 'order-shipments' };

/** The requested page of a customer's orders. */
export async function orderList(
  orders: OrdersRepository,
  customerId: string,
  query: Record<string, unknown>,
): Promise<Collection> {
  const { offset, limit } = parseBoundedPage(query, DEFAULT_LIMIT);
  const include = parseInclude(query);
  const { orders: found, total } = await orders.list(customerId, { offset, limit });
  return new Collection(
    found.map((order) => orderResource(order, include)),
    { page: { offset, limit, total } },
  );
}

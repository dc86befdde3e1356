import { calculate, totalsOf, type Totals } from '../carts/calculation.js';
import type { FilledCart } from '../carts/cart.js';
import type { OrderAddress, OrderItem, OrderShipment } from '../orders/order.js';
import type { ResolvedDelivery } from './resolved-delivery.js';

/** The content of a new order, without customer and payment. */
export interface NewOrder {
  readonly cart: FilledCart;
  readonly billingAddress: OrderAddress;
  readonly shipments: readonly OrderShipment[];
  readonly items: readonly OrderItem[];
  readonly totals: Totals;
}

/** @returns undefined if an item has no price in the currency of the cart */
export function orderItems(cart: FilledCart): OrderItem[] | undefined {
  const items = cart.items.flatMap((line): OrderItem[] => {
    const { groupKey, sku, abstractSku, name, quantity } = line;
    const calculations = calculate(line, cart);
    return calculations ? [{ groupKey, sku, abstractSku, name, quantity, ...calculations }] : [];
  });
  return items.length === cart.items.length ? items : undefined;
}

/** @returns undefined if the delivery is incomplete, or the total is too large a number */
export function newOrder(
  cart: FilledCart,
  items: readonly OrderItem[],
  { billingAddress, shipments: resolved }: ResolvedDelivery,
): NewOrder | undefined {
  if (!billingAddress) return undefined;
  const everything = items.map(({ groupKey }) => groupKey);
  const shipments = resolved.flatMap(({ address, priced, items: keys, requestedDeliveryDate }, index) =>
    priced
      ? [
          {
            id: index + 1,
            shippingAddress: address ?? billingAddress,
            items: keys ? [...new Set(keys)] : everything,
            method: methodOf(priced),
            requestedDeliveryDate,
          },
        ]
      : [],
  );
  const methods = resolved.flatMap(({ priced }) => (priced ? [{ quantity: 1, ...priced.method }] : []));
  const totals = totalsOf(cart.items, methods, cart);
  const isComplete = shipments.length === resolved.length && Number.isSafeInteger(totals.grandTotal);
  return isComplete ? { cart, billingAddress, shipments, items, totals } : undefined;
}

function methodOf({
  method: { id, name, carrierName, deliveryTime },
  calculations,
}: NonNullable<ResolvedDelivery['shipments'][number]['priced']>): OrderShipment['method'] {
  return { id, name, carrierName, deliveryTime, price: calculations.unitPrice, ...calculations };
}

import { timestamp, type ResourceObject } from '#json-api';
import type { OrderShipmentDto } from './dto/order-shipment.dto.js';
import type { OrderDto, OrderExpenseDto, OrderItemDto } from './dto/order.dto.js';
import type { Order, OrderItem, OrderShipment } from './order.js';

/** The only state: other systems process the orders. */
const STATE = 'new';

/**
 * The resource `orders` (contract: resources, section 2.5).
 *
 * @param include `order-shipments` adds a resource for each shipment
 */
export function orderResource(order: Order, include: ReadonlySet<string>): ResourceObject<OrderDto> {
  const { orderReference, createdAt, currency, priceMode, billingAddress, shipments, items, totals, payments } = order;
  const { expenseTotal, discountTotal, taxTotal, subtotal, grandTotal } = totals;
  const [first, ...others] = shipments;
  return {
    type: 'orders',
    id: orderReference,
    attributes: {
      createdAt: timestamp(createdAt),
      currencyIsoCode: currency,
      priceMode,
      totals: {
        expenseTotal,
        discountTotal,
        taxTotal,
        subtotal,
        grandTotal,
        canceledTotal: 0,
        remunerationTotal: 0,
      },
      billingAddress,
      // an order with several shipments has several addresses
      shippingAddress: others.length === 0 ? (first?.shippingAddress ?? null) : null,
      items: items.map((item) => itemOf(item, shipments)),
      expenses: shipments.map(expenseOf),
      payments,
      shipments: shipments.map((shipment) => shipmentOf(shipment, currency)),
      calculatedDiscounts: {},
      itemStates: [STATE],
    },
    ...(include.has('order-shipments') && { related: { 'order-shipments': orderShipments(order) } }),
    path: pathOf(orderReference),
  };
}

function orderShipments({ orderReference, shipments, currency }: Order): ResourceObject<OrderShipmentDto>[] {
  return shipments.map((shipment) => ({
    type: 'order-shipments',
    id: String(shipment.id),
    attributes: shipmentOf(shipment, currency),
    path: `${pathOf(orderReference)}/order-shipments/${shipment.id}`,
  }));
}

function pathOf(orderReference: string): string {
  return `/orders/${encodeURIComponent(orderReference)}`;
}

function itemOf(item: OrderItem, shipments: readonly OrderShipment[]): OrderItemDto {
  const shipment = shipments.find(({ items }) => items.includes(item.groupKey));
  return {
    ...item,
    idShipment: shipment?.id ?? null,
    state: STATE,
    canceledAmount: 0,
    refundableAmount: item.sumPriceToPayAggregation,
    calculatedDiscounts: [],
    productOptions: [],
  };
}

function expenseOf({ id, method }: OrderShipment): OrderExpenseDto {
  return {
    type: 'SHIPMENT_EXPENSE_TYPE',
    name: method.name,
    idShipment: id,
    sumPrice: method.sumPrice,
    unitGrossPrice: method.unitGrossPrice,
    sumGrossPrice: method.sumGrossPrice,
    unitNetPrice: method.unitNetPrice,
    sumNetPrice: method.sumNetPrice,
    taxRate: method.taxRate,
    unitTaxAmount: method.unitTaxAmountFullAggregation,
    sumTaxAmount: method.sumTaxAmountFullAggregation,
    unitDiscountAmountAggregation: 0,
    sumDiscountAmountAggregation: 0,
    unitPriceToPayAggregation: method.unitPriceToPayAggregation,
    sumPriceToPayAggregation: method.sumPriceToPayAggregation,
    canceledAmount: 0,
    taxAmountAfterCancellation: null,
  };
}

function shipmentOf({ id, items, method, ...shipment }: OrderShipment, currency: string): OrderShipmentDto {
  return {
    id,
    shipmentMethodName: method.name,
    carrierName: method.carrierName,
    deliveryTime: method.deliveryTime,
    defaultGrossPrice: method.unitGrossPrice,
    defaultNetPrice: method.unitNetPrice,
    currencyIsoCode: currency,
    requestedDeliveryDate: shipment.requestedDeliveryDate,
    shippingAddress: shipment.shippingAddress,
    items,
  };
}

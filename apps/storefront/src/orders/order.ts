import type { Calculations, Pricing, Totals } from '../carts/calculation.js';
import type { OrderAddressDto } from './dto/order-address.dto.js';
import type { OrderPaymentStateDto } from './dto/order.dto.js';

/** The person who ordered. Personal data. Guests need not give all of them. */
export interface OrderCustomer {
  readonly salutation: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
}

/** A shipping or billing address. Personal data. */
export type OrderAddress = Readonly<OrderAddressDto>;

/** An ordered item, with the prices when the order was placed. */
export interface OrderItem extends Calculations {
  readonly groupKey: string;
  readonly sku: string;
  readonly abstractSku: string;
  readonly name: string;
  readonly quantity: number;
}

/** How a shipment is sent, with the price when the order was placed. */
export interface OrderShipmentMethod extends Calculations {
  readonly id: number;
  readonly name: string;
  readonly carrierName: string;
  /** In minor units, in the price mode of the order. */
  readonly price: number;
  /** In seconds. */
  readonly deliveryTime: number | null;
}

export interface OrderShipment {
  /** From 1, within the order. */
  readonly id: number;
  readonly shippingAddress: OrderAddress;
  /** Group keys of the items in this shipment. */
  readonly items: readonly string[];
  readonly method: OrderShipmentMethod;
  /** `YYYY-MM-DD` */
  readonly requestedDeliveryDate: string | null;
}

/** A placed order with the state of its payments. */
export interface Order extends Pricing {
  readonly orderReference: string;
  readonly createdAt: Date;
  readonly billingAddress: OrderAddress;
  readonly shipments: readonly OrderShipment[];
  readonly items: readonly OrderItem[];
  readonly totals: Totals;
  readonly payments: readonly OrderPaymentStateDto[];
}

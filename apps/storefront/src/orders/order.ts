import type { Calculations, Pricing, Totals } from '../carts/calculation.js';
import type { OrderAddressDto } from './dto/order-address.dto.js';
import type { OrderPaymentStateDto } from './dto/order.dto.js';

/** Who ordered; personal data. Guests need not name themselves in full. */
export interface OrderCustomer {
  readonly salutation: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
}

/** Where something was sent or billed to; personal data. */
export type OrderAddress = Readonly<OrderAddressDto>;

/** What was ordered, at the prices of that moment. */
export interface OrderItem extends Calculations {
  readonly groupKey: string;
  readonly sku: string;
  readonly abstractSku: string;
  readonly name: string;
  readonly quantity: number;
}

/** How a shipment is sent, at the price of that moment. */
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
  /** Group keys of the items in it. */
  readonly items: readonly string[];
  readonly method: OrderShipmentMethod;
  /** `YYYY-MM-DD` */
  readonly requestedDeliveryDate: string | null;
}

/** An order as it was placed, with the state of its payments. */
export interface Order extends Pricing {
  readonly orderReference: string;
  readonly createdAt: Date;
  readonly billingAddress: OrderAddress;
  readonly shipments: readonly OrderShipment[];
  readonly items: readonly OrderItem[];
  readonly totals: Totals;
  readonly payments: readonly OrderPaymentStateDto[];
}

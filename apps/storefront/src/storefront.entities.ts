import { CustomerAddress } from './addresses/customer-address.entity.js';
import { CartItem } from './carts/cart-item.entity.js';
import { Cart } from './carts/cart.entity.js';
import { CATALOGUE_ENTITIES } from './catalogue/catalogue.entities.js';
import { IdempotencyRecord } from './idempotency/idempotency-record.entity.js';
import { OrderPayment } from './order-payments/order-payment.entity.js';
import { SalesOrder } from './orders/sales-order.entity.js';

export const STOREFRONT_ENTITIES = [
  CustomerAddress,
  ...CATALOGUE_ENTITIES,
  Cart,
  CartItem,
  SalesOrder,
  OrderPayment,
  IdempotencyRecord,
] as const;

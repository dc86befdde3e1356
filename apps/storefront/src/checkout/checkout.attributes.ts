import { Nested, NestedList, NotBlank, Text } from '#json-api';
import { CheckoutAddressAttributes } from './checkout-address.attributes.js';
import { CheckoutCustomerAttributes } from './checkout-customer.attributes.js';
import { CheckoutPartAttributes } from './checkout-part.attributes.js';
import { CheckoutPaymentAttributes } from './checkout-payment.attributes.js';
import { Filled } from './checkout-rules.js';
import { CheckoutShipmentAttributes } from './checkout-shipment.attributes.js';

/** Attributes of an order to be placed. */
export class CheckoutAttributes {
  @NotBlank()
  @Text()
  idCart!: string;

  @Nested(() => CheckoutCustomerAttributes)
  customer?: CheckoutCustomerAttributes | null;

  @NotBlank()
  @Nested(() => CheckoutAddressAttributes)
  billingAddress!: CheckoutAddressAttributes;

  /** Default: the billing address. */
  @Nested(() => CheckoutAddressAttributes)
  shippingAddress?: CheckoutAddressAttributes | null;

  @Nested(() => CheckoutShipmentAttributes)
  shipment?: CheckoutShipmentAttributes | null;

  /** Instead of `shipment` and `shippingAddress`, for an order that is sent in parts. */
  @NestedList(() => CheckoutPartAttributes)
  shipments?: CheckoutPartAttributes[] | null;

  @NotBlank()
  @Filled()
  @NestedList(() => CheckoutPaymentAttributes)
  payments!: CheckoutPaymentAttributes[];
}

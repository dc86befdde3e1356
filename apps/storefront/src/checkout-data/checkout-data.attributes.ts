import { Nested, NestedList, NotBlank, Text } from '#json-api';
import { CheckoutAddressAttributes } from '../checkout/checkout-address.attributes.js';
import { CheckoutCustomerAttributes } from '../checkout/checkout-customer.attributes.js';
import { CheckoutPartAttributes } from '../checkout/checkout-part.attributes.js';
import { CheckoutPaymentAttributes } from '../checkout/checkout-payment.attributes.js';
import { CheckoutShipmentAttributes } from '../checkout/checkout-shipment.attributes.js';

/** What a shopper has chosen so far; all but the cart may be missing. */
export class CheckoutDataAttributes {
  @NotBlank()
  @Text()
  idCart!: string;

  @Nested(() => CheckoutCustomerAttributes)
  customer?: CheckoutCustomerAttributes | null;

  @Nested(() => CheckoutAddressAttributes)
  billingAddress?: CheckoutAddressAttributes | null;

  @Nested(() => CheckoutAddressAttributes)
  shippingAddress?: CheckoutAddressAttributes | null;

  @Nested(() => CheckoutShipmentAttributes)
  shipment?: CheckoutShipmentAttributes | null;

  @NestedList(() => CheckoutPartAttributes)
  shipments?: CheckoutPartAttributes[] | null;

  @NestedList(() => CheckoutPaymentAttributes)
  payments?: CheckoutPaymentAttributes[] | null;
}

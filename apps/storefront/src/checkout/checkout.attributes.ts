import { IsNested, IsNestedList, IsNotBlank, IsText } from '#json-api';
import { CheckoutAddressAttributes } from './checkout-address.attributes.js';
import { CheckoutCustomerAttributes } from './checkout-customer.attributes.js';
import { CheckoutPartAttributes } from './checkout-part.attributes.js';
import { CheckoutPaymentAttributes } from './checkout-payment.attributes.js';
import { Filled } from './checkout-rules.js';
import { CheckoutShipmentAttributes } from './checkout-shipment.attributes.js';

/** Attributes of an order to be placed. */
export class CheckoutAttributes {
  @IsNotBlank()
  @IsText()
  idCart!: string;

  @IsNested(() => CheckoutCustomerAttributes)
  customer?: CheckoutCustomerAttributes | null;

  @IsNotBlank()
  @IsNested(() => CheckoutAddressAttributes)
  billingAddress!: CheckoutAddressAttributes;

  /** Default: the billing address. */
  @IsNested(() => CheckoutAddressAttributes)
  shippingAddress?: CheckoutAddressAttributes | null;

  @IsNested(() => CheckoutShipmentAttributes)
  shipment?: CheckoutShipmentAttributes | null;

  /** Instead of `shipment` and `shippingAddress`, for an order that is sent in parts. */
  @IsNestedList(() => CheckoutPartAttributes)
  shipments?: CheckoutPartAttributes[] | null;

  @IsNotBlank()
  @Filled()
  @IsNestedList(() => CheckoutPaymentAttributes)
  payments!: CheckoutPaymentAttributes[];
}

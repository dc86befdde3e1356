import { IsNested, IsNestedList, IsNotBlank, IsText } from '#json-api';
import { CheckoutAddressAttributes } from '../checkout/checkout-address.attributes.js';
import { CheckoutCustomerAttributes } from '../checkout/checkout-customer.attributes.js';
import { CheckoutPartAttributes } from '../checkout/checkout-part.attributes.js';
import { CheckoutPaymentAttributes } from '../checkout/checkout-payment.attributes.js';
import { CheckoutShipmentAttributes } from '../checkout/checkout-shipment.attributes.js';

/** What a shopper has chosen so far; all but the cart may be missing. */
export class CheckoutDataAttributes {
  @IsNotBlank()
  @IsText()
  idCart!: string;

  @IsNested(() => CheckoutCustomerAttributes)
  customer?: CheckoutCustomerAttributes | null;

  @IsNested(() => CheckoutAddressAttributes)
  billingAddress?: CheckoutAddressAttributes | null;

  @IsNested(() => CheckoutAddressAttributes)
  shippingAddress?: CheckoutAddressAttributes | null;

  @IsNested(() => CheckoutShipmentAttributes)
  shipment?: CheckoutShipmentAttributes | null;

  @IsNestedList(() => CheckoutPartAttributes)
  shipments?: CheckoutPartAttributes[] | null;

  @IsNestedList(() => CheckoutPaymentAttributes)
  payments?: CheckoutPaymentAttributes[] | null;
}

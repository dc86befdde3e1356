import { IsCalendarDate, IsNested, IsWholeNumber } from '#json-api';
import { CheckoutAddressAttributes } from './checkout-address.attributes.js';
import { PlainTexts } from './checkout-rules.js';

/** How a part of an order shall be sent; what is missing is an error of the checkout, not of the attributes. */
export class CheckoutPartAttributes {
  /** Group keys of the items in it. */
  @PlainTexts()
  items?: string[] | null;

  @IsNested(() => CheckoutAddressAttributes)
  shippingAddress?: CheckoutAddressAttributes | null;

  @IsWholeNumber()
  idShipmentMethod?: number | null;

  @IsCalendarDate()
  requestedDeliveryDate?: string | null;
}

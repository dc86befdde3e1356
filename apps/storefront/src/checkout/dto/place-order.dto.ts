import { ApiProperty } from '@nestjs/swagger';
import { IsNested, IsNestedList, IsNotBlank, IsText } from '#json-api';
import { CheckoutAddressDto } from './checkout-address.dto.js';
import { CheckoutCustomerDto } from './checkout-customer.dto.js';
import { CheckoutPartDto } from './checkout-part.dto.js';
import { CheckoutPaymentDto } from './checkout-payment.dto.js';
import { Filled } from '../checkout-rules.js';
import { CheckoutShipmentDto } from './checkout-shipment.dto.js';

export class PlaceOrderDto {
  @ApiProperty({ example: '0f4b8a1e-5d0a-4c0e-9a52-3a1d2f6b7c80' })
  @IsNotBlank()
  @IsText()
  idCart!: string;

  @IsNested(() => CheckoutCustomerDto)
  customer?: CheckoutCustomerDto | null;

  @IsNotBlank()
  @IsNested(() => CheckoutAddressDto)
  billingAddress!: CheckoutAddressDto;

  /** Default: the billing address. */
  @ApiProperty({ example: null })
  @IsNested(() => CheckoutAddressDto)
  shippingAddress?: CheckoutAddressDto | null;

  @IsNested(() => CheckoutShipmentDto)
  shipment?: CheckoutShipmentDto | null;

  /** Replaces `shipment` and `shippingAddress` for an order that is sent in parts. */
  @ApiProperty({ example: null })
  @IsNestedList(() => CheckoutPartDto)
  shipments?: CheckoutPartDto[] | null;

  @IsNotBlank()
  @Filled()
  @IsNestedList(() => CheckoutPaymentDto)
  payments!: CheckoutPaymentDto[];
}

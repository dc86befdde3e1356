import { ApiProperty } from '@nestjs/swagger';
import { IsCalendarDate, IsNested, IsWholeNumber } from '#json-api';
import { CheckoutAddressDto } from './checkout-address.dto.js';
import { PlainTexts } from '../checkout-rules.js';

/** How a part of an order is sent. Missing members are errors of the checkout (4303, 4304), not of the attributes. */
export class CheckoutPartDto {
  /** Group keys of the items in this part. */
  @ApiProperty({ example: ['SP-2001'] })
  @PlainTexts()
  items?: string[] | null;

  @IsNested(() => CheckoutAddressDto)
  shippingAddress?: CheckoutAddressDto | null;

  @ApiProperty({ example: 1 })
  @IsWholeNumber()
  idShipmentMethod?: number | null;

  @ApiProperty({ example: null })
  @IsCalendarDate()
  requestedDeliveryDate?: string | null;
}

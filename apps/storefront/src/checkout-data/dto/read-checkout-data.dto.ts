import { ApiProperty } from '@nestjs/swagger';
import { IsNested, IsNestedList, IsNotBlank, IsText } from '#json-api';
import { CheckoutAddressDto } from '../../checkout/dto/checkout-address.dto.js';
import { CheckoutCustomerDto } from '../../checkout/dto/checkout-customer.dto.js';
import { CheckoutPartDto } from '../../checkout/dto/checkout-part.dto.js';
import { CheckoutPaymentDto } from '../../checkout/dto/checkout-payment.dto.js';
import { CheckoutShipmentDto } from '../../checkout/dto/checkout-shipment.dto.js';

/** The shopper's choices so far. Only the cart is required. */
export class ReadCheckoutDataDto {
  @ApiProperty({ example: '0f4b8a1e-5d0a-4c0e-9a52-3a1d2f6b7c80' })
  @IsNotBlank()
  @IsText()
  idCart!: string;

  @ApiProperty({ example: null })
  @IsNested(() => CheckoutCustomerDto)
  customer?: CheckoutCustomerDto | null;

  @IsNested(() => CheckoutAddressDto)
  billingAddress?: CheckoutAddressDto | null;

  @ApiProperty({ example: null })
  @IsNested(() => CheckoutAddressDto)
  shippingAddress?: CheckoutAddressDto | null;

  @IsNested(() => CheckoutShipmentDto)
  shipment?: CheckoutShipmentDto | null;

  @ApiProperty({ example: null })
  @IsNestedList(() => CheckoutPartDto)
  shipments?: CheckoutPartDto[] | null;

  @IsNestedList(() => CheckoutPaymentDto)
  payments?: CheckoutPaymentDto[] | null;
}

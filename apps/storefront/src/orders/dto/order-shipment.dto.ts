import { ApiProperty } from '@nestjs/swagger';
import { Amount } from '../../carts/dto/amounts.dto.js';
import { OrderAddressDto } from './order-address.dto.js';

/** How a part of an order is sent, with the price when the order was placed. */
export class OrderShipmentDto {
  @ApiProperty({ type: 'integer', example: 1, description: 'From 1, within the order' })
  id!: number;

  @ApiProperty({ example: 'Standard' })
  shipmentMethodName!: string;

  @ApiProperty({ example: 'Hafenpost' })
  carrierName!: string;

  @ApiProperty({ type: 'integer', nullable: true, example: null, description: 'In seconds' })
  deliveryTime!: number | null;

  @Amount(490)
  defaultGrossPrice!: number;

  @Amount(0)
  defaultNetPrice!: number;

  @ApiProperty({ example: 'EUR' })
  currencyIsoCode!: string;

  @ApiProperty({ type: String, format: 'date', nullable: true, example: null })
  requestedDeliveryDate!: string | null;

  @ApiProperty()
  shippingAddress!: OrderAddressDto;

  @ApiProperty({ type: [String], example: ['SP-2001'], description: 'Group keys of the items in it' })
  items!: readonly string[];
}

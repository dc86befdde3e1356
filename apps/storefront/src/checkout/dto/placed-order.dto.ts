import { ApiProperty } from '@nestjs/swagger';
import { ApiNull, ApiResource } from '#json-api';
import { OrderDto } from '../../orders/dto/order.dto.js';

/** The response to a checkout. */
@ApiResource('checkout', { id: null, related: { orders: () => OrderDto } })
export class PlacedOrderDto {
  @ApiProperty({ example: 'DE--1042' })
  orderReference!: string;

  @ApiNull()
  redirectUrl!: null;

  @ApiNull()
  isExternalRedirect!: null;
}

import { ApiProperty } from '@nestjs/swagger';
import { ApiJson, ApiResource } from '#json-api';

/** The message as it was sent. */
@ApiResource('order-payments', { id: 'b2f0c1d4-7f3a-4c58-9d21-6d0a3f4b5c6e' })
export class OrderPaymentDto {
  @ApiProperty({ example: 'b2f0c1d4-7f3a-4c58-9d21-6d0a3f4b5c6e' })
  paymentIdentifier!: string;

  @ApiJson({ status: 'authorized' })
  dataPayload!: object;
}

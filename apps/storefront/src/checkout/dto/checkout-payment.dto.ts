import { ApiProperty } from '@nestjs/swagger';
import { IsNotBlank } from '#json-api';
import { PlainText } from '../checkout-rules.js';

/** How an order is paid. A payment always covers the whole order. */
export class CheckoutPaymentDto {
  @ApiProperty({ example: 'Invoice' })
  @IsNotBlank()
  @PlainText()
  paymentMethodName!: string;

  @ApiProperty({ example: 'DummyPayment' })
  @IsNotBlank()
  @PlainText()
  paymentProviderName!: string;

  @ApiProperty({ example: null })
  @PlainText()
  paymentSelection?: string | null;
}

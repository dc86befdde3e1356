import { ApiProperty } from '@nestjs/swagger';
import { IsNotBlank } from '#json-api';
import { PlainText } from '../checkout-rules.js';

/** How an order shall be paid; it is always all of it. */
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

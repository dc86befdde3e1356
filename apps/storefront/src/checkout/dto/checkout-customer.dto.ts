import { ApiProperty } from '@nestjs/swagger';
import { IsNotBlank } from '#json-api';
import { OrderEmail, PlainText } from '../checkout-rules.js';

/** The person who orders, for guests without an account. If it is sent, it must be complete, even with a token. */
export class CheckoutCustomerDto {
  @ApiProperty({ example: 'Ms' })
  @IsNotBlank()
  @PlainText()
  salutation!: string;

  @ApiProperty({ example: 'Ada' })
  @PlainText()
  firstName?: string | null;

  @ApiProperty({ example: 'Kessler' })
  @PlainText()
  lastName?: string | null;

  @ApiProperty({ example: 'ada.kessler@harborsupply.example' })
  @OrderEmail()
  @PlainText()
  email!: string;
}

import { ApiProperty } from '@nestjs/swagger';
import { IsNotBlank } from '#json-api';
import { OrderEmail, PlainText } from '../checkout-rules.js';

/** Who orders; guests have no account that says it. Where it is sent it has to be complete, also beside a token. */
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

import { IsNotBlank } from '#json-api';
import { OrderEmail, PlainText } from './checkout-rules.js';

/** Who orders; guests have no account that says it. Where it is sent it has to be complete, also beside a token. */
export class CheckoutCustomerAttributes {
  @IsNotBlank()
  @PlainText()
  salutation!: string;

  @PlainText()
  firstName?: string | null;

  @PlainText()
  lastName?: string | null;

  @OrderEmail()
  @PlainText()
  email!: string;
}

import { IsNotBlank } from '#json-api';
import { PlainText } from './checkout-rules.js';

/** How an order shall be paid; it is always all of it. */
export class CheckoutPaymentAttributes {
  @IsNotBlank()
  @PlainText()
  paymentMethodName!: string;

  @IsNotBlank()
  @PlainText()
  paymentProviderName!: string;

  @PlainText()
  paymentSelection?: string | null;
}

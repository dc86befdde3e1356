import { NotBlank } from '#json-api';
import { PlainText } from './checkout-rules.js';

/** How an order shall be paid; it is always all of it. */
export class CheckoutPaymentAttributes {
  @NotBlank()
  @PlainText()
  paymentMethodName!: string;

  @NotBlank()
  @PlainText()
  paymentProviderName!: string;

  @PlainText()
  paymentSelection?: string | null;
}

import { EmailAddress, IfSent, NotBlank } from '#json-api';
import { PlainText } from './checkout-rules.js';

/** Who orders; guests have no account that says it. */
export class CheckoutCustomerAttributes {
  @IfSent()
  @NotBlank()
  @PlainText()
  salutation?: string;

  @PlainText()
  firstName?: string | null;

  @PlainText()
  lastName?: string | null;

  @EmailAddress('Email is invalid.')
  @PlainText()
  email?: string | null;
}

import { ApiException } from '#json-api';
import type { Shopper } from '../access/shopper.js';
import type { OfferedPaymentMethod } from '../catalogue/offers.repository.js';
import type { CheckoutCustomerDto } from './dto/checkout-customer.dto.js';
import type { CheckoutPaymentDto } from './dto/checkout-payment.dto.js';
import { CHECKOUT_ERRORS, problemRow, type Problem } from './checkout.errors.js';

/** @throws ApiException 422 / 1109 if a guest's salutation or mail address is missing */
export function assertGuestIsNamed(customer: CheckoutCustomerDto | null | undefined, { guestHash }: Shopper): void {
  if (guestHash && !(customer?.salutation && customer.email)) throw new ApiException(CHECKOUT_ERRORS.customerMissing);
}

/** @throws ApiException 400 / 1107 if there is more than one payment */
export function assertOnePayment(payments: readonly CheckoutPaymentDto[]): void {
  if (payments.length > 1) throw new ApiException(CHECKOUT_ERRORS.severalPayments);
}

/** Reports payment methods that are not offered. */
export function paymentProblems(
  payments: readonly CheckoutPaymentDto[],
  offered: readonly OfferedPaymentMethod[],
): Problem[] {
  const isOffered = ({ paymentProviderName, paymentMethodName }: CheckoutPaymentDto): boolean =>
    offered.some(
      ({ providerName, methodName }) => providerName === paymentProviderName && methodName === paymentMethodName,
    );
  return payments.every(isOffered) ? [] : [{ kind: 'payment', subject: '' }];
}

/**
 * @param locale such as `de_DE`
 * @throws ApiException 422 / 1102, one error for each problem
 */
export function assertNoProblems(problems: readonly Problem[], locale: string): void {
  const rows = problems.map((problem) => problemRow(problem, locale));
  const [first, ...others] = new Map(rows.map((row) => [row.detail, row])).values();
  if (first) throw new ApiException([first, ...others]);
}

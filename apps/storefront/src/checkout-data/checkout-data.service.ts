import { Injectable } from '@nestjs/common';
import { ApiException } from '#json-api';
import type { Shopper } from '../access/shopper.js';
import { CartReadingRepository } from '../carts/cart-reading.repository.js';
import type { FilledCart } from '../carts/cart.js';
import type { OfferedPaymentMethod } from '../catalogue/payment-methods.repository.js';
import { CheckoutFactsRepository } from '../checkout/checkout-facts.repository.js';
import { CHECKOUT_ERRORS } from '../checkout/checkout.errors.js';
import { wantedShipments } from '../checkout/delivery.js';
import { assertNoProblems, assertPayments } from '../checkout/request-checks.js';
import { resolveDelivery, type ResolvedShipment } from '../checkout/resolved-delivery.js';
import { wantedFacts } from '../checkout/wanted-facts.js';
import type { CheckoutDataAttributes } from './checkout-data.attributes.js';

/** What a shopper has chosen so far, with what it costs. */
export interface CheckoutData {
  readonly cart: FilledCart;
  readonly shipments: readonly ResolvedShipment[];
  readonly paymentMethods: readonly OfferedPaymentMethod[];
}

/** Looks at an order that is not placed yet; nothing is locked and nothing changes. */
@Injectable()
export class CheckoutDataService {
  constructor(
    private readonly carts: CartReadingRepository,
    private readonly facts: CheckoutFactsRepository,
  ) {}

  /**
   * Judges what the request has; what it leaves out is left to checkout.
   *
   * @throws ApiException in the order of checkout: 422 / 1108, 400 / 1107, 422 / 4301, 4302, 1103, 1102
   */
  async read(attributes: CheckoutDataAttributes, shopper: Shopper, locale: string): Promise<CheckoutData> {
    const { idCart } = attributes;
    const payments = attributes.payments ?? [];
    if (payments.length > 0) assertPayments(payments, await this.facts.paymentMethods());
    const shipments = wantedShipments(attributes);
    const cart = await this.carts.find(idCart, shopper);
    if (!cart) throw new ApiException(CHECKOUT_ERRORS.cartNotFound);
    const facts = await this.facts.read(wantedFacts(cart, attributes, shipments), shopper);
    const delivery = resolveDelivery(attributes, shipments, cart, facts);
    assertNoProblems(delivery.problems, locale);
    return {
      cart,
      shipments: delivery.shipments,
      paymentMethods: payments.map(({ paymentProviderName, paymentMethodName }) => ({
        providerName: paymentProviderName,
        methodName: paymentMethodName,
      })),
    };
  }
}

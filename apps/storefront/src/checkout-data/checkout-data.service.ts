import { Injectable } from '@nestjs/common';
import { ApiException } from '#json-api';
import type { Shopper } from '../access/shopper.js';
import { CartReadingRepository } from '../carts/cart-reading.repository.js';
import type { FilledCart } from '../carts/cart.js';
import { CheckoutFactsRepository } from '../checkout/checkout-facts.repository.js';
import { CHECKOUT_ERRORS } from '../checkout/checkout.errors.js';
import { requestedShipments } from '../checkout/delivery.js';
import { resolveDelivery, type ResolvedShipment } from '../checkout/resolved-delivery.js';
import { requestedFacts } from '../checkout/requested-facts.js';
import type { ReadCheckoutDataDto } from './dto/read-checkout-data.dto.js';

/** What a shopper has chosen so far, with what it costs. */
export interface CheckoutData {
  readonly cart: FilledCart;
  readonly shipments: readonly ResolvedShipment[];
}

/** Looks at an order that is not placed yet; nothing is locked and nothing changes. */
@Injectable()
export class CheckoutDataService {
  constructor(
    private readonly carts: CartReadingRepository,
    private readonly facts: CheckoutFactsRepository,
  ) {}

  /**
   * Informs; whether an order can be placed is for checkout to judge. What is not known is left out.
   *
   * @throws ApiException 422 / 1103
   */
  async read(attributes: ReadCheckoutDataDto, shopper: Shopper): Promise<CheckoutData> {
    const shipments = requestedShipments(attributes);
    const cart = await this.carts.find(attributes.idCart, shopper);
    if (!cart) throw new ApiException(CHECKOUT_ERRORS.cartNotFound);
    const facts = await this.facts.read(requestedFacts(cart, attributes, shipments), shopper);
    const resolved = resolveDelivery(attributes, shipments, cart, facts).shipments;
    // nothing is sent of an empty cart, so there is no way to send it
    return {
      cart,
      shipments: cart.items.length > 0 ? resolved : resolved.map((one) => ({ ...one, priced: undefined })),
    };
  }
}

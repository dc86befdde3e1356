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

/** The shopper's choices so far, with their prices. */
export interface CheckoutData {
  readonly cart: FilledCart;
  readonly shipments: readonly ResolvedShipment[];
}

/** Reads the data of an order before it is placed, without locks or changes. */
@Injectable()
export class CheckoutDataService {
  constructor(
    private readonly carts: CartReadingRepository,
    private readonly facts: CheckoutFactsRepository,
  ) {}

  /**
   * Only gives information: checkout decides whether an order can be placed. Unknown values are left out.
   *
   * @throws ApiException 422 / 1103
   */
  async read(attributes: ReadCheckoutDataDto, shopper: Shopper): Promise<CheckoutData> {
    const shipments = requestedShipments(attributes);
    const cart = await this.carts.find(attributes.idCart, shopper);
    if (!cart) throw new ApiException(CHECKOUT_ERRORS.cartNotFound);
    const facts = await this.facts.read(requestedFacts(cart, attributes, shipments), shopper);
    const resolved = resolveDelivery(attributes, shipments, cart, facts).shipments;
    // an empty cart has nothing to send, so it has no shipment method
    return {
      cart,
      shipments: cart.items.length > 0 ? resolved : resolved.map((one) => ({ ...one, priced: undefined })),
    };
  }
}

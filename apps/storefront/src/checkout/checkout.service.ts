import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ApiException, type ApiErrorRow } from '#json-api';
import { Clock } from '#platform';
import type { Shopper } from '../access/shopper.js';
import { CartReadingRepository } from '../carts/cart-reading.repository.js';
import { CartsRepository } from '../carts/carts.repository.js';
import type { FilledCart } from '../carts/cart.js';
import { lockCustomer } from '../access/customer-lock.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import type { IdempotentCall } from '../idempotency/idempotent-call.js';
import type { OrderCustomer } from '../orders/order.js';
import { CheckoutFactsRepository } from './checkout-facts.repository.js';
import type { PlaceOrderDto } from './dto/place-order.dto.js';
import { CHECKOUT_ERRORS, PASSING_REFUSALS } from './checkout.errors.js';
import {
  assertDeliveryUnambiguous,
  assertShipmentsComplete,
  requestedShipments,
  type RequestedShipment,
} from './delivery.js';
import { newOrder, orderItems, type NewOrder } from './new-order.js';
import { OrderPlacingRepository } from './order-placing.repository.js';
import { assertGuestIsNamed, assertNoProblems, assertOnePayment, paymentProblems } from './request-checks.js';
import { resolveDelivery, spreadingProblems } from './resolved-delivery.js';
import { requestedFacts } from './requested-facts.js';

interface RequestedOrder {
  readonly attributes: PlaceOrderDto;
  readonly shipments: readonly RequestedShipment[];
  readonly cart: FilledCart;
  readonly shopper: Shopper;
  readonly locale: string;
}

/** Turns carts into orders. */
@Injectable()
export class CheckoutService {
  constructor(
    private readonly reading: CartReadingRepository,
    private readonly carts: CartsRepository,
    private readonly facts: CheckoutFactsRepository,
    private readonly placing: OrderPlacingRepository,
    private readonly idempotency: IdempotencyService,
    private readonly clock: Clock,
  ) {}

  /**
   * Places the order in one transaction: after a failure, cart, stock and orders are unchanged.
   *
   * @param locale the shopper's, such as `de_DE`
   * @returns the order's reference
   * @throws ApiException in this order: 422 / 1109, 400 / 1107, 422 / 4301 to 4304, 1103, 1104, 1101, 1102, 1106; with
   * an idempotency key also the errors of `IdempotencyService`
   */
  place(attributes: PlaceOrderDto, shopper: Shopper, locale: string, call: IdempotentCall): Promise<string> {
    return this.idempotency.run(
      call,
      shopper,
      (manager) => this.placeIn(manager, attributes, shopper, locale),
      PASSING_REFUSALS,
    );
  }

  private async placeIn(
    manager: EntityManager,
    attributes: PlaceOrderDto,
    shopper: Shopper,
    locale: string,
  ): Promise<string> {
    assertGuestIsNamed(attributes.customer, shopper);
    assertOnePayment(attributes.payments);
    assertDeliveryUnambiguous(attributes);
    assertShipmentsComplete(attributes);
    const shipments = requestedShipments(attributes);
    const customer = await customerOf(attributes, shopper, manager);
    const cart = customer && (await this.reading.lock(attributes.idCart, shopper, manager));
    if (!cart) throw new ApiException(CHECKOUT_ERRORS.cartNotFound);
    const order = await this.judge(manager, { attributes, shipments, cart, shopper, locale });
    const lacking = await this.placing.takeStock(cart.items, manager);
    assertNoProblems(
      lacking.map((subject) => ({ kind: 'outOfStock', subject })),
      locale,
    );
    const { orderReferencePrefix } = order;
    const placement = { orderReferencePrefix, shopper, customer, payment: paymentOf(attributes) };
    const orderReference = await this.placing.insert(order, placement, this.clock.now(), manager);
    if (!(await this.carts.delete(cart.uuid, manager))) throw new ApiException(CHECKOUT_ERRORS.cartNotDeleted);
    if (cart.isDefault && shopper.customerId !== null) await this.carts.makeNewestDefault(shopper.customerId, manager);
    return orderReference;
  }

  /** The order with the current data of catalogue, store and address book. */
  private async judge(
    manager: EntityManager,
    { attributes, shipments, cart, shopper, locale }: RequestedOrder,
  ): Promise<NewOrder & { readonly orderReferencePrefix: string }> {
    if (cart.items.length === 0) throw new ApiException(CHECKOUT_ERRORS.cartEmpty);
    const items = required(orderItems(cart), CHECKOUT_ERRORS.invalidCart);
    const facts = await this.facts.read(requestedFacts(cart, attributes, shipments), shopper, manager);
    const delivery = resolveDelivery(attributes, shipments, cart, facts);
    const offered = await this.facts.paymentMethods(manager);
    assertNoProblems(
      [
        ...delivery.problems,
        ...spreadingProblems(cart.items, shipments),
        ...paymentProblems(attributes.payments, offered),
      ],
      locale,
    );
    const order = required(newOrder(cart, items, delivery), CHECKOUT_ERRORS.invalidCart);
    return { ...order, orderReferencePrefix: facts.orderReferencePrefix };
  }
}

/** A customer's data come from the account, a guest's from the request. */
async function customerOf(
  { customer }: PlaceOrderDto,
  { customerId }: Shopper,
  manager: EntityManager,
): Promise<OrderCustomer | undefined> {
  if (customerId !== null) return lockCustomer(manager, customerId);
  const { salutation = null, firstName = null, lastName = null, email = null } = customer ?? {};
  return { salutation, firstName, lastName, email };
}

function paymentOf({ payments: [payment] }: PlaceOrderDto) {
  const { paymentProviderName: providerName, paymentMethodName: methodName } = required(
    payment,
    CHECKOUT_ERRORS.invalidCart,
  );
  return { identifier: randomUUID(), providerName, methodName };
}

function required<T>(value: T | undefined, otherwise: ApiErrorRow): T {
  if (value === undefined) throw new ApiException(otherwise);
  return value;
}

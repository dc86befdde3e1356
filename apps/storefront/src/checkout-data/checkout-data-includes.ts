import { Injectable } from '@nestjs/common';
import type { ResourceObject } from '#json-api';
import type { Shopper } from '../access/shopper.js';
import { addressResource } from '../addresses/address.resource.js';
import { AddressesRepository } from '../addresses/addresses.repository.js';
import { calculate, type Pricing } from '../carts/calculation.js';
import { cartResource } from '../carts/cart-resource.js';
import type { FilledCart } from '../carts/cart.js';
import { OffersRepository, type OfferedPaymentMethod } from '../catalogue/offers.repository.js';
import type { PricedMethod, ResolvedShipment } from '../checkout/resolved-delivery.js';
import { selectedMethodAttributes, shipmentMethodAttributes } from './checkout-data.resource.js';
import type { CheckoutData } from './checkout-data.service.js';
import type { PaymentMethodDto, ShipmentDto, ShipmentMethodDto } from './dto/checkout-data.dto.js';

type Related = Record<string, readonly ResourceObject[]>;

/** The resources that may be included with checkout data. */
@Injectable()
export class CheckoutDataIncludes {
  constructor(
    private readonly offers: OffersRepository,
    private readonly addresses: AddressesRepository,
  ) {}

  /**
   * @param include from the request; unknown names are ignored
   * @param customerReference absent for a guest
   */
  async of(
    include: ReadonlySet<string>,
    { cart, shipments }: Pick<CheckoutData, 'cart' | 'shipments'>,
    { customerId }: Shopper,
    customerReference = '',
  ): Promise<Related> {
    const methods = include.has('shipment-methods') ? await this.shipmentMethods(cart) : undefined;
    const cartType = customerId === null ? 'guest-carts' : 'carts';
    const hasAddresses = include.has('addresses') && customerId !== null;
    return {
      ...(include.has('shipments') && { shipments: shipmentsOf(shipments, cart, methods) }),
      ...(methods && { 'shipment-methods': methods }),
      ...(include.has('payment-methods') && { 'payment-methods': await this.paymentMethods() }),
      ...(hasAddresses && { addresses: await this.addressesOf(customerId, customerReference) }),
      ...(include.has(cartType) && { [cartType]: [cartResource(cart, include, cartType)] }),
    };
  }

  /** The methods with a price in the currency of the cart. */
  private async shipmentMethods(pricing: Pricing): Promise<ResourceObject[]> {
    const offered = await this.offers.shipmentMethods();
    return offered.flatMap((method) => {
      const calculations = calculate({ quantity: 1, ...method }, pricing);
      return calculations ? [shipmentMethodResource({ method, calculations }, pricing)] : [];
    });
  }

  private async paymentMethods(): Promise<ResourceObject[]> {
    return (await this.offers.paymentMethods()).map(paymentMethodResource);
  }

  private async addressesOf(customerId: string, customerReference: string): Promise<ResourceObject[]> {
    const addresses = await this.addresses.listOf(customerId);
    return addresses.map((address) => addressResource(address, customerReference));
  }
}

/** The shipments of the future order. All methods are offered for each of them. */
function shipmentsOf(
  shipments: readonly ResolvedShipment[],
  cart: FilledCart,
  methods: readonly ResourceObject[] | undefined,
): ResourceObject<ShipmentDto>[] {
  return shipments.map(({ address, priced, items, requestedDeliveryDate }, index) => ({
    type: 'shipments',
    id: String(index + 1),
    attributes: {
      items: items ?? cart.items.map(({ groupKey }) => groupKey),
      requestedDeliveryDate,
      shippingAddress: address ?? null,
      selectedShipmentMethod: priced ? selectedMethodAttributes(priced, cart) : null,
    },
    ...(methods && { related: { 'shipment-methods': methods } }),
  }));
}

function shipmentMethodResource(priced: PricedMethod, pricing: Pricing): ResourceObject<ShipmentMethodDto> {
  return {
    type: 'shipment-methods',
    id: String(priced.method.id),
    attributes: shipmentMethodAttributes(priced, pricing),
  };
}

function paymentMethodResource({ providerName, methodName }: OfferedPaymentMethod): ResourceObject<PaymentMethodDto> {
  const id = `${providerName}:${methodName}`;
  return {
    type: 'payment-methods',
    id,
    attributes: { paymentProviderName: providerName, paymentMethodName: methodName, requiredRequestData: [] },
    path: `/payment-methods/${encodeURIComponent(id)}`,
  };
}

import type { ResourceObject } from '#json-api';
import type { Pricing } from '../carts/calculation.js';
import type { PricedMethod } from '../checkout/resolved-delivery.js';
import type { CheckoutData } from './checkout-data.service.js';
import type { CheckoutDataDto, SelectedShipmentMethodDto, ShipmentMethodDto } from './dto/checkout-data.dto.js';

/** The resource `checkout-data` (contract: resources, section 2.5); what can be chosen comes as included resources. */
export function checkoutDataResource({ cart, shipments }: CheckoutData): ResourceObject<CheckoutDataDto> {
  const chosen = shipments.flatMap(({ priced }) => priced ?? []);
  return {
    type: 'checkout-data',
    id: null,
    attributes: {
      addresses: [],
      paymentProviders: [],
      shipmentMethods: [],
      selectedShipmentMethods: chosen.map((one) => selectedMethodAttributes(one, cart)),
      selectedPaymentMethods: [],
    },
  };
}

/** The method that was chosen; its tax is known when the order is placed. */
export function selectedMethodAttributes(priced: PricedMethod, pricing: Pricing): SelectedShipmentMethodDto {
  return { ...shipmentMethodAttributes(priced, pricing), taxRate: null };
}

/** A shipment method with what it costs, in the currency of the cart. */
export function shipmentMethodAttributes(
  { method, calculations }: PricedMethod,
  { currency }: Pricing,
): ShipmentMethodDto {
  const { id, name, carrierName, taxRate, deliveryTime } = method;
  return { id, name, carrierName, price: calculations.unitPrice, taxRate, deliveryTime, currencyIsoCode: currency };
}

import type { ResourceObject } from '#json-api';
import type { Pricing } from '../carts/calculation.js';
import type { PricedMethod } from '../checkout/resolved-delivery.js';
import type { CheckoutData } from './checkout-data.service.js';
import type { CheckoutDataDto, SelectedShipmentMethodDto, ShipmentMethodDto } from './dto/checkout-data.dto.js';

/** The resource `checkout-data` (contract: resources, section 2.5). The available choices are included resources. */
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

/** The chosen method. Its tax rate is known only when the order is placed. */
export function selectedMethodAttributes(priced: PricedMethod, pricing: Pricing): SelectedShipmentMethodDto {
  return { ...shipmentMethodAttributes(priced, pricing), taxRate: null };
}

/** A shipment method with its price in the currency of the cart. */
export function shipmentMethodAttributes(
  { method, calculations }: PricedMethod,
  { currency }: Pricing,
): ShipmentMethodDto {
  const { id, name, carrierName, taxRate, deliveryTime } = method;
  return { id, name, carrierName, price: calculations.unitPrice, taxRate, deliveryTime, currencyIsoCode: currency };
}

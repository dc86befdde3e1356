import type { ResourceObject } from '#json-api';
import type { CheckoutData } from './checkout-data.service.js';

/** The resource `checkout-data` (contract: resources, section 2.5); what can be chosen comes as included resources. */
export function checkoutDataResource({ cart, shipmentMethods, paymentMethods }: CheckoutData): ResourceObject {
  return {
    type: 'checkout-data',
    id: null,
    attributes: {
      addresses: [],
      paymentProviders: [],
      shipmentMethods: [],
      selectedShipmentMethods: shipmentMethods.map(({ method, calculations }) => ({
        id: method.id,
        name: method.name,
        carrierName: method.carrierName,
        price: calculations.unitPrice,
        taxRate: method.taxRate,
        deliveryTime: method.deliveryTime,
        currencyIsoCode: cart.currency,
      })),
      selectedPaymentMethods: paymentMethods.map(({ providerName, methodName }) => ({
        paymentProviderName: providerName,
        paymentMethodName: methodName,
        requiredRequestData: [],
      })),
    },
  };
}

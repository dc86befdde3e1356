import type { ResourceObject } from '#json-api';
import { ORDER_EXAMPLE } from '../orders/orders-example.js';

/** Attributes of an order to be placed, for the documentation. */
export const CHECKOUT_EXAMPLE = {
  idCart: '0f4b8a1e-5d0a-4c0e-9a52-3a1d2f6b7c80',
  customer: { salutation: 'Ms', firstName: 'Ada', lastName: 'Kessler', email: 'ada.kessler@harborsupply.example' },
  billingAddress: {
    salutation: 'Ms',
    firstName: 'Ada',
    lastName: 'Kessler',
    address1: 'Am Sandtorkai',
    address2: '4',
    zipCode: '20457',
    city: 'Hamburg',
    iso2Code: 'DE',
  },
  shipment: { idShipmentMethod: 1 },
  payments: [{ paymentProviderName: 'DummyPayment', paymentMethodName: 'Invoice' }],
};

/** The answer to it. */
export const CHECKOUT_ANSWER_EXAMPLE: ResourceObject = {
  type: 'checkout',
  id: null,
  attributes: { orderReference: ORDER_EXAMPLE.id, redirectUrl: null, isExternalRedirect: null },
};

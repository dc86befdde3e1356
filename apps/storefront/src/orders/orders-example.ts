import type { ResourceObject } from '#json-api';

const ADDRESS = {
  salutation: 'Ms',
  firstName: 'Ada',
  lastName: 'Kessler',
  address1: 'Am Sandtorkai',
  address2: '4',
  address3: null,
  zipCode: '20457',
  city: 'Hamburg',
  country: 'Germany',
  iso2Code: 'DE',
  company: null,
  phone: null,
};

const TAXED = { unitPrice: 1000, sumPrice: 2000, taxRate: 19, unitGrossPrice: 1000, sumGrossPrice: 2000 };

/** An order for the documentation. */
export const ORDER_EXAMPLE: ResourceObject = {
  type: 'orders',
  id: 'DE--1042',
  attributes: {
    createdAt: '2026-02-09 10:30:00.000000',
    currencyIsoCode: 'EUR',
    priceMode: 'GROSS_MODE',
    totals: {
      expenseTotal: 490,
      discountTotal: 0,
      taxTotal: 397,
      subtotal: 2000,
      grandTotal: 2490,
      canceledTotal: 0,
      remunerationTotal: 0,
    },
    billingAddress: ADDRESS,
    shippingAddress: ADDRESS,
    items: [{ groupKey: 'cleat-60', sku: 'cleat-60', name: 'Dock cleat', quantity: 2, ...TAXED, state: 'new' }],
    expenses: [{ type: 'SHIPMENT_EXPENSE_TYPE', name: 'Standard', idShipment: 1, sumPrice: 490, taxRate: 19 }],
    payments: [
      {
        amount: 2490,
        paymentProvider: 'DummyPayment',
        paymentMethod: 'Invoice',
        paymentIdentifier: 'b2f0c1d4-7f3a-4c58-9d21-6d0a3f4b5c6e',
        status: 'new',
      },
    ],
    shipments: [
      { id: 1, shipmentMethodName: 'Standard', carrierName: 'Hafenpost', currencyIsoCode: 'EUR', items: ['cleat-60'] },
    ],
    calculatedDiscounts: {},
    itemStates: ['new'],
  },
};

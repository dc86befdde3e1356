import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcome } from '#testing';
import { CustomerAddress } from '../src/addresses/customer-address.entity.js';
import { Cart } from '../src/carts/cart.entity.js';
import { ADDRESS, INVOICE, orderOf, storeCart } from './ordering.js';
import { errorsOf, guest, Shop } from './shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.app.stop());

const EMPTY = {
  addresses: [],
  paymentProviders: [],
  shipmentMethods: [],
  selectedShipmentMethods: [],
  selectedPaymentMethods: [],
};

const XX = { ...ADDRESS, iso2Code: 'XX' };

const STANDARD = {
  id: 1,
  name: 'Standard',
  carrierName: 'Hafenpost',
  price: 490,
  taxRate: 19,
  deliveryTime: null,
  currencyIsoCode: 'EUR',
};

/** The tax of what was chosen is known when the order is placed. */
const SELECTED = { ...STANDARD, taxRate: null };

async function shopper(overrides: Partial<Cart> = {}) {
  const [customer, product] = await Promise.all([shop.customer(), shop.product()]);
  return { customer, product, idCart: await storeCart(shop.app.dataSource, customer, [product], overrides) };
}

const look = (token: string, attributes: object, query = '', headers = {}) =>
  shop.app.api.post(`/checkout-data${query}`, attributes, { token, headers });

describe('Checkout data', () => {
  it('needs a cart and nothing else, not even items in it', async () => {
    const customer = await shop.customer();
    const idCart = await storeCart(shop.app.dataSource, customer, []);
    const { status, json } = await look(customer.token, { idCart });
    expect(status).toBe(200);
    expect(json).toEqual({
      data: {
        type: 'checkout-data',
        id: null,
        attributes: EMPTY,
        links: { self: `${shop.app.api.url}/checkout-data` },
      },
    });
  });

  it('says what the chosen way to send is, and nothing of payments', async () => {
    const { customer, idCart } = await shopper();
    const { json } = await look(customer.token, orderOf(idCart));
    expect(json.data.attributes).toEqual({ ...EMPTY, selectedShipmentMethods: [SELECTED] });
  });

  it('has no chosen way to send where there is nothing to send', async () => {
    const customer = await shop.customer();
    const idCart = await storeCart(shop.app.dataSource, customer, []);
    const { status, json } = await look(customer.token, orderOf(idCart), '?include=shipments');
    expect([status, json.data.attributes]).toEqual([200, EMPTY]);
    expect(json.included[0].attributes.selectedShipmentMethod).toBeNull();
  });

  it.each<[string, object]>([
    ['countries', { billingAddress: XX, shippingAddress: XX }],
    ['payments', { payments: [{ ...INVOICE, paymentMethodName: 'Cheque' }] }],
    ['several payments', { payments: [INVOICE, INVOICE] }],
    ['addresses of the book', { billingAddress: { id: randomUUID() }, shippingAddress: { id: 'x' } }],
    ['addresses of companies', { billingAddress: { idCompanyBusinessUnitAddress: 'x' } }],
    ['addresses with an id and fields', { billingAddress: { ...ADDRESS, id: randomUUID() } }],
    ['one shipment beside several', { shipments: [{ idShipmentMethod: 1 }] }],
  ])('informs without judging %s', async (_, overrides) => {
    const { customer, idCart } = await shopper();
    const { status, json } = await look(customer.token, orderOf(idCart, overrides), '?include=shipments');
    expect([status, json.data.attributes]).toEqual([200, { ...EMPTY, selectedShipmentMethods: [SELECTED] }]);
  });

  it('has no chosen way to send where it is not known, or has no price in the currency', async () => {
    const { customer, idCart } = await shopper();
    const { idCart: foreign, customer: stranger } = await shopper({ currency: 'GBP' });
    const unknown = await look(customer.token, { idCart, shipment: { idShipmentMethod: 99 } });
    const unpriced = await look(stranger.token, { idCart: foreign, shipment: { idShipmentMethod: 1 } });
    for (const { status, json } of [unknown, unpriced]) expect([status, json.data.attributes]).toEqual([200, EMPTY]);
  });

  it('prices it in the currency and the price mode of the cart', async () => {
    const { customer, idCart } = await shopper({ currency: 'CHF', priceMode: 'NET_MODE' });
    const { json } = await look(customer.token, { idCart, shipment: { idShipmentMethod: 2 } });
    const [selected] = json.data.attributes.selectedShipmentMethods;
    expect(selected).toMatchObject({ id: 2, name: 'Express', price: 471, currencyIsoCode: 'CHF' });
  });

  it('takes shipments that are not complete yet', async () => {
    const { customer, idCart } = await shopper();
    const { json } = await look(customer.token, { idCart, shipments: [{ idShipmentMethod: 1 }, {}] });
    expect(json.data.attributes.selectedShipmentMethods).toEqual([SELECTED]);
    expect((await look(customer.token, { idCart, shipments: [], payments: [] })).status).toBe(200);
  });

  it('serves guests', async () => {
    const caller = guest();
    const idCart = await storeCart(shop.app.dataSource, caller, []);
    expect((await shop.app.api.post('/checkout-data', { idCart }, caller)).status).toBe(200);
  });

  it('changes nothing', async () => {
    const { customer, product, idCart } = await shopper();
    await look(customer.token, orderOf(idCart));
    const [{ version, stock }] = await shop.app.dataSource.query(
      `SELECT version, stock FROM cart, product WHERE uuid = $1 AND sku = $2`,
      [idCart, product.sku],
    );
    expect([version, stock]).toEqual([1, 100]);
  });

  it('asks for no second factor', async () => {
    const { customer, idCart } = await shopper();
    await shop.enableMfa(customer.token, customer.email);
    expect((await look(customer.token, { idCart })).status).toBe(200);
  });
});

describe('What is included with checkout data', () => {
  const types = ({ json }: { json: any }) => (json.included ?? []).map(({ type, id }: any) => `${type} ${id}`);

  it('is what can be chosen', async () => {
    const { customer, product, idCart } = await shopper();
    const uuid = randomUUID();
    await shop.app.dataSource.manager.insert(CustomerAddress, {
      ...{ uuid, customerId: customer.id, ...ADDRESS, isDefaultBilling: true, isDefaultShipping: true },
      createdAt: new Date(),
    });
    const query =
      '?include=shipments,shipment-methods,payment-methods,addresses,carts,items,guest-carts,service-points';
    const shipment = { idShipmentMethod: STANDARD.id };
    const answer = await look(customer.token, { idCart, shipment }, query);
    expect(types(answer)).toEqual([
      'shipments 1',
      'shipment-methods 1',
      'shipment-methods 2',
      'payment-methods DummyPayment:Invoice',
      'payment-methods OtherPayment:Card',
      `addresses ${uuid}`,
      `carts ${idCart}`,
      `items ${product.sku}`,
    ]);
    const [chosen, method] = answer.json.included;
    expect(method.attributes).toEqual(STANDARD);
    expect(chosen.attributes).toEqual({
      items: [product.sku],
      requestedDeliveryDate: null,
      shippingAddress: null,
      selectedShipmentMethod: SELECTED,
    });
    expect(chosen.relationships['shipment-methods'].data).toHaveLength(2);
    const address = answer.json.included[5];
    expect(address.attributes).toMatchObject({ city: 'Hamburg', isDefaultBilling: true });
    expect(address.links.self).toBe(`${shop.app.api.url}/customers/${customer.customerReference}/addresses/${uuid}`);
    expect(Object.keys(answer.json.data.relationships)).toEqual([
      ...['shipments', 'shipment-methods', 'payment-methods', 'addresses', 'carts'],
    ]);
  });

  it('is what is offered in the currency of the cart', async () => {
    const { customer, idCart } = await shopper({ currency: 'GBP' });
    expect(types(await look(customer.token, { idCart }, '?include=shipment-methods'))).toEqual([]);
  });

  it('is the cart of a guest, who has no addresses', async () => {
    const caller = guest();
    const idCart = await storeCart(shop.app.dataSource, caller, []);
    const query = '?include=guest-carts,carts,addresses';
    expect(types(await shop.app.api.post(`/checkout-data${query}`, { idCart }, caller))).toEqual([
      `guest-carts ${idCart}`,
    ]);
  });
});

describe('Checkout data is refused', () => {
  it('for its shape and for blank fields', async () => {
    const { customer, idCart } = await shopper();
    const of = async (attributes: object) => errorsOf(await look(customer.token, attributes));
    expect(await of({})).toEqual(['422 901 idCart => This field is missing.']);
    expect(await of({ idCart, shipment: {}, payments: [{ paymentProviderName: '', paymentMethodName: '' }] })).toEqual([
      '422 901 shipment.idShipmentMethod => This field is missing.',
      '422 901 payments.0.paymentMethodName => This value should not be blank.',
      '422 901 payments.0.paymentProviderName => This value should not be blank.',
    ]);
    expect(await of({ idCart: '', customer: { email: '', salutation: '', firstName: '', lastName: '' } })).toEqual([
      '422 901 idCart => This value should not be blank.',
      '422 901 customer.salutation => This value should not be blank.',
      '422 901 customer.email => Email is invalid.',
    ]);
    expect(await of({ customer: {} })).toEqual([
      '422 901 idCart => This field is missing.',
      '422 901 customer.salutation => This field is missing.',
      '422 901 customer.email => This field is missing.',
    ]);
  });

  it("for nobody, and for somebody else's cart", async () => {
    const { idCart } = await shopper();
    expect(outcome(await shop.app.api.post('/checkout-data', { idCart }))).toBe('400 1105');
    const empty = { headers: { authorization: '' } };
    expect(outcome(await shop.app.api.post('/checkout-data', { idCart }, empty))).toBe('403 002');
    expect(outcome(await shop.app.api.post('/checkout-data', { idCart }, guest()))).toBe('422 1103');
    expect(outcome(await look((await shop.customer()).token, { idCart }))).toBe('422 1103');
  });
});

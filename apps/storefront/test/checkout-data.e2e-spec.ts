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

const STANDARD = {
  id: 1,
  name: 'Standard',
  carrierName: 'Hafenpost',
  price: 490,
  taxRate: 19,
  deliveryTime: null,
  currencyIsoCode: 'EUR',
};

async function shopper(given: Partial<Cart> = {}) {
  const [customer, product] = await Promise.all([shop.customer(), shop.product()]);
  return { customer, product, idCart: await storeCart(shop.app.dataSource, customer, [product], given) };
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

  it('says what the chosen ways to send and to pay are', async () => {
    const { customer, idCart } = await shopper();
    const { json } = await look(customer.token, orderOf(idCart));
    expect(json.data.attributes).toEqual({
      ...EMPTY,
      selectedShipmentMethods: [STANDARD],
      selectedPaymentMethods: [{ ...INVOICE, requiredRequestData: [] }],
    });
  });

  it('prices them in the currency and the price mode of the cart', async () => {
    const { customer, idCart } = await shopper({ currency: 'CHF', priceMode: 'NET_MODE' });
    const { json } = await look(customer.token, { idCart, shipment: { idShipmentMethod: 2 } });
    const [selected] = json.data.attributes.selectedShipmentMethods;
    expect(selected).toMatchObject({ id: 2, name: 'Express', price: 471, currencyIsoCode: 'CHF' });
  });

  it('takes shipments that are not complete yet', async () => {
    const { customer, idCart } = await shopper();
    const { json } = await look(customer.token, { idCart, shipments: [{ idShipmentMethod: 1 }, {}] });
    expect(json.data.attributes.selectedShipmentMethods).toEqual([STANDARD]);
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
      selectedShipmentMethod: STANDARD,
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
  it('for what the request has and is wrong, in the order of checkout', async () => {
    const { customer, idCart } = await shopper();
    const of = async (attributes: object) => errorsOf(await look(customer.token, attributes));
    expect(await of({})).toEqual(['422 901 idCart => This field is missing.']);
    expect(await of({ idCart, billingAddress: { id: '' }, shipment: {}, payments: [{}] })).toContain(
      '422 901 shipment.idShipmentMethod => This field is missing.',
    );
    const xx = { ...ADDRESS, iso2Code: 'XX' };
    const wrong = {
      idCart: randomUUID(),
      billingAddress: { id: randomUUID(), ...ADDRESS },
      shippingAddress: xx,
      shipment: { idShipmentMethod: 99 },
      shipments: [{ idShipmentMethod: 99 }],
      payments: [INVOICE, { ...INVOICE, paymentMethodName: 'Cheque' }],
    };
    expect(await of(wrong)).toEqual(['422 1108 Payment method "Cheque" of payment provider "DummyPayment" is invalid']);
    wrong.payments.length = 1;
    expect(await of({ ...wrong, payments: [INVOICE, INVOICE] })).toEqual([
      '400 1107 Multiple payments are not allowed.',
    ]);
    expect((await of(wrong))[0]).toMatch(/^422 4301 /);
    expect((await of({ ...wrong, shipments: [] }))[0]).toMatch(/^422 4302 /);
    const known = { ...wrong, shipments: null, billingAddress: { id: 'x' } };
    expect(await of(known)).toEqual(['422 1103 Cart not found.']);
    expect(await of({ ...known, idCart })).toEqual([
      '422 1102 Customer address with ID x not found.',
      '422 1102 Shipping address country not found for country code: XX',
      '422 1102 Shipment method not found.',
    ]);
  });

  it("for nobody, and for somebody else's cart", async () => {
    const { idCart } = await shopper();
    expect(outcome(await shop.app.api.post('/checkout-data', { idCart }))).toBe('400 1105');
    expect(outcome(await shop.app.api.post('/checkout-data', { idCart }, guest()))).toBe('422 1103');
    expect(outcome(await look((await shop.customer()).token, { idCart }))).toBe('422 1103');
  });

  it('with the texts of the order in German for those who read it', async () => {
    const { customer, idCart } = await shopper();
    const attributes = { idCart, shipment: { idShipmentMethod: 99 } };
    const answer = await look(customer.token, attributes, '', { 'accept-language': 'de' });
    expect(errorsOf(answer)).toEqual(['422 1102 Versandart wurde nicht gefunden.']);
  });
});

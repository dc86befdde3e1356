import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, outcome, wrongCode, type Answer } from '#testing';
import { CustomerAddress } from '../src/addresses/customer-address.entity.js';
import { Cart } from '../src/carts/cart.entity.js';
import { Product } from '../src/catalogue/product.entity.js';
import { SalesOrder } from '../src/orders/sales-order.entity.js';
import { ADDRESS, breakWrites, GUEST, INVOICE, orderOf, storeCart } from './ordering.js';
import { errorsOf, guest, Shop, type LoggedIn } from './shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.app.stop());

const sources = () => shop.app.dataSource;
const stockOf = async ({ sku }: Product) => (await sources().manager.findOneByOrFail(Product, { sku })).stock;
const cartOf = (uuid: string) => sources().manager.findOneBy(Cart, { uuid });
const ordersOf = ({ id }: { id: string }) => sources().manager.findBy(SalesOrder, { customerId: id });

/** A customer with a cart of one product. */
async function shopper(overrides: Partial<Product> = {}, cart: Partial<Cart> = {}) {
  const [customer, product] = await Promise.all([shop.customer(), shop.product(overrides)]);
  return { customer, product, idCart: await storeCart(sources(), customer, [product], cart) };
}

const place = ({ token }: LoggedIn, attributes: object, path = '/checkout', headers = {}): Promise<Answer> =>
  shop.app.api.post(path, attributes, { token, headers });

describe('A checkout', () => {
  it('turns a cart into an order', async () => {
    const { customer, product, idCart } = await shopper();
    const answer = await place(customer, orderOf(idCart), '/checkout?include=orders');
    expect(answer.status).toBe(201);
    const { data, included } = answer.json;
    expect(data).toEqual({
      type: 'checkout',
      id: null,
      attributes: {
        orderReference: expect.stringMatching(/^DE--\d+$/),
        redirectUrl: null,
        isExternalRedirect: null,
      },
      links: { self: `${shop.app.api.url}/checkout?include=orders` },
      relationships: { orders: { data: [{ type: 'orders', id: data.attributes.orderReference }] } },
    });
    const { attributes } = included[0];
    expect(included[0].links.self).toBe(`${shop.app.api.url}/orders/${data.attributes.orderReference}`);
    expect(attributes.totals).toEqual({
      expenseTotal: 490,
      discountTotal: 0,
      taxTotal: 319 + 78,
      subtotal: 2000,
      grandTotal: 2490,
      canceledTotal: 0,
      remunerationTotal: 0,
    });
    expect(attributes.billingAddress).toEqual({
      ...ADDRESS,
      country: 'Germany',
      address3: null,
      company: null,
      phone: null,
    });
    expect(attributes.shippingAddress).toEqual(attributes.billingAddress);
    expect(attributes.items).toEqual([
      expect.objectContaining({ sku: product.sku, quantity: 2, sumPrice: 2000, sumTaxAmountFullAggregation: 319 }),
    ]);
    expect(attributes.payments).toEqual([
      {
        amount: 2490,
        paymentProvider: 'DummyPayment',
        paymentMethod: 'Invoice',
        paymentIdentifier: expect.stringMatching(/^[0-9a-f-]{36}$/),
        status: 'new',
      },
    ]);
    expect(await cartOf(idCart)).toBeNull();
    expect(await stockOf(product)).toBe(98);
    const [order] = await ordersOf(customer);
    const { salutation, firstName, lastName, email } = customer;
    expect(order!.customer).toEqual({ salutation, firstName, lastName, email });
  });

  it('includes nothing that was not asked for', async () => {
    const { customer, idCart } = await shopper();
    const { json } = await place(customer, orderOf(idCart));
    expect(Object.keys(json)).toEqual(['data']);
    expect(json.data.relationships).toBeUndefined();
  });

  it('adds the tax to net prices', async () => {
    const { customer, idCart } = await shopper({}, { priceMode: 'NET_MODE', currency: 'CHF' });
    const { json } = await place(customer, orderOf(idCart), '/checkout?include=orders');
    const { totals, priceMode, currencyIsoCode, payments } = json.included[0].attributes;
    expect([priceMode, currencyIsoCode]).toEqual(['NET_MODE', 'CHF']);
    expect(totals).toMatchObject({ subtotal: 1916, expenseTotal: 471, taxTotal: 364 + 89, grandTotal: 2387 + 453 });
    expect(payments[0].amount).toBe(2840);
  });

  it('counts with the prices of the moment of the order', async () => {
    const { customer, product, idCart } = await shopper();
    await sources().manager.update(Product, { sku: product.sku }, { prices: { EUR: { gross: 700, net: 588 } } });
    const { json } = await place(customer, orderOf(idCart), '/checkout?include=orders');
    expect(json.included[0].attributes.totals.subtotal).toBe(1400);
  });

  it('keeps the order as it was when the catalogue changes', async () => {
    const { customer, product, idCart } = await shopper();
    const { json } = await place(customer, orderOf(idCart));
    await sources().manager.update(Product, { sku: product.sku }, { prices: {}, name: 'Another' });
    const path = `/orders/${json.data.attributes.orderReference}`;
    const order = (await shop.app.api.get(path, { token: customer.token })).json.data.attributes;
    expect(order.items[0]).toMatchObject({ name: 'Dock cleat', unitPrice: 1000 });
  });

  it('numbers the orders of all stores and customers in one row', async () => {
    const numbers: number[] = [];
    for (let count = 0; count < 2; count += 1) {
      const { customer, idCart } = await shopper();
      const { json } = await place(customer, orderOf(idCart));
      numbers.push(Number(json.data.attributes.orderReference.slice('DE--'.length)));
    }
    expect(numbers[1]).toBe(numbers[0]! + 1);
  });

  it('makes the newest other cart the default in place of the default that was ordered', async () => {
    const { customer, product, idCart } = await shopper({}, { isDefault: true });
    const older = await storeCart(sources(), customer, [product], { createdAt: new Date(1000) });
    const newer = await storeCart(sources(), customer, [product], { createdAt: new Date(2000) });
    expect((await place(customer, orderOf(idCart))).status).toBe(201);
    expect((await cartOf(newer))!.isDefault).toBe(true);
    expect((await place(customer, orderOf(older))).status).toBe(201);
    expect((await cartOf(newer))!.isDefault).toBe(true);
  });

  it('sells what is never out of stock without counting it', async () => {
    const { customer, product, idCart } = await shopper({ stock: 0, neverOutOfStock: true });
    expect((await place(customer, orderOf(idCart))).status).toBe(201);
    expect(await stockOf(product)).toBe(0);
  });

  it('costs as many statements for one item as for twenty', async () => {
    const customer = await shop.customer();
    const products = await Promise.all(Array.from({ length: 20 }, () => shop.product()));
    const count = async (some: Product[]) => {
      const idCart = await storeCart(sources(), customer, some);
      return countStatements(async () => expect((await place(customer, orderOf(idCart))).status).toBe(201));
    };
    await count(products);
    expect(await count(products)).toBe(await count(products.slice(0, 1)));
  });

  it('is an empty list to look at', async () => {
    const { status, json } = await shop.app.api.get('/checkout');
    expect([status, json]).toEqual([200, { data: [], links: { self: `${shop.app.api.url}/checkout` } }]);
  });
});

describe('The addresses of an order', () => {
  const store = async ({ id }: { id: string }, overrides: Partial<CustomerAddress> = {}): Promise<string> => {
    const uuid = randomUUID();
    const flags = { isDefaultBilling: false, isDefaultShipping: false };
    await sources().manager.insert(CustomerAddress, {
      ...{ uuid, customerId: id, ...ADDRESS, ...flags, createdAt: new Date() },
      ...overrides,
    });
    return uuid;
  };

  it('come from the address book by their ids', async () => {
    const { customer, idCart } = await shopper();
    const billing = await store(customer, { city: 'Kiel' });
    const shipping = await store(customer, { city: 'Bremen' });
    const attributes = { billingAddress: { id: billing }, shippingAddress: { id: shipping.toUpperCase() } };
    const { json } = await place(customer, orderOf(idCart, attributes), '/checkout?include=orders');
    const { billingAddress, shippingAddress, shipments } = json.included[0].attributes;
    expect([billingAddress.city, shippingAddress.city, billingAddress.country]).toEqual(['Kiel', 'Bremen', 'Germany']);
    expect(shipments[0].shippingAddress).toEqual(shippingAddress);
    expect(billingAddress.uuid).toBeUndefined();
  });

  it('of other people are unknown, and so are those of nobody', async () => {
    const { customer, idCart } = await shopper();
    const foreign = await store(await shop.customer());
    for (const id of [foreign, randomUUID(), 'no-uuid', '5', "'; --"]) {
      const answer = await place(customer, orderOf(idCart, { billingAddress: { id } }));
      expect(errorsOf(answer)).toEqual([`422 1102 Customer address with ID ${id} not found.`]);
    }
  });

  it('have no ids for guests', async () => {
    const caller = guest();
    const idCart = await storeCart(sources(), caller, [await shop.product()]);
    const id = await store(await shop.customer());
    const answer = await shop.app.api.post('/checkout', orderOf(idCart, { ...GUEST, billingAddress: { id } }), caller);
    expect(errorsOf(answer)).toEqual([`422 1102 Customer address with ID ${id} not found.`]);
  });

  it('of companies are unknown here', async () => {
    const { customer, idCart } = await shopper();
    const billingAddress = { idCompanyBusinessUnitAddress: 'b-1' };
    const answer = await place(customer, orderOf(idCart, { billingAddress }));
    expect(errorsOf(answer)).toEqual(['422 1102 Company address with ID b-1 not found.']);
  });

  it('are not both an id and fields', async () => {
    const { customer, idCart } = await shopper();
    const id = randomUUID();
    const expected = ['422 4302 Provided address is not valid. You can either provide address ID or address fields.'];
    for (const overrides of [{ billingAddress: { id, city: 'Kiel' } }, { shippingAddress: { id, ...ADDRESS } }]) {
      expect(errorsOf(await place(customer, orderOf(idCart, overrides)))).toEqual(expected);
    }
    const flags = { isDefaultBilling: true, city: null };
    const answer = await place(customer, orderOf(idCart, { billingAddress: { id, ...flags } }));
    expect(outcome(answer)).toBe('422 1102');
  });

  it('may spell the country in small letters', async () => {
    const { customer, idCart } = await shopper();
    const attributes = orderOf(idCart, { billingAddress: { ...ADDRESS, iso2Code: 'de' } });
    const { json } = await place(customer, attributes, '/checkout?include=orders');
    expect(json.included[0].attributes.billingAddress.iso2Code).toBe('DE');
  });
});

describe('An order in several shipments', () => {
  it('sends each item where it shall go', async () => {
    const [customer, a, b] = [await shop.customer(), await shop.product(), await shop.product()];
    const idCart = await storeCart(sources(), customer, [a, b]);
    const shipments = [
      { items: [a.sku], shippingAddress: ADDRESS, idShipmentMethod: 1, requestedDeliveryDate: '2030-02-28' },
      {
        items: [b.sku],
        shippingAddress: { ...ADDRESS, city: 'Kiel' },
        idShipmentMethod: '2',
        requestedDeliveryDate: null,
      },
    ];
    const { json } = await place(
      customer,
      orderOf(idCart, { shipment: null, shipments }),
      '/checkout?include=orders,order-shipments',
    );
    expect(json.included.map(({ type, id }: { type: string; id: string }) => `${type} ${id}`).slice(1)).toEqual([
      'order-shipments 1',
      'order-shipments 2',
    ]);
    const order = json.included[0].attributes;
    expect(order.shippingAddress).toBeNull();
    expect(order.totals).toMatchObject({ subtotal: 4000, expenseTotal: 980, grandTotal: 4980 });
    expect(order.expenses.map(({ name, idShipment }: any) => [name, idShipment])).toEqual([
      ['Standard', 1],
      ['Express', 2],
    ]);
    expect(order.shipments).toEqual([
      expect.objectContaining({ id: 1, items: [a.sku], requestedDeliveryDate: '2030-02-28' }),
      expect.objectContaining({ id: 2, items: [b.sku], requestedDeliveryDate: null }),
    ]);
    expect(order.items.map(({ sku, idShipment }: any) => [sku, idShipment])).toEqual([
      [a.sku, 1],
      [b.sku, 2],
    ]);
  });

  it('has every item in one shipment, and no others', async () => {
    const [customer, a, b] = [await shop.customer(), await shop.product(), await shop.product()];
    const idCart = await storeCart(sources(), customer, [a, b]);
    const part = (...items: string[]) => ({ items, shippingAddress: ADDRESS, idShipmentMethod: 1 });
    const shipments = [part(a.sku, 'unknown'), part(a.sku)];
    expect(errorsOf(await place(customer, orderOf(idCart, { shipment: undefined, shipments })))).toEqual([
      '422 1102 Cart item unknown not found.',
      `422 1102 More than one shipment selected for the cart item ${a.sku}.`,
      `422 1102 No shipment selected for the cart item ${b.sku}.`,
    ]);
  });

  it('has all of its attributes', async () => {
    const { customer, idCart, product } = await shopper();
    const part = { items: [product.sku], shippingAddress: ADDRESS, idShipmentMethod: 1 };
    const incomplete = [
      ...[[], [{}], [part, {}]],
      ...[[{ ...part, items: [] }], [{ ...part, shippingAddress: null }], [{ ...part, idShipmentMethod: null }]],
    ];
    for (const shipments of incomplete) {
      const answer = await place(customer, orderOf(idCart, { shipment: null, shipments }));
      expect(errorsOf(answer), JSON.stringify(shipments)).toEqual(['422 4304 Shipments attributes are not specified.']);
    }
  });
});

describe('A checkout is refused', () => {
  const MIXED = '422 4301 Single and multiple shipments attributes are not allowed in the same request.';

  it('without the attributes it needs, all of which are named', async () => {
    const { token } = await shop.customer();
    const details = async (attributes: object) => {
      const answer = await shop.app.api.post('/checkout', attributes, { token });
      expect(answer.json.errors.every(({ status, code }: any) => status === 422 && code === '901')).toBe(true);
      return answer.json.errors.map(({ detail }: any) => detail);
    };
    expect(await details({})).toEqual([
      'idCart => This field is missing.',
      'billingAddress => This field is missing.',
      'payments => This field is missing.',
    ]);
    expect(await details({ idCart: '', billingAddress: {}, shipment: {}, payments: [{}] })).toEqual([
      'idCart => This value should not be blank.',
      'billingAddress.salutation => This field is missing.',
      'billingAddress.firstName => This field is missing.',
      'billingAddress.lastName => This field is missing.',
      'billingAddress.address1 => This field is missing.',
      'billingAddress.address2 => This field is missing.',
      'billingAddress.zipCode => This field is missing.',
      'billingAddress.city => This field is missing.',
      'billingAddress.iso2Code => This field is missing.',
      'shipment.idShipmentMethod => This field is missing.',
      'payments.0.paymentMethodName => This field is missing.',
      'payments.0.paymentProviderName => This field is missing.',
    ]);
    const of = (overrides: object) => details(orderOf(randomUUID(), overrides));
    expect(await of({ billingAddress: { ...ADDRESS, city: 'Au', salutation: '', phone: 5 } })).toEqual([
      'billingAddress.salutation => This value should not be blank.',
      'billingAddress.city => This value is too short. It should have 3 characters or more.',
      'billingAddress.phone => This value should be of type string.',
    ]);
    expect(await of({ customer: { salutation: '', email: 'nobody' } })).toEqual([
      'customer.salutation => This value should not be blank.',
      'customer.email => Email is invalid.',
    ]);
    expect(await of({ shipments: [{ requestedDeliveryDate: '2030-02-30', idShipmentMethod: 'x' }] })).toEqual([
      'shipments.0.idShipmentMethod => This value should be of type numeric.',
      'shipments.0.requestedDeliveryDate => This value is not a valid date.',
    ]);
    expect(await of({ payments: [] })).toEqual(['payments => This value should not be blank.']);
    expect(await of({ shipments: [null] })).toEqual(['shipments.0 => This value should be of type object.']);
    expect(await of({ payments: [null] })).toEqual(['payments.0 => This value should be of type object.']);
    expect(await of({ shippingAddress: { ...ADDRESS, lastName: null } })).toEqual([
      'shippingAddress.lastName => This value should not be blank.',
    ]);
  });

  it('for anything that is not what it should be, without failing', async () => {
    const { customer, idCart, product } = await shopper({ neverOutOfStock: true });
    const evil = JSON.parse('{"__proto__":{"id":"x"},"constructor":1,"then":{},"length":-1}') as object;
    const values: unknown[] = ['text', 5, true, [], ['x'], {}, null, '\0', '\ud800', 1e300, evil, [evil], [[]]];
    const part = { items: [product.sku], shippingAddress: ADDRESS, idShipmentMethod: 1 };
    const places: ((value: unknown) => object)[] = [
      ...['idCart', 'customer', 'billingAddress', 'shippingAddress', 'shipment', 'shipments', 'payments'].map(
        (name) => (value: unknown) => ({ [name]: value }),
      ),
      ...['salutation', 'city', 'id', 'iso2Code', 'address3', 'idCompanyBusinessUnitAddress'].map(
        (name) => (value: unknown) => ({ billingAddress: { ...ADDRESS, [name]: value } }),
      ),
      ...['paymentProviderName', 'paymentSelection', 'amount'].map((name) => (value: unknown) => ({
        payments: [{ ...INVOICE, [name]: value }],
      })),
      ...['items', 'idShipmentMethod', 'shippingAddress', 'requestedDeliveryDate'].map((name) => (value: unknown) => ({
        shipment: null,
        shipments: [{ ...part, [name]: value }],
      })),
      (value) => ({ shipment: { idShipmentMethod: value } }),
      (value) => ({ customer: { salutation: value, email: value, firstName: value } }),
    ];
    for (const overrides of places.flatMap((at) => values.map(at))) {
      const answer = await place(customer, orderOf(idCart, overrides));
      expect(answer.status, `${JSON.stringify(overrides)} ${answer.text}`).toBeLessThan(500);
      if (answer.status !== 201) continue;
      await sources().query(`DELETE FROM sales_order WHERE cart_uuid = $1`, [idCart]);
      await storeCart(sources(), customer, [product], { uuid: idCart });
    }
  });

  it('when the caller is nobody', async () => {
    const answer = await shop.app.api.post('/checkout', orderOf(randomUUID()));
    expect(errorsOf(answer)).toEqual([
      '400 1105 One of Authorization or X-Anonymous-Customer-Unique-Id headers is required.',
    ]);
    expect(outcome(await shop.app.api.post('/checkout', {}))).toBe('422 901');
    expect(outcome(await shop.app.api.post('/checkout', orderOf(randomUUID()), { token: 'x' }))).toBe('401 001');
    for (const authorization of ['', ' ']) {
      const empty = await shop.app.api.post('/checkout', {}, { headers: { authorization } });
      expect(errorsOf(empty)).toEqual(['403 002 Missing access token.']);
    }
    const { token } = await shop.customer();
    expect(outcome(await shop.app.api.post('/checkout', orderOf(''), { token, ...guest() }))).toBe('400 005');
  });

  it('for the first of these reasons', async () => {
    const { customer, product, idCart } = await shopper({ stock: 1 });
    const empty = await storeCart(sources(), customer, []);
    const unpriced = await storeCart(sources(), customer, [await shop.product({ prices: {} })]);
    const card = { paymentProviderName: 'OtherPayment', paymentMethodName: 'Invoice' };
    const country = { ...ADDRESS, iso2Code: 'XX' };
    const wrong = {
      idCart: randomUUID(),
      shipments: [{ idShipmentMethod: 999 }],
      shippingAddress: { id: randomUUID(), ...country },
      payments: [card, INVOICE],
      billingAddress: country,
    };
    const outcomeOf = async (overrides: object) => errorsOf(await place(customer, orderOf(idCart, overrides)));
    expect(await outcomeOf(wrong)).toEqual(['400 1107 Multiple payments are not allowed.']);
    Object.assign(wrong, { payments: [card] });
    expect(await outcomeOf(wrong)).toEqual([MIXED]);
    expect(await outcomeOf({ ...wrong, shipment: undefined })).toEqual([MIXED]);
    expect(await outcomeOf({ ...wrong, shippingAddress: undefined })).toEqual([MIXED]);
    expect(await outcomeOf({ ...wrong, shipments: [] })).toEqual([
      '422 4302 Provided address is not valid. You can either provide address ID or address fields.',
    ]);
    Object.assign(wrong, { shipments: undefined, shippingAddress: country, shipment: undefined });
    expect(await outcomeOf(wrong)).toEqual(['422 4303 Shipment attribute is not specified.']);
    Object.assign(wrong, { shipment: { idShipmentMethod: 999 } });
    expect(await outcomeOf(wrong)).toEqual(['422 1103 Cart not found.']);
    expect(await outcomeOf({ ...wrong, idCart: empty })).toEqual(['422 1104 Cart is empty.']);
    expect(await outcomeOf({ ...wrong, idCart: unpriced })).toEqual(['422 1101 Checkout data is invalid.']);
    expect(await outcomeOf({ ...wrong, idCart })).toEqual([
      '422 1102 Billing address country not found for country code: XX',
      '422 1102 Shipping address country not found for country code: XX',
      '422 1102 Shipment method not found.',
      '422 1102 Checkout payment is not valid',
    ]);
    expect(await outcomeOf({ payments: [card] })).toEqual(['422 1102 Checkout payment is not valid']);
    expect(await outcomeOf({})).toEqual([
      `422 1102 Product "${product.sku}" is not available in the requested quantity.`,
    ]);
    expect(await stockOf(product)).toBe(1);
  });

  it('with the texts of the order in German for those who read it', async () => {
    const { customer, idCart } = await shopper({ stock: 0 });
    const german = { 'accept-language': 'de-DE' };
    const attributes = orderOf(idCart, { billingAddress: { ...ADDRESS, iso2Code: 'XX' } });
    const answer = await place(customer, attributes, '/checkout', german);
    expect(errorsOf(answer)).toEqual([
      '422 1102 Das Land der Rechnungsadresse wurde für den Ländercode nicht gefunden: XX',
    ]);
    expect(errorsOf(await place(customer, orderOf(idCart), '/checkout', german))[0]).toMatch(
      /nicht in der gewünschten/,
    );
    const cart = await place(customer, orderOf(randomUUID()), '/checkout', german);
    expect(errorsOf(cart)).toEqual(['422 1103 Cart not found.']);
  });

  it("for somebody else's cart, a guest's included", async () => {
    const { customer, product } = await shopper();
    const foreign = [
      (await shopper()).idCart,
      await storeCart(sources(), guest(), [product]),
      ...['no-uuid', `${randomUUID()}0`],
    ];
    for (const idCart of foreign) {
      expect(outcome(await place(customer, orderOf(idCart)))).toBe('422 1103');
    }
  });

  it('with ways to pay and to send that are not offered any more', async () => {
    const { customer, idCart } = await shopper();
    await sources().query(`INSERT INTO payment_method VALUES ('DummyPayment', 'Cheque', false)`);
    const [{ id }] = await sources().query(`
      INSERT INTO shipment_method (name, carrier, prices, tax_rate, is_active)
      VALUES ('Pigeon', 'Coop', '{"EUR":{"gross":1,"net":1}}', 19, false) RETURNING id::int`);
    const [{ id: unpriced }] = await sources().query(`
      INSERT INTO shipment_method (name, carrier, prices, tax_rate)
      VALUES ('Barge', 'Coop', '{"GBP":{"gross":1,"net":1}}', 19) RETURNING id::int`);
    const payments = [{ ...INVOICE, paymentMethodName: 'Cheque' }];
    expect(errorsOf(await place(customer, orderOf(idCart, { payments })))).toEqual([
      '422 1102 Checkout payment is not valid',
    ]);
    for (const idShipmentMethod of [id, unpriced, -1, '999999999999999']) {
      const answer = await place(customer, orderOf(idCart, { shipment: { idShipmentMethod } }));
      expect(errorsOf(answer)).toEqual(['422 1102 Shipment method not found.']);
    }
  });

  it('when it comes to more than can be counted', async () => {
    const { customer, product } = await shopper({
      neverOutOfStock: true,
      prices: { EUR: { gross: Number.MAX_SAFE_INTEGER, net: 1 } },
    });
    const idCart = await storeCart(sources(), customer, [[product, 2_147_483_647]]);
    expect(outcome(await place(customer, orderOf(idCart)))).toBe('422 1101');
  });
});

describe('Who orders', () => {
  const MISSING = [
    '422 901 customer.salutation => This field is missing.',
    '422 901 customer.email => This field is missing.',
  ];

  it('is looked at wherever it is sent, also beside a token, together with the rest', async () => {
    const { customer } = await shopper();
    const empty = { email: '', salutation: '', firstName: '', lastName: '' };
    for (const send of [
      (attributes: object) => place(customer, attributes),
      (attributes: object) => shop.app.api.post('/checkout', attributes, guest()),
    ]) {
      expect(errorsOf(await send(orderOf('', { customer: empty })))).toEqual([
        '422 901 idCart => This value should not be blank.',
        '422 901 customer.salutation => This value should not be blank.',
        '422 901 customer.email => Email is invalid.',
      ]);
      expect(errorsOf(await send(orderOf('x', { idCart: undefined, customer: {} })))).toEqual([
        '422 901 idCart => This field is missing.',
        ...MISSING,
      ]);
      for (const email of [null, 'ada', 7, [], {}]) {
        const answer = await send(orderOf('x', { customer: { ...GUEST.customer, email } }));
        expect(errorsOf(answer)).toContain('422 901 customer.email => Email is invalid.');
      }
    }
  });

  it('may be left out beside a token', async () => {
    const { customer, idCart } = await shopper();
    expect((await place(customer, orderOf(idCart, { customer: null }))).status).toBe(201);
  });
});

describe('A guest', () => {
  it('orders without an account', async () => {
    const caller = guest();
    const product = await shop.product();
    const idCart = await storeCart(sources(), caller, [product]);
    const answer = await shop.app.api.post('/checkout?include=orders', orderOf(idCart, GUEST), caller);
    expect([answer.status, answer.json.included[0].type]).toEqual([201, 'orders']);
    const order = await sources().manager.findOneByOrFail(SalesOrder, { cartUuid: idCart });
    expect([order.customer, order.customerId]).toEqual([GUEST.customer, null]);
    expect(await stockOf(product)).toBe(98);
  });

  it('says who they are before anything else is judged', async () => {
    const caller = guest();
    const payments = [INVOICE, INVOICE];
    const send = (customer: unknown) =>
      shop.app.api.post('/checkout', orderOf(randomUUID(), { customer, payments }), caller);
    for (const customer of [undefined, null]) {
      expect(errorsOf(await send(customer))).toEqual([
        '422 1109 Required customer information is missing from the request body.',
      ]);
    }
    expect(outcome(await send({ salutation: 'Mr', email: GUEST.customer.email }))).toBe('400 1107');
  });

  it("does not order a customer's cart, nor another guest's", async () => {
    const { idCart } = await shopper();
    const other = await storeCart(sources(), guest(), [await shop.product()]);
    for (const cart of [idCart, other]) {
      expect(outcome(await shop.app.api.post('/checkout', orderOf(cart, GUEST), guest()))).toBe('422 1103');
    }
  });
});

describe('The second factor of a checkout', () => {
  it('comes before everything else that is wrong', async () => {
    const { customer, idCart } = await shopper();
    const { token } = customer;
    const code = await shop.enableMfa(token, customer.email);
    const send = (body: unknown, given?: string) =>
      shop.app.api.call('POST', '/checkout', { token, body, code: given, headers: { 'idempotency-key': 'ü' } });
    expect(outcome(await send(''))).toBe('403 5900');
    expect(outcome(await send({}))).toBe('403 5900');
    expect(outcome(await send({ data: { type: 'checkout', attributes: {} } }, wrongCode(code)))).toBe('403 5901');
    expect(outcome(await send({}, code))).toBe('400 Post data is invalid.');
    expect(outcome(await shop.app.api.post('/checkout', orderOf(idCart), { token }))).toBe('403 5900');
    expect(await ordersOf(customer)).toEqual([]);
    expect((await shop.app.api.post('/checkout', orderOf(idCart), { token, code })).status).toBe(201);
  });

  it('is never asked of guests', async () => {
    const caller = guest();
    expect(outcome(await shop.app.api.post('/checkout', {}, caller))).toBe('422 901');
  });
});

describe('A checkout that fails on the way', () => {
  const POINTS = [
    ['product', 'UPDATE'],
    ['sales_order', 'INSERT'],
    ['order_payment', 'INSERT'],
    ['cart', 'DELETE'],
    ['cart', 'UPDATE'],
  ] as const;

  it.each(POINTS)('at %s %s leaves everything as it was', async (table, kind) => {
    const { customer, product, idCart } = await shopper({}, { isDefault: true });
    const other = await storeCart(sources(), customer, [product]);
    const mend = await breakWrites(sources(), table, kind);
    const failed = await place(customer, orderOf(idCart)).finally(mend);
    expect(outcome(failed)).toBe('500 Internal Server Error');
    expect(failed.text).not.toContain('the write fails');
    expect([(await cartOf(idCart))!.isDefault, (await cartOf(other))!.isDefault]).toEqual([true, false]);
    expect([await stockOf(product), await ordersOf(customer)]).toEqual([100, []]);
    expect((await place(customer, orderOf(idCart))).status).toBe(201);
    expect([await stockOf(product), (await cartOf(other))!.isDefault]).toEqual([98, true]);
  });

  it('because the cart cannot be deleted says so', async () => {
    const { customer, product, idCart } = await shopper();
    await sources().query(`CREATE RULE keep_cart AS ON DELETE TO cart DO INSTEAD NOTHING`);
    const answer = await place(customer, orderOf(idCart)).finally(() => sources().query(`DROP RULE keep_cart ON cart`));
    expect(errorsOf(answer)).toEqual(['422 1106 Unable to delete cart.']);
    expect([await stockOf(product), await ordersOf(customer)]).toEqual([100, []]);
  });
});

describe('Checkouts at the same time', () => {
  it('sell the last item once, whoever wants it and over whichever instance', async () => {
    const instances = [shop.app.api, await shop.app.anotherInstance()];
    const product = await shop.product({ stock: 2 });
    const customers = await Promise.all(Array.from({ length: 6 }, () => shop.customer()));
    const carts = await Promise.all(customers.map((customer) => storeCart(sources(), customer, [product])));
    const answers = await Promise.all(
      customers.map(({ token }, index) => instances[index % 2]!.post('/checkout', orderOf(carts[index]!), { token })),
    );
    expect(answers.map(outcome).toSorted()).toEqual(['201', ...Array(5).fill('422 1102')]);
    expect(await stockOf(product)).toBe(0);
  });

  it('order a cart once', async () => {
    const instances = [shop.app.api, await shop.app.anotherInstance()];
    const { customer, product, idCart } = await shopper();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        instances[index % 2]!.post('/checkout', orderOf(idCart), { token: customer.token }),
      ),
    );
    expect(answers.map(outcome).toSorted()).toEqual(['201', ...Array(11).fill('422 1103')]);
    expect([await stockOf(product), (await ordersOf(customer)).length]).toEqual([98, 1]);
  });

  it('order the carts of one customer one after another, and leave one default', async () => {
    const { customer, product, idCart } = await shopper({}, { isDefault: true });
    const { token } = customer;
    const carts = [idCart];
    for (let age = 1; age <= 6; age += 1) {
      carts.push(await storeCart(sources(), customer, [product], { createdAt: new Date(age) }));
    }
    const ordered = carts.filter((_, index) => index !== 1);
    const answers = await Promise.all(ordered.map((one) => shop.app.api.post('/checkout', orderOf(one), { token })));
    expect(answers.map(outcome)).toEqual(ordered.map(() => '201'));
    const left = await sources().manager.findBy(Cart, { customerId: customer.id });
    expect(left.map(({ uuid, isDefault }) => [uuid, isDefault])).toEqual([[carts[1], true]]);
  });

  it('and the end of the account leave no order with personal data', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { customer, idCart } = await shopper({}, { isDefault: true });
        const { token, customerReference } = customer;
        const [placed, ended] = await Promise.all([
          place(customer, orderOf(idCart)),
          shop.app.api.delete(`/customers/${customerReference}`, { token }),
        ]);
        expect(ended.status).toBe(204);
        const orders = await ordersOf(customer);
        expect(orders).toHaveLength(placed.status === 201 ? 1 : 0);
        expect(JSON.stringify(orders)).not.toMatch(/Kessler|Sandtorkai|customers\.example/);
        return outcome(placed);
      }),
    );
    expect(outcomes.filter((one) => !['201', '401 001', '422 1103'].includes(one))).toEqual([]);
  });

  it('do not wait for each other in a circle when they name products in opposite orders', async () => {
    const products = await Promise.all(Array.from({ length: 8 }, () => shop.product({ stock: 1000 })));
    const rounds = Array.from({ length: 16 }, async (_, index) => {
      const customer = await shop.customer();
      const named = index % 2 === 0 ? products : products.toReversed();
      return { token: customer.token, idCart: await storeCart(sources(), customer, named) };
    });
    const ready = await Promise.all(rounds);
    const answers = await Promise.all(
      ready.map(({ token, idCart }) => shop.app.api.post('/checkout', orderOf(idCart), { token })),
    );
    expect(answers.map(outcome)).toEqual(Array(16).fill('201'));
    expect(await Promise.all(products.map(stockOf))).toEqual(Array(8).fill(1000 - 32));
  });
});

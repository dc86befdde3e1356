import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outcome, type Answer, type ApiClient } from '#testing';
import { Product } from '../src/catalogue/product.entity.js';
import { IdempotencyRecord } from '../src/idempotency/idempotency-record.entity.js';
import { OrderPayment } from '../src/order-payments/order-payment.entity.js';
import { SalesOrder } from '../src/orders/sales-order.entity.js';
import { ADDRESS, breakWrites, GUEST, INVOICE, orderOf, storeCart } from './ordering.js';
import { errorsOf, guest, Shop } from './shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.app.stop());
beforeEach(() => shop.app.dataSource.query(`DELETE FROM idempotency_record`));

const DAY = 24 * 60 * 60;
const OTHER_REQUEST = '422 The Idempotency-Key was used with another request.';

const manager = () => shop.app.dataSource.manager;
const records = () => manager().find(IdempotencyRecord);

async function shopper(overrides: Partial<Product> = {}) {
  const [customer, product] = await Promise.all([shop.customer(), shop.product(overrides)]);
  return { customer, product, idCart: await storeCart(shop.app.dataSource, customer, [product]) };
}

/** Sends a checkout with a key. */
const send = (
  { token }: { token: string },
  attributes: object,
  key: string,
  { api = shop.app.api, path = '/checkout', code = undefined as string | undefined } = {},
): Promise<Answer> => api.post(path, attributes, { token, code, headers: { 'idempotency-key': key } });

/** The same value written otherwise: members in the opposite order at every depth, with blanks, numbers as `1.0e0`. */
function rewritten(value: unknown): string {
  if (typeof value === 'number') return `${value}.0e0`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[ ${value.map(rewritten).join(' , ')} ]`;
  const members = Object.entries(value).toReversed();
  return `{\n ${members.map(([name, member]) => `${JSON.stringify(name)} : ${rewritten(member)}`).join(',\n')} }`;
}

describe('A checkout with a key', () => {
  it('is answered again as it was, without another order', async () => {
    const { customer, idCart } = await shopper();
    const first = await send(customer, orderOf(idCart), 'once');
    const again = await send(customer, orderOf(idCart), 'once');
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect(await manager().countBy(SalesOrder, { customerId: customer.id })).toBe(1);
  });

  it('is answered again with what it included', async () => {
    const { customer, idCart } = await shopper();
    const path = '/checkout?include=orders';
    const first = await send(customer, orderOf(idCart), 'with order', { path });
    const again = await send(customer, orderOf(idCart), 'with order', { path });
    expect(first.json.included).toHaveLength(1);
    expect(again.text).toBe(first.text);
  });

  it('is carried out once however often it comes at the same time, over two instances', async () => {
    const { customer, product, idCart } = await shopper();
    const instances = [shop.app.api, await shop.app.anotherInstance()];
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        send(customer, orderOf(idCart), 'at once', { api: instances[index % 2]! }),
      ),
    );
    expect(new Set(answers.map(outcome))).toEqual(new Set(['201']));
    expect(new Set(answers.map(({ json }) => json.data.attributes.orderReference)).size).toBe(1);
    expect(await manager().countBy(SalesOrder, { customerId: customer.id })).toBe(1);
    expect((await manager().findOneByOrFail(Product, { sku: product.sku })).stock).toBe(98);
  });

  it('is the same however its body is written', async () => {
    const { customer, idCart } = await shopper();
    const first = await send(customer, orderOf(idCart), 'written');
    const body = rewritten({ data: { type: 'checkout', attributes: orderOf(idCart) } });
    const headers = { 'idempotency-key': 'written' };
    const again = await shop.app.api.call('POST', '/checkout', { token: customer.token, headers, body });
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect(await records()).toHaveLength(1);
  });

  it('is another one with the same parts in another order, or as other values', async () => {
    const { customer, product, idCart } = await shopper();
    const part = (idShipmentMethod: unknown) => ({ items: [product.sku], idShipmentMethod, shippingAddress: ADDRESS });
    const of = (shipments: unknown) =>
      send(customer, orderOf(idCart, { shipment: undefined, shipments }), 'parts').then(errorsOf);
    expect(await of([part(1), part(2)])).not.toEqual([OTHER_REQUEST]);
    for (const shipments of [[part(2), part(1)], [part(1)], [part(1), { ...part(2), items: null }]]) {
      expect(await of(shipments)).toEqual([OTHER_REQUEST]);
    }
  });

  it('is refused when the key was used with another body, and only then', async () => {
    const { customer, product, idCart } = await shopper();
    const other = await storeCart(shop.app.dataSource, customer, [product]);
    await send(customer, orderOf(idCart), 'mine');
    expect(errorsOf(await send(customer, orderOf(other), 'mine'))).toEqual([OTHER_REQUEST]);
    const again = await send(customer, orderOf(idCart), 'mine', { path: '/checkout/?include=orders' });
    expect([again.status, again.json.included.length]).toEqual([201, 1]);
    expect((await send(customer, orderOf(other), 'another')).status).toBe(201);
  });

  it('has nothing to do with the same key of somebody else', async () => {
    const [a, b] = [await shopper(), await shopper()];
    const [first, second] = [
      await send(a.customer, orderOf(a.idCart), 'k'),
      await send(b.customer, orderOf(b.idCart), 'k'),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(outcome(await send(b.customer, orderOf(a.idCart), 'other'))).toBe('422 1103');
  });

  it('is refused again as it was, whatever changed meanwhile', async () => {
    const { customer, product, idCart } = await shopper({ stock: 0 });
    const first = await send(customer, orderOf(idCart), 'refused');
    await manager().update(Product, { sku: product.sku }, { stock: 10 });
    const again = await send(customer, orderOf(idCart), 'refused');
    expect([outcome(first), again.status, again.text]).toEqual(['422 1102', first.status, first.text]);
    expect((await send(customer, orderOf(idCart), 'a new one')).status).toBe(201);
  });

  it('is refused alike when it comes at the same time', async () => {
    const { customer, idCart } = await shopper({ stock: 0 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(customer, orderOf(idCart), 'refused')));
    expect(new Set(answers.map(outcome))).toEqual(new Set(['422 1102']));
    expect(await records()).toHaveLength(1);
  });

  it.each<[string, (idCart: string) => object]>([
    ['of an unknown cart', () => orderOf(randomUUID())],
    ['with two payments', (idCart) => orderOf(idCart, { payments: [INVOICE, INVOICE] })],
    ['without a shipment', (idCart) => orderOf(idCart, { shipment: undefined })],
  ])('leaves no record of a refusal %s, which would be the same again', async (_what, attributes) => {
    const { customer, idCart } = await shopper();
    const answers = [
      await send(customer, attributes(idCart), 'in vain'),
      await send(customer, attributes(idCart), 'k'),
    ];
    const again = await send(customer, attributes(idCart), 'in vain');
    expect(answers.map(({ status }) => Math.floor(status / 100))).toEqual([4, 4]);
    expect([again.status, again.text]).toEqual([answers[0]!.status, answers[0]!.text]);
    expect(await records()).toEqual([]);
    expect((await send(customer, orderOf(idCart), 'in vain')).status).toBe(201);
  });

  it('is refused again of a cart that was empty, whatever is put into it meanwhile', async () => {
    const { customer, product } = await shopper();
    const idCart = await storeCart(shop.app.dataSource, customer, []);
    expect(outcome(await send(customer, orderOf(idCart), 'empty'))).toBe('422 1104');
    await shop.app.api.post(`/carts/${idCart}/items`, { sku: product.sku, quantity: 1 }, { token: customer.token });
    expect(outcome(await send(customer, orderOf(idCart), 'empty'))).toBe('422 1104');
    expect((await send(customer, orderOf(idCart), 'filled')).status).toBe(201);
  });

  it('leaves no record when its attributes are not valid: they can be mended', async () => {
    const { customer, idCart } = await shopper();
    expect(outcome(await send(customer, {}, 'mended'))).toBe('422 901');
    expect(
      outcome(await shop.app.api.post('/checkout', orderOf(idCart), { headers: { 'idempotency-key': 'k' } })),
    ).toBe('400 1105');
    expect(await records()).toEqual([]);
    expect((await send(customer, orderOf(idCart), 'mended')).status).toBe(201);
  });

  it.each([
    ['sales_order', 'INSERT'],
    ['cart', 'DELETE'],
    ['idempotency_record', 'UPDATE'],
  ] as const)('leaves nothing when it fails at %s %s, and can be repeated', async (table, kind) => {
    const { customer, product, idCart } = await shopper();
    const mend = await breakWrites(shop.app.dataSource, table, kind);
    expect((await send(customer, orderOf(idCart), 'crash').finally(mend)).status).toBe(500);
    expect(await records()).toEqual([]);
    expect(await manager().countBy(SalesOrder, { customerId: customer.id })).toBe(0);
    expect((await manager().findOneByOrFail(Product, { sku: product.sku })).stock).toBe(100);
    expect((await send(customer, orderOf(idCart), 'crash')).status).toBe(201);
  });

  it('is a new one after a day', async () => {
    const { customer, idCart } = await shopper();
    const first = await send(customer, orderOf(idCart), 'daily');
    shop.app.clock.advance(DAY - 1);
    const token = await shop.login(customer.email);
    expect((await send({ token }, orderOf(idCart), 'daily')).text).toBe(first.text);
    shop.app.clock.advance(1);
    expect(outcome(await send({ token }, orderOf(idCart), 'daily'))).toBe('422 1103');
    expect(await records()).toEqual([]);
  });

  it('is a new one after a day also where its old record is still there', async () => {
    for (const key of ['swept', 'swept, too']) {
      const { customer, idCart } = await shopper();
      await send(customer, orderOf(idCart), key);
    }
    shop.app.clock.advance(1);
    const { customer, product, idCart } = await shopper();
    await send(customer, orderOf(idCart), 'daily');
    shop.app.clock.advance(DAY);
    const token = await shop.login(customer.email);
    const next = await storeCart(shop.app.dataSource, customer, [product]);
    const first = await send({ token }, orderOf(next), 'daily');
    expect([first.status, await records()]).toEqual([201, [expect.anything()]]);
    expect((await send({ token }, orderOf(next), 'daily')).text).toBe(first.text);
  });

  it('leaves nothing but the record of its refusal', async () => {
    const { customer, product, idCart } = await shopper();
    await shop.app.dataSource.query(`CREATE RULE keep_cart AS ON DELETE TO cart DO INSTEAD NOTHING`);
    const first = await send(customer, orderOf(idCart), 'kept cart');
    await shop.app.dataSource.query(`DROP RULE keep_cart ON cart`);
    expect([outcome(first), (await send(customer, orderOf(idCart), 'kept cart')).text]).toEqual([
      '422 1106',
      first.text,
    ]);
    expect(await manager().countBy(SalesOrder, { customerId: customer.id })).toBe(0);
    expect((await manager().findOneByOrFail(Product, { sku: product.sku })).stock).toBe(100);
  });

  it('asks for the second factor first', async () => {
    const { customer, idCart } = await shopper();
    const code = await shop.enableMfa(customer.token, customer.email);
    const first = await send(customer, orderOf(idCart), 'code', { code });
    expect(outcome(await send(customer, orderOf(idCart), 'code'))).toBe('403 5900');
    expect((await send(customer, orderOf(idCart), 'code', { code })).text).toBe(first.text);
  });

  it('may be of a guest', async () => {
    const [caller, other] = [guest(), guest()];
    const idCart = await storeCart(shop.app.dataSource, caller, [await shop.product()]);
    const attributes = orderOf(idCart, GUEST);
    const of = ({ headers }: typeof caller) =>
      shop.app.api.post('/checkout', attributes, { headers: { ...headers, 'idempotency-key': 'guest' } });
    const [first, again] = [await of(caller), await of(caller)];
    expect([first.status, again.text]).toEqual([201, first.text]);
    expect(outcome(await of(other))).toBe('422 1103');
  });

  it('keeps neither key nor personal data', async () => {
    const { customer, idCart } = await shopper();
    await send(customer, orderOf(idCart), 'the key itself', { path: '/checkout?include=orders' });
    const [record] = await records();
    expect(record!.answer).toEqual({ result: expect.stringMatching(/^DE--\d+$/) });
    const [{ text }] = await shop.app.dataSource.query(`SELECT r::text AS text FROM idempotency_record r`);
    expect(text).not.toContain('the key itself');
    expect([record!.keyHash.length, record!.identity.length]).toEqual([32, 32]);
  });
});

describe('A key', () => {
  it('has 1 to 255 printable characters', async () => {
    const { customer, idCart } = await shopper();
    for (const key of ['', 'x'.repeat(256), 'tab\tin it', 'ü']) {
      expect(errorsOf(await send(customer, orderOf(idCart), key))).toEqual([
        '400 The Idempotency-Key must have 1 to 255 printable characters.',
      ]);
    }
    expect(outcome(await send(customer, {}, ''))).toBe(
      '400 The Idempotency-Key must have 1 to 255 printable characters.',
    );
    expect((await send(customer, orderOf(idCart), '~'.repeat(255))).status).toBe(201);
  });

  it('is not needed', async () => {
    const { customer, idCart } = await shopper();
    const { token } = customer;
    expect((await shop.app.api.post('/checkout', orderOf(idCart), { token })).status).toBe(201);
    expect(await records()).toEqual([]);
  });

  it('is swept when its time is over, two with each use', async () => {
    for (const key of ['a', 'b', 'c']) {
      const { customer, idCart } = await shopper();
      await send(customer, orderOf(idCart), key);
    }
    shop.app.clock.advance(DAY);
    const { customer, idCart } = await shopper();
    await send(customer, orderOf(idCart), 'd');
    expect(await records()).toHaveLength(2);
    await send(customer, orderOf(idCart), 'd');
    expect(await records()).toHaveLength(1);
  });
});

describe('An order payment with a key', () => {
  it('is carried out once, and shares no key with checkout', async () => {
    const { customer, idCart } = await shopper();
    const { token } = customer;
    const placed = await send(customer, orderOf(idCart), 'shared', { path: '/checkout?include=orders' });
    const { paymentIdentifier } = placed.json.included[0].attributes.payments[0];
    const pay = (status: string) =>
      send({ token }, { paymentIdentifier, dataPayload: { status } }, 'shared', { path: '/order-payments' });
    const first = await pay('authorized');
    expect([first.status, first.json.data.id]).toEqual([201, paymentIdentifier]);
    await manager().update(OrderPayment, { identifier: paymentIdentifier }, { status: 'cancelled' });
    expect((await pay('authorized')).text).toBe(first.text);
    const attributes = { paymentIdentifier, dataPayload: { status: 'authorized' } };
    const body = rewritten({ data: { type: 'order-payments', attributes } });
    const options = { token, headers: { 'idempotency-key': 'shared' }, body };
    expect((await shop.app.api.call('POST', '/order-payments', options)).json).toEqual(first.json);
    expect(errorsOf(await pay('paid'))).toEqual([OTHER_REQUEST]);
    expect((await manager().findOneByOrFail(OrderPayment, { identifier: paymentIdentifier })).status).toBe('cancelled');
  });
});

describe('An order payment with a key that is refused', () => {
  it('leaves no record', async () => {
    const { customer } = await shopper();
    const attributes = { paymentIdentifier: randomUUID(), dataPayload: { status: 'authorized' } };
    const pay = (): Promise<Answer> => send(customer, attributes, 'in vain', { path: '/order-payments' });
    expect([outcome(await pay()), outcome(await pay())]).toEqual(['422 2401', '422 2401']);
    expect(await records()).toEqual([]);
  });
});

describe('Keys of one customer, or of guests from one client address,', () => {
  const TOO_MANY = '429 Too many requests with an Idempotency-Key.';
  const HERE = '203.0.113.9';
  let small: ApiClient;
  beforeAll(async () => {
    small = await shop.app.anotherInstance({ IDEMPOTENCY_RECORD_LIMIT: '3', TRUSTED_PROXIES: '127.0.0.1' });
  });

  /** A cart that cannot be ordered: each attempt under a key of its own leaves a record. */
  const refused = async (customer?: { id: string; token: string; email: string }) => {
    const { token, headers } = customer ? { token: customer.token, headers: {} } : { token: undefined, ...guest() };
    const idCart = await storeCart(shop.app.dataSource, customer ?? { headers }, [await shop.product({ stock: 0 })]);
    return (key: string, from = HERE, api = small) =>
      api.post('/checkout', orderOf(idCart, customer ? {} : GUEST), {
        token,
        headers: { ...headers, 'idempotency-key': key, 'x-forwarded-for': from },
      });
  };

  it('are remembered up to a limit, and one more is refused until the oldest is forgotten', async () => {
    const order = await refused(await shop.customer());
    for (const key of ['a', 'b', 'c']) {
      expect(outcome(await order(key))).toBe('422 1102');
      shop.app.clock.advance(60);
    }
    for (const from of [HERE, '203.0.113.10']) {
      const answer = await order('d', from);
      expect([outcome(answer), answer.headers.get('retry-after')]).toEqual([TOO_MANY, String(DAY - 180)]);
    }
    expect(outcome(await order('a'))).toBe('422 1102');
    expect(await records()).toHaveLength(3);
  });

  it('count for each other whoever the guest is', async () => {
    const callers = [await refused(), await refused(), await refused(), await refused()];
    const outcomes = [];
    for (const order of callers) outcomes.push(outcome(await order('first')));
    expect(outcomes).toEqual(['422 1102', '422 1102', '422 1102', TOO_MANY]);
    expect(outcome(await (await refused())('first', '203.0.113.10'))).toBe('422 1102');
    shop.app.clock.advance(DAY);
    expect(outcome(await callers.at(-1)!('first'))).toBe('422 1102');
  });

  it('of a customer are not used up by guests with the same address, nor by other customers', async () => {
    for (const n of [1, 2, 3]) expect(outcome(await (await refused())(`key ${n}`))).toBe('422 1102');
    const [one, other] = [await refused(await shop.customer()), await refused(await shop.customer())];
    for (const key of ['a', 'b', 'c']) expect(outcome(await one(key))).toBe('422 1102');
    expect([outcome(await one('d')), outcome(await other('a'))]).toEqual([TOO_MANY, '422 1102']);
  });

  it('are those of guests in an IPv6 network', async () => {
    const outcomes = [];
    for (const n of [1, 2, 3, 4]) outcomes.push(outcome(await (await refused())('key', `2001:db8:9::${n}`)));
    expect(outcomes).toEqual(['422 1102', '422 1102', '422 1102', TOO_MANY]);
    expect(outcome(await (await refused())('key', '2001:db8:9:1::1'))).toBe('422 1102');
  });

  it('are never too many without a limit', async () => {
    const free = await shop.app.anotherInstance({ IDEMPOTENCY_RECORD_LIMIT: '0', TRUSTED_PROXIES: '127.0.0.1' });
    const order = await refused();
    for (const key of ['a', 'b', 'c', 'd']) expect(outcome(await order(key, HERE, free))).toBe('422 1102');
  });

  it('are not needed to go on ordering', async () => {
    const customer = await shop.customer();
    const order = await refused(customer);
    for (const key of ['a', 'b', 'c', 'd']) await order(key);
    const idCart = await storeCart(shop.app.dataSource, customer, [await shop.product()]);
    const options = { token: customer.token, headers: { 'x-forwarded-for': HERE } };
    expect(outcome(await small.post('/checkout', orderOf(idCart), options))).toBe('201');
  });
});

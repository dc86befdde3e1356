import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countStatements, outcome, type Answer } from '#testing';
import { Cart } from '../src/carts/cart.entity.js';
import { Store } from '../src/catalogue/store.entity.js';
import { errorsOf, guest, Shop } from './shop.js';

const NO_GUEST = '400 109 Anonymous customer unique id is empty.';
const TWO = "400 005 Headers request error. A user can't act as logged and not logged user at the same time.";

describe('Guest carts', () => {
  let shop: Shop;
  let caller: ReturnType<typeof guest>;
  let sku: string;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  beforeEach(async () => {
    caller = guest();
    ({ sku } = await shop.product());
  });

  const add = (quantity = 1, options = caller): Promise<Answer> =>
    shop.app.api.post('/guest-cart-items', { sku, quantity }, options);
  const get = (path: string, options = caller): Promise<Answer> => shop.app.api.get(path, options);
  const patch = (id: string, attributes: object, options = caller): Promise<Answer> =>
    shop.app.api.patch(`/guest-carts/${id}`, attributes, options);

  it('are forgotten when nobody has touched them for 90 days and others come', async () => {
    const others = [guest(), guest()];
    for (const one of others) await add(1, one);
    shop.app.clock.advance(90 * 24 * 60 * 60 - 1);
    await add();
    for (const one of others) expect((await get('/guest-carts', one)).json.data).toHaveLength(1);
    shop.app.clock.advance(2);
    await add(1, guest());
    for (const one of others) expect((await get('/guest-carts', one)).json.data).toEqual([]);
    expect((await get('/guest-carts')).json.data).toHaveLength(1);
  });

  it('come with the first item, in the currency and the price mode of the store', async () => {
    expect((await get('/guest-carts')).json).toEqual({
      data: [],
      links: { self: `${shop.app.api.url}/guest-carts` },
    });
    const answer = await add(2);
    const id = answer.json.data.id as string;
    const cart = {
      type: 'guest-carts',
      id,
      attributes: {
        priceMode: 'GROSS_MODE',
        currency: 'EUR',
        store: 'DE',
        name: 'Shopping cart',
        isDefault: true,
        totals: {
          expenseTotal: 0,
          discountTotal: 0,
          taxTotal: 319,
          subtotal: 2000,
          grandTotal: 2000,
          priceToPay: 2000,
          shipmentTotal: 0,
        },
        discounts: [],
      },
      links: { self: `${shop.app.api.url}/guest-carts/${id}` },
    };
    expect([answer.status, answer.json, answer.headers.get('etag')]).toEqual([201, { data: cart }, null]);
    expect((await add(1)).json.data.id).toBe(id);
    await shop.app.api.patch(`/guest-carts/${id}/guest-cart-items/${sku}`, { quantity: 2 }, caller);
    const one = await get(`/guest-carts/${id}`);
    expect([one.status, one.json, one.headers.get('etag')]).toEqual([200, { data: cart }, null]);
    expect((await get('/guest-carts')).json.data).toEqual([cart]);
  });

  it('are one each, also when many first items come at the same time over two instances', async () => {
    const other = await shop.app.anotherInstance();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        (n % 2 ? other : shop.app.api).post('/guest-cart-items', { sku, quantity: 1 }, caller),
      ),
    );
    expect(answers.map(outcome)).toEqual(Array(12).fill('201'));
    expect(new Set(answers.map(({ json }) => json.data.id)).size).toBe(1);
    const { json } = await get('/guest-carts?include=guest-cart-items,concrete-products');
    expect(json.data[0].relationships['guest-cart-items'].data).toEqual([{ type: 'guest-cart-items', id: sku }]);
    expect(json.included.map(({ type, attributes }: any) => [type, attributes.quantity])).toEqual([
      ['guest-cart-items', 12],
      ['concrete-products', undefined],
    ]);
  });

  it('do not come with an item that is refused', async () => {
    const answer = await shop.app.api.post('/guest-cart-items', { sku: 'fake', quantity: 1 }, caller);
    expect(errorsOf(answer)).toEqual(['422 102 Product "fake" not found', '422 113 Cart item could not be added.']);
    expect((await get('/guest-carts')).json.data).toEqual([]);
  });

  it('need the id of a guest, before the values are looked at, and no token beside it', async () => {
    const { token } = await shop.customer();
    const id = randomUUID();
    const calls: [string, string][] = [
      ['GET', '/guest-carts'],
      ['GET', `/guest-carts/${id}`],
      ['PATCH', `/guest-carts/${id}`],
      ['POST', '/guest-cart-items'],
      ['POST', `/guest-carts/${id}/guest-cart-items`],
      ['PATCH', `/guest-carts/${id}/guest-cart-items/x`],
      ['DELETE', `/guest-carts/${id}/guest-cart-items/x`],
    ];
    for (const [method, path] of calls) {
      const type = path.includes('items') ? 'guest-cart-items' : 'guest-carts';
      const body = ['POST', 'PATCH'].includes(method) ? { body: { data: { type, attributes: { name: '' } } } } : {};
      for (const options of [{}, guest(''), guest('  '), { token }]) {
        expect(errorsOf(await shop.app.api.call(method, path, { ...options, ...body }))).toEqual([NO_GUEST]);
      }
      expect(errorsOf(await shop.app.api.call(method, path, { ...caller, token, ...body }))).toEqual([TWO]);
    }
  });

  it('take any text for a guest, and keep it nowhere', async () => {
    for (const id of ['__proto__', "' OR 1=1 --", 'x'.repeat(4000), '7']) {
      const answer = await add(1, guest(id));
      expect(outcome(answer)).toBe('201');
      expect((await get('/guest-carts', guest(id))).json.data).toHaveLength(1);
    }
    const rows = await shop.app.dataSource.getRepository(Cart).find();
    expect(JSON.stringify(rows)).not.toContain('__proto__');
  });

  it("are nobody else's: not another guest's, and no customer's cart is one", async () => {
    const id = (await add()).json.data.id as string;
    const { token } = await shop.customer();
    const customers = (await shop.createCart(token)).json.data.id as string;
    const stranger = guest();
    for (const path of [id, customers, randomUUID(), 'mine', '%00', '__proto__']) {
      expect(errorsOf(await get(`/guest-carts/${path}`, stranger))).toEqual([
        '404 101 Cart with given uuid not found.',
      ]);
      expect(outcome(await patch(path, { name: 'A' }, stranger))).toBe('404 101');
    }
    expect(outcome(await shop.app.api.get(`/carts/${id}`, { token }))).toBe('404 101');
    expect(outcome(await shop.app.api.delete(`/carts/${id}`, { token }))).toBe('404 101');
    expect((await shop.app.api.get('/carts', { token })).json.data).toHaveLength(1);
  });

  it('can be changed without a tag', async () => {
    const id = (await add()).json.data.id as string;
    const answer = await patch(id, { name: 'Mine', currency: 'CHF', priceMode: '', store: null });
    expect([answer.status, answer.json.data.attributes.name, answer.headers.get('etag')]).toEqual([200, 'Mine', null]);
    expect(answer.json.data.attributes.totals.grandTotal).toBe(1140);
    expect(errorsOf(await patch(id, { priceMode: 'NET_MODE' }))).toEqual([
      '422 111 Can’t switch price mode when there are items in the cart.',
    ]);
    expect(errorsOf(await patch(id, { currency: 'USD', priceMode: 'X' }))).toEqual([
      '422 117 Currency is incorrect.',
      '422 119 Price mode is incorrect.',
    ]);
    expect(errorsOf(await patch(id, { store: 'XX' }))).toEqual(['422 112 Store data is invalid.']);
    expect(outcome(await patch(id, { name: '' }))).toBe('422 901');
    expect(outcome(await patch('', { name: 'A' }))).toBe('400 Resource id is not specified.');
    expect((await get(`/guest-carts/${id}`)).json).toEqual({ data: { ...answer.json.data } });
  });

  it('cannot be created or deleted by themselves', async () => {
    const id = (await add()).json.data.id as string;
    const body = { data: { type: 'guest-carts', attributes: {} } };
    expect(outcome(await shop.app.api.call('POST', '/guest-carts', { ...caller, body }))).toBe('404 Not Found');
    expect(outcome(await shop.app.api.delete(`/guest-carts/${id}`, caller))).toBe('404 Not Found');
    for (const path of [`/guest-cart-items/${sku}`, '/guest-cart-items']) {
      expect(outcome(await shop.app.api.delete(path, caller))).toBe('404 Not Found');
    }
  });

  it('are read in as many statements with a hundred items as with one', async () => {
    const id = (await add()).json.data.id as string;
    const read = () => get('/guest-carts?include=guest-cart-items');
    const ofOne = await countStatements(read);
    const products = await Promise.all(Array.from({ length: 99 }, () => shop.product()));
    await shop.app.dataSource.query(
      `INSERT INTO cart_item (cart_uuid, group_key, sku, quantity, added_at)
       SELECT $1, sku, sku, 1, now() FROM product WHERE sku = ANY ($2)`,
      [id, products.map((product) => product.sku)],
    );
    expect(await countStatements(read)).toBe(ofOne);
    expect((await read()).json.included).toHaveLength(100);
  });

  it('are not to be had where no store is set up', async () => {
    const empty = await Shop.open();
    const product = await empty.product();
    await empty.app.dataSource.getRepository(Store).deleteAll();
    const answer = await empty.app.api.post('/guest-cart-items', { sku: product.sku, quantity: 1 }, caller);
    expect(errorsOf(answer)).toEqual(['422 112 Store data is invalid.']);
    await empty.app.stop();
  });
});

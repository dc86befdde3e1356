import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countStatements, outcome, type Answer } from '#testing';
import { CartItem } from '../src/carts/cart-item.entity.js';
import { Product } from '../src/catalogue/product.entity.js';
import { errorsOf, guest, Shop } from './shop.js';

const NOT_ADDED = '422 113 Cart item could not be added.';
const NOT_UPDATED = '422 114 Cart item could not be updated.';
const NO_CART = '404 101 Cart with given uuid not found.';
const NO_ITEM = '404 103 Item with the given group key not found in the cart.';

/** Customers and guests do the same by other paths and types. */
const KINDS = [
  { kind: 'a customer', cartType: 'carts', itemType: 'items' },
  { kind: 'a guest', cartType: 'guest-carts', itemType: 'guest-cart-items' },
] as const;

describe.each(KINDS)('Items in the cart of $kind', ({ cartType, itemType }) => {
  let shop: Shop;
  let caller: { token?: string; headers?: Record<string, string> };
  let cartId: string;
  let product: Product;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  const isGuest = cartType === 'guest-carts';
  const newCart = async (options: typeof caller): Promise<string> => {
    if (options.token) return (await shop.createCart(options.token)).json.data.id as string;
    const { sku } = await shop.product({ prices: { EUR: { gross: 0, net: 0 }, CHF: { gross: 0, net: 0 } } });
    const { json } = await shop.app.api.post('/guest-cart-items', { sku, quantity: 1 }, options);
    const id = json.data.id as string;
    await shop.app.api.delete(`/guest-carts/${id}/guest-cart-items/${sku}`, options);
    return id;
  };
  const newCaller = async (): Promise<typeof caller> => (isGuest ? guest() : { token: (await shop.customer()).token });

  beforeEach(async () => {
    caller = await newCaller();
    cartId = await newCart(caller);
    product = await shop.product();
  });

  const items = (id = cartId): string => `/${cartType}/${id}/${itemType}`;
  const add = (sku: unknown, quantity: unknown = 1, id = cartId): Promise<Answer> =>
    shop.app.api.post(items(id), { sku, quantity }, caller);
  const change = (key: string, attributes: object, id = cartId): Promise<Answer> =>
    shop.app.api.call('PATCH', `${items(id)}/${key}`, { ...caller, body: { data: { type: itemType, attributes } } });
  const remove = (key: string, id = cartId): Promise<Answer> => shop.app.api.delete(`${items(id)}/${key}`, caller);
  const quantities = async (): Promise<Record<string, number>> => {
    const { json } = await shop.app.api.get(`/${cartType}/${cartId}?include=${itemType}`, caller);
    const included = (json.included ?? []) as { id: string; attributes: { quantity: number } }[];
    return Object.fromEntries(included.map(({ id, attributes }) => [id, attributes.quantity]));
  };

  it('are answered with their cart, which is linked', async () => {
    const answer = await shop.app.api.call('POST', `${items()}?include=${itemType}`, {
      ...caller,
      body: { data: { type: itemType, attributes: { sku: product.sku, quantity: 2 } } },
    });
    expect([answer.status, answer.json.data.type, answer.json.data.id]).toEqual([201, cartType, cartId]);
    expect(answer.json.data.links.self).toBe(`${shop.app.api.url}/${cartType}/${cartId}?include=${itemType}`);
    expect(answer.json.data.attributes.totals).toMatchObject({ subtotal: 2000, taxTotal: 319, grandTotal: 2000 });
    expect(answer.json.data.relationships).toEqual({ [itemType]: { data: [{ type: itemType, id: product.sku }] } });
    expect(answer.json.included[0].links.self).toBe(`${shop.app.api.url}${items()}/${product.sku}`);
    const changed = await change(product.sku, { sku: product.sku, quantity: '3' });
    expect([changed.status, changed.json.data.type, changed.json.data.attributes.totals.grandTotal]).toEqual([
      200,
      cartType,
      3000,
    ]);
    expect(changed.json.data.links.self).toBe(`${shop.app.api.url}/${cartType}/${cartId}`);
    expect([changed.headers.get('etag'), changed.json.included]).toEqual([null, undefined]);
    const removed = await remove(product.sku);
    expect([removed.status, removed.text]).toEqual([204, '']);
    expect(await quantities()).toEqual({});
  });

  it('of the same product add up; texts of digits are numbers', async () => {
    await add(product.sku, 2);
    await add(product.sku, '3');
    expect(await quantities()).toEqual({ [product.sku]: 5 });
  });

  it('count both when they are added at the same time over two instances', async () => {
    const other = await shop.app.anotherInstance();
    const second = await shop.product();
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        (n % 2 ? other : shop.app.api).post(
          items(),
          { sku: n % 4 < 2 ? product.sku : second.sku, quantity: 1 },
          caller,
        ),
      ),
    );
    expect(answers.map(outcome)).toEqual(Array(16).fill('201'));
    expect(await quantities()).toEqual({ [product.sku]: 8, [second.sku]: 8 });
  });

  it('never exceed the stock, also when they are added at the same time', async () => {
    const { sku } = await shop.product({ stock: 5 });
    const other = await shop.app.anotherInstance();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => (n % 2 ? other : shop.app.api).post(items(), { sku, quantity: 1 }, caller)),
    );
    expect(answers.map(outcome).toSorted()).toEqual([...Array(5).fill('201'), ...Array(3).fill('422 102')]);
    expect(await quantities()).toEqual({ [sku]: 5 });
  });

  it('need a product that there is, with a price, in stock', async () => {
    expect(errorsOf(await add('fake'))).toEqual(['422 102 Product "fake" not found', NOT_ADDED]);
    const unpriced = await shop.product({ prices: { USD: { gross: 1, net: 1 } } });
    const noPrice = `422 102 Product "${unpriced.sku}" has no price in EUR`;
    expect(errorsOf(await add(unpriced.sku))).toEqual([noPrice, NOT_ADDED]);
    const scarce = await shop.product({ stock: 3 });
    const tooMany = `422 102 Product "${scarce.sku}" only has an availability of 3`;
    expect(errorsOf(await add(scarce.sku, 4))).toEqual([tooMany, NOT_ADDED]);
    expect(outcome(await add(scarce.sku, 2))).toBe('201');
    expect(errorsOf(await add(scarce.sku, 2))).toEqual([tooMany, NOT_ADDED]);
    expect(errorsOf(await change(scarce.sku, { quantity: 4 }))).toEqual([tooMany, NOT_UPDATED]);
    expect(outcome(await change(scarce.sku, { quantity: 3 }))).toBe('200');
    await shop.app.dataSource.getRepository(Product).update({ sku: scarce.sku }, { prices: unpriced.prices });
    expect(errorsOf(await change(scarce.sku, { quantity: 1 }))).toEqual([
      `422 102 Product "${scarce.sku}" has no price in EUR`,
      NOT_UPDATED,
    ]);
    expect(outcome(await change(scarce.sku, { quantity: 0 }))).toBe('200');
    const endless = await shop.product({ stock: 0, neverOutOfStock: true });
    expect(outcome(await add(endless.sku, 1_000_000))).toBe('201');
    expect(errorsOf(await add(endless.sku, 1))).toEqual([
      `422 102 Product "${endless.sku}" cannot be in a cart more than 1000000 times`,
      NOT_ADDED,
    ]);
    expect(await quantities()).toEqual({ [endless.sku]: 1_000_000 });
  });

  it('may lose their product from the stock and still be fewer', async () => {
    await add(product.sku, 10);
    await shop.app.dataSource.getRepository(Product).update({ sku: product.sku }, { stock: 4 });
    expect(outcome(await change(product.sku, { quantity: 5 }))).toBe('422 102');
    expect(outcome(await change(product.sku, { quantity: 4 }))).toBe('200');
  });

  it('are not changed by the quantity that they have', async () => {
    await add(product.sku, 2);
    for (const quantity of [2, '2']) {
      expect(errorsOf(await change(product.sku, { quantity }))).toEqual([NOT_UPDATED]);
    }
    const versions = await shop.app.dataSource.query(`SELECT version FROM cart WHERE uuid = $1`, [cartId]);
    expect(outcome(await change(product.sku, { quantity: 3 }))).toBe('200');
    const [{ version }] = await shop.app.dataSource.query(`SELECT version FROM cart WHERE uuid = $1`, [cartId]);
    expect(version).toBe(versions[0].version + 1);
  });

  it('go with a quantity of 0, and are not changed by a negative one', async () => {
    await add(product.sku, 2);
    expect(errorsOf(await change(product.sku, { quantity: -1 }))).toEqual([NOT_UPDATED]);
    expect(errorsOf(await change(product.sku, { quantity: '-1' }))).toEqual([NOT_UPDATED]);
    expect(await quantities()).toEqual({ [product.sku]: 2 });
    const answer = await change(product.sku, { quantity: '0' });
    expect([answer.status, answer.json.data.attributes.totals.grandTotal]).toEqual([200, 0]);
    expect(await quantities()).toEqual({});
  });

  it('need a sku and a positive whole number', async () => {
    const refused = async (sku: unknown, quantity: unknown) => errorsOf(await add(sku, quantity));
    const nothing = { data: { type: itemType, attributes: {} } };
    expect(errorsOf(await shop.app.api.call('POST', items(), { ...caller, body: nothing }))).toEqual([
      '422 901 sku => This field is missing.',
      '422 901 quantity => This field is missing.',
    ]);
    expect(await refused('', null)).toEqual([
      '422 901 sku => This value should not be blank.',
      '422 901 quantity => This value should not be blank.',
    ]);
    expect(await refused('x', '')).toEqual([
      '422 901 quantity => This value should not be blank.',
      '422 901 quantity => This value should be of type numeric.',
      '422 901 quantity => This value should be greater than 0.',
    ]);
    for (const quantity of [0, -1, '-1', '0']) {
      expect(await refused('x', quantity)).toEqual(['422 901 quantity => This value should be greater than 0.']);
    }
    for (const quantity of ['one', 1.5, '1.5', true, [1], {}, '1e3', 1e300, '9'.repeat(400)]) {
      expect((await refused('x', quantity))[0]).toBe('422 901 quantity => This value should be of type numeric.');
    }
    for (const quantity of [1_000_001, 2 ** 31, 2 ** 53 - 1]) {
      expect(await refused('x', quantity)).toEqual([
        '422 901 quantity => This value should be less than or equal to 1000000.',
      ]);
    }
    expect(await refused(['a'], 1)).toEqual(['422 901 sku => This value should be of type string.']);
    expect((await refused('a\0', 1))[0]).toMatch(/^422 901/);
    expect((await refused('a'.repeat(256), 1))[0]).toMatch(/^422 901 sku => This value is too long/);
    expect(errorsOf(await change('x', {}))).toEqual(['422 901 quantity => This field is missing.']);
    expect(errorsOf(await change('x', { quantity: '' }))).toEqual([
      '422 901 quantity => This value should not be blank.',
      '422 901 quantity => This value should be of type numeric.',
    ]);
    expect(outcome(await change('x', { quantity: 2 ** 40 }))).toBe('422 901');
  });

  it.each(['__proto__', 'constructor', "' OR 1=1 --", 'a/b', '..%2f', '😀'])(
    'survive %j as a sku and as a group key',
    async (text) => {
      expect(errorsOf(await add(text))).toEqual([expect.stringContaining('not found'), NOT_ADDED]);
      const key = encodeURIComponent(text);
      expect(errorsOf(await change(key, { quantity: 1 }))).toEqual([NO_ITEM]);
      expect(errorsOf(await remove(key))).toEqual([NO_ITEM]);
    },
  );

  it('are found by a group key that has to be encoded', async () => {
    const { sku } = await shop.product({ sku: `a/b c?${randomUUID()}` });
    await add(sku);
    expect(outcome(await change(encodeURIComponent(sku), { quantity: 2 }))).toBe('200');
    expect(await quantities()).toEqual({ [sku]: 2 });
    expect(outcome(await remove(encodeURIComponent(sku)))).toBe('204');
  });

  it('ignore options, offers, sales units and configurations', async () => {
    const more = {
      salesUnit: { id: 1, amount: 2 },
      productOptions: [{ sku: 'x' }],
      productOfferReference: 7,
      merchantReference: {},
      productConfigurationInstance: null,
      productOffer: 'x',
    };
    const answer = await shop.app.api.post(items(), { sku: product.sku, quantity: 1, ...more }, caller);
    expect(outcome(answer)).toBe('201');
  });

  it('are not there by another group key, or a second time', async () => {
    await add(product.sku);
    for (const key of ['other', '%00', 'x'.repeat(500)]) {
      expect(errorsOf(await change(key, { quantity: 1 }))).toEqual([NO_ITEM]);
      expect(errorsOf(await remove(key))).toEqual([NO_ITEM]);
    }
    await remove(product.sku);
    expect(errorsOf(await remove(product.sku))).toEqual([NO_ITEM]);
  });

  it("are not put into a cart that is unknown, somebody else's or no uuid", async () => {
    const foreign = await newCart(await newCaller());
    for (const id of [foreign, randomUUID(), 'mine', '%00', '__proto__']) {
      expect(errorsOf(await add(product.sku, 1, id))).toEqual([NO_CART]);
      expect(errorsOf(await change(product.sku, { quantity: 1 }, id))).toEqual([NO_CART]);
      expect(errorsOf(await remove(product.sku, id))).toEqual([NO_CART]);
    }
    expect(await shop.app.dataSource.getRepository(CartItem).countBy({ cartUuid: foreign })).toBe(0);
  });

  it('name an empty cart id before their own values, and a missing id of a change', async () => {
    const noCart = '400 104 Cart uuid is missing.';
    expect(errorsOf(await add('', 'x', ''))).toEqual([noCart]);
    for (const [key, id] of [
      ['x', ''],
      ['', cartId],
      ['', ''],
    ] as const) {
      expect(errorsOf(await change(key, {}, id))).toEqual(['400 Resource id is not specified.']);
      expect(errorsOf(await remove(key, id))).toEqual(['400 Resource id is not specified.']);
    }
    const wrong = { data: { type: cartType, attributes: {} } };
    expect(outcome(await shop.app.api.call('POST', `/${cartType}//${itemType}`, { ...caller, body: wrong }))).toBe(
      '400 Invalid type.',
    );
  });

  it('have no list of their own', async () => {
    for (const path of [items(), `${items()}/${product.sku}`]) {
      expect(outcome(await shop.app.api.get(path, caller))).toBe('404 Not Found');
    }
  });

  it('take as many statements in a cart of a hundred as in an empty one', async () => {
    const first = await countStatements(() => add(product.sku));
    const products = await Promise.all(Array.from({ length: 100 }, () => shop.product()));
    await shop.app.dataSource.query(
      `INSERT INTO cart_item (cart_uuid, group_key, sku, quantity, added_at)
       SELECT $1, sku, sku, 1, now() FROM product WHERE sku = ANY ($2)`,
      [cartId, products.map(({ sku }) => sku)],
    );
    expect(await countStatements(() => add(products[50]!.sku))).toBe(first);
    expect(Object.keys(await quantities())).toHaveLength(101);
  });
});

describe('Items of customers', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  it('need a token, but no code', async () => {
    const { token, email } = await shop.customer();
    const { sku } = await shop.product();
    const { json } = await shop.createCart(token);
    const path = `/carts/${json.data.id}/items`;
    expect(outcome(await shop.app.api.post(path, { sku, quantity: 1 }))).toBe('403 002');
    expect(outcome(await shop.app.api.post(path, { sku, quantity: 1 }, guest()))).toBe('403 002');
    await shop.enableMfa(token, email);
    expect(outcome(await shop.app.api.post(path, { sku, quantity: 1 }, { token }))).toBe('201');
    expect(outcome(await shop.app.api.patch(`${path}/${sku}`, { quantity: 2 }, { token }))).toBe('200');
    expect(outcome(await shop.app.api.delete(`${path}/${sku}`, { token }))).toBe('204');
  });
});

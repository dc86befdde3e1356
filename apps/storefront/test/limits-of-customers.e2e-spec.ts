import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outcome, PASSWORD, type Answer, type ApiClient } from '#testing';
import { CartItem } from '../src/carts/cart-item.entity.js';
import { Cart } from '../src/carts/cart.entity.js';
import { ADDRESS, storeCart } from './ordering.js';
import { errorsOf, guest, Shop, type LoggedIn } from './shop.js';

const LIMIT = 3;
const TOO_MANY_ADDRESSES = ['422 409 No more than 3 addresses can be kept. Please delete one first.'];
const TOO_MANY_CARTS = [
  '422 110 Customer already has 3 carts. Please delete one first.',
  '422 107 Failed to create cart.',
];
const TOO_MANY_ITEMS = [
  '422 102 A cart cannot hold more than 3 different products',
  '422 113 Cart item could not be added.',
];

const ENV = { CUSTOMER_ADDRESS_LIMIT: '3', CUSTOMER_CART_LIMIT: '3', CART_ITEM_LIMIT: '3' };

describe('A customer', () => {
  let shop: Shop;
  let other: ApiClient;
  let customer: LoggedIn;

  beforeAll(async () => {
    shop = await Shop.open(ENV);
    other = await shop.app.anotherInstance();
  });
  afterAll(() => shop.app.stop());
  beforeEach(async () => {
    customer = await shop.customer();
  });

  const api = (n: number): ApiClient => (n % 2 ? other : shop.app.api);
  const addresses = (): string => `/customers/${customer.customerReference}/addresses`;
  const addAddress = (n = 0, overrides: object = {}): Promise<Answer> => {
    const attributes = {
      ...ADDRESS,
      address2: String(n),
      isDefaultShipping: false,
      isDefaultBilling: false,
      ...overrides,
    };
    return api(n).post(addresses(), attributes, { token: customer.token });
  };
  const addCart = (n = 0): Promise<Answer> => {
    const attributes = { name: 'Office', priceMode: 'GROSS_MODE', currency: 'EUR', store: 'DE' };
    return api(n).post('/carts', attributes, { token: customer.token });
  };
  const addItem = async (cart: string, n = 0, sku?: string): Promise<Answer> => {
    const attributes = { sku: sku ?? (await shop.product()).sku, quantity: 1 };
    return api(n).post(`/carts/${cart}/items`, attributes, { token: customer.token });
  };
  const list = async (path: string): Promise<any[]> =>
    (await shop.app.api.get(path, { token: customer.token })).json.data;
  const twelve = (work: (n: number) => Promise<Answer>): Promise<Answer[]> =>
    Promise.all(Array.from({ length: 12 }, (_, n) => work(n)));
  const added = (answers: readonly Answer[]): number => answers.filter(({ status }) => status === 201).length;

  describe('keeps so many addresses', () => {
    it('and is refused one more, until one is deleted', async () => {
      for (let n = 0; n < LIMIT; n += 1) expect(outcome(await addAddress(n))).toBe('201');
      expect(errorsOf(await addAddress())).toEqual(TOO_MANY_ADDRESSES);
      const [first] = await list(addresses());
      await shop.app.api.delete(`${addresses()}/${first.id}`, { token: customer.token });
      expect(outcome(await addAddress())).toBe('201');
    });

    it('also where twelve are added at once over two instances', async () => {
      const answers = await twelve(addAddress);
      expect(added(answers)).toBe(LIMIT);
      expect(answers.filter(({ status }) => status !== 201).map(errorsOf)).toEqual(
        Array.from({ length: 9 }, () => TOO_MANY_ADDRESSES),
      );
      expect(await list(addresses())).toHaveLength(LIMIT);
    });

    it('and of more that were kept before sees the defaults and the newest, the oldest first', async () => {
      const roomy = await shop.app.anotherInstance({ CUSTOMER_ADDRESS_LIMIT: '10' });
      const ids: string[] = [];
      for (let n = 0; n < 6; n += 1) {
        const attributes = { ...ADDRESS, isDefaultShipping: n === 2, isDefaultBilling: n === 0 };
        ids.push((await roomy.post(addresses(), attributes, { token: customer.token })).json.data.id);
        shop.app.clock.advance(1);
      }
      expect((await list(addresses())).map(({ id }) => id)).toEqual([ids[0], ids[2], ids[5]]);
      const { json } = await roomy.get(addresses(), { token: customer.token });
      expect(json.data.map(({ id }: any) => id)).toEqual(ids);
      expect(errorsOf(await addAddress())).toEqual(TOO_MANY_ADDRESSES);
      expect(outcome(await shop.app.api.get(`${addresses()}/${ids[1]}`, { token: customer.token }))).toBe('200');
    });
  });

  describe('has so many carts', () => {
    it('and is refused one more, until one is deleted', async () => {
      for (let n = 0; n < LIMIT; n += 1) expect(outcome(await addCart(n))).toBe('201');
      expect(errorsOf(await addCart())).toEqual(TOO_MANY_CARTS);
      const [first] = await list('/carts');
      await shop.app.api.delete(`/carts/${first.id}`, { token: customer.token });
      expect(outcome(await addCart())).toBe('201');
    });

    it('also where twelve are made at once over two instances, and guests log in with theirs', async () => {
      const guests = Array.from({ length: 4 }, () => guest());
      const { sku } = await shop.product();
      for (const one of guests) await shop.app.api.post('/guest-cart-items', { sku, quantity: 1 }, one);
      // no default to put the items into: each guest's cart would become one more cart
      await storeCart(shop.app.dataSource, customer, [], { currency: 'CHF', isDefault: true });
      const login = ({ headers }: ReturnType<typeof guest>, n: number): Promise<Answer> =>
        api(n).post('/access-tokens', { username: customer.email, password: PASSWORD }, { headers });
      const [answers, logins] = await Promise.all([twelve(addCart), Promise.all(guests.map(login))]);
      expect(logins.map(outcome)).toEqual(Array(4).fill('201'));
      expect(await list('/carts')).toHaveLength(LIMIT);
      expect(answers.map(outcome).filter((one) => !['201', '422 110'].includes(one))).toEqual([]);
      const left = await shop.app.dataSource.manager.countBy(Cart, { customerId: customer.id });
      expect(left).toBe(LIMIT);
    });

    it('so that a guest who logs in keeps a cart that is one too many, and finds it again', async () => {
      const visitor = guest();
      const { sku } = await shop.product();
      await shop.app.api.post('/guest-cart-items', { sku, quantity: 2 }, visitor);
      for (let n = 0; n < LIMIT; n += 1) {
        await storeCart(shop.app.dataSource, customer, [], { currency: 'CHF', isDefault: n === 0 });
      }
      const username = customer.email;
      expect(outcome(await shop.app.api.post('/access-tokens', { username, password: PASSWORD }, visitor))).toBe('201');
      expect(await list('/carts')).toHaveLength(LIMIT);
      const { json } = await shop.app.api.get('/guest-carts?include=guest-cart-items', visitor);
      expect(json.included[0].attributes).toMatchObject({ sku, quantity: 2 });
      expect(shop.app.logged()).toContain('cart.merge_refused');
    });

    it('and of more that were there before sees the default and the newest, the oldest first', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 6; n += 1) {
        const createdAt = new Date(Date.UTC(2026, 1, n + 1));
        ids.push(await storeCart(shop.app.dataSource, customer, [], { isDefault: n === 1, createdAt }));
      }
      expect((await list('/carts')).map(({ id }) => id)).toEqual([ids[1], ids[4], ids[5]]);
      expect(errorsOf(await addCart())).toEqual(TOO_MANY_CARTS);
      expect(outcome(await shop.app.api.get(`/carts/${ids[0]}`, { token: customer.token }))).toBe('200');
    });
  });

  it('sees 5,000 items of all carts together in a list, the default cart and the newest first', async () => {
    const roomy = await shop.app.anotherInstance({ CUSTOMER_CART_LIMIT: '100' });
    const ids: string[] = [];
    for (let n = 0; n < 13; n += 1) {
      const createdAt = new Date(Date.UTC(2026, 1, 1, n));
      ids.push(await storeCart(shop.app.dataSource, customer, [], { isDefault: n === 0, createdAt }));
    }
    await shop.app.dataSource.query(
      `WITH products AS (
         INSERT INTO product (sku, abstract_sku, name, prices, tax_rate, stock, never_out_of_stock)
         SELECT 'BULK-' || n, 'BULK', 'Dock cleat', '{"EUR": {"gross": 1000, "net": 840}}', 19, 1, true
         FROM generate_series(1, 500) AS n RETURNING sku)
       INSERT INTO cart_item (cart_uuid, group_key, sku, quantity, added_at)
       SELECT cart, 'BULK-' || n, 'BULK-' || n, 1, now() FROM unnest($1::uuid[]) AS cart, generate_series(1, 500) AS n
       WHERE EXISTS (SELECT count(*) FROM products)`,
      [ids.slice(1)],
    );
    const { json } = await roomy.get('/carts', { token: customer.token });
    expect(json.data.map(({ id }: any) => id)).toEqual([ids[0], ...ids.slice(-10)]);
    expect(json.data.at(-1).attributes.totals.grandTotal).toBe(500_000);
  });

  describe('puts so many different products into a cart', () => {
    let cart: string;
    beforeEach(async () => {
      cart = (await addCart()).json.data.id as string;
    });

    it('and is refused one more, but not more of those that are in it', async () => {
      const skus: string[] = [];
      for (let n = 0; n < LIMIT; n += 1) {
        skus.push((await shop.product()).sku);
        expect(outcome(await addItem(cart, n, skus[n]))).toBe('201');
      }
      expect(errorsOf(await addItem(cart))).toEqual(TOO_MANY_ITEMS);
      expect(outcome(await addItem(cart, 0, skus[0]))).toBe('201');
      await shop.app.api.delete(`/carts/${cart}/items/${skus[1]}`, { token: customer.token });
      expect(outcome(await addItem(cart))).toBe('201');
    });

    it('also where twelve are added at once over two instances', async () => {
      const answers = await twelve((n) => addItem(cart, n));
      expect(added(answers)).toBe(LIMIT);
      expect(await shop.app.dataSource.manager.countBy(CartItem, { cartUuid: cart })).toBe(LIMIT);
    });

    it('as a guest too', async () => {
      const visitor = guest();
      const put = async (path: string): Promise<Answer> =>
        shop.app.api.post(path, { sku: (await shop.product()).sku, quantity: 1 }, visitor);
      const { json } = await put('/guest-cart-items');
      for (let n = 1; n < LIMIT; n += 1) expect(outcome(await put('/guest-cart-items'))).toBe('201');
      expect(errorsOf(await put('/guest-cart-items'))).toEqual(TOO_MANY_ITEMS);
      expect(errorsOf(await put(`/guest-carts/${json.data.id}/guest-cart-items`))).toEqual(TOO_MANY_ITEMS);
    });

    it('so that the cart of a guest that would not fit into it becomes one more cart at the login', async () => {
      const visitor = guest();
      const [a, b, c, d] = await Promise.all(Array.from({ length: 4 }, () => shop.product()));
      for (const { sku } of [a!, b!]) await addItem(cart, 0, sku);
      shop.app.clock.advance(1);
      for (const { sku } of [b!, c!, d!]) await shop.app.api.post('/guest-cart-items', { sku, quantity: 1 }, visitor);
      const username = customer.email;
      expect(outcome(await shop.app.api.post('/access-tokens', { username, password: PASSWORD }, visitor))).toBe('201');
      const carts = await list('/carts?include=items');
      const contents = carts.map(({ relationships }) => relationships.items.data.map(({ id }: any) => id).toSorted());
      expect(carts.map(({ attributes }) => attributes.isDefault)).toEqual([true, false]);
      expect(contents).toEqual([[a!.sku, b!.sku].toSorted(), [b!.sku, c!.sku, d!.sku].toSorted()]);
    });
  });
});

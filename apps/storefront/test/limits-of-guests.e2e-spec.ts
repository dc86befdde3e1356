import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outcome, PASSWORD, type Answer, type ApiClient } from '#testing';
import { Cart } from '../src/carts/cart.entity.js';
import { GUEST, orderOf } from './ordering.js';
import { errorsOf, guest, Shop } from './shop.js';

const DAY = 24 * 60 * 60;
const TOO_MANY = ['429 Too many new carts of guests from your address.'];

describe('The carts that guests open from one address', () => {
  let shop: Shop;
  let sku: string;
  let count = 0;
  let address: string;

  beforeAll(async () => {
    shop = await Shop.open({ GUEST_CART_LIMIT: '3', TRUSTED_PROXIES: '127.0.0.1' });
    ({ sku } = await shop.product());
  });
  afterAll(() => shop.app.stop());
  beforeEach(() => {
    address = `192.0.2.${(count += 1)}`;
  });

  type Options = { from?: string; api?: ApiClient; visitor?: ReturnType<typeof guest>; product?: string };
  const open = ({ from = address, api = shop.app.api, visitor = guest(), product = sku }: Options = {}) => {
    const headers = { ...visitor.headers, 'x-forwarded-for': from };
    return api.post('/guest-cart-items', { sku: product, quantity: 1 }, { headers });
  };
  const openAll = async (visitors = [guest(), guest(), guest()]): Promise<void> => {
    for (const visitor of visitors) expect(outcome(await open({ visitor }))).toBe('201');
  };
  const networks = async (): Promise<(string | null)[]> =>
    (await shop.app.dataSource.manager.find(Cart, { order: { createdAt: 'ASC' } })).map((cart) => cart.clientNetwork);

  it('are so many in a day; one more is refused until the oldest is a day old', async () => {
    for (let n = 0; n < 3; n += 1) {
      await open();
      shop.app.clock.advance(60);
    }
    const answer = await open();
    expect([errorsOf(answer), answer.headers.get('retry-after')]).toEqual([TOO_MANY, String(DAY - 180)]);
    expect(outcome(await open({ from: '198.51.100.7' }))).toBe('201');
    shop.app.clock.advance(DAY - 181);
    expect((await open()).headers.get('retry-after')).toBe('1');
    shop.app.clock.advance(1);
    expect(outcome(await open())).toBe('201');
    expect(errorsOf(await open())).toEqual(TOO_MANY);
  });

  it('are so many also when twelve come at once over two instances', async () => {
    const other = await shop.app.anotherInstance();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => open({ api: n % 2 ? other : shop.app.api })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(3).fill(201), ...Array(9).fill(429)]);
  });

  it('are so many of an IPv6 network', async () => {
    const outcomes = [];
    for (let n = 1; n <= 4; n += 1) outcomes.push((await open({ from: `2001:db8:5:5::${n}` })).status);
    expect(outcomes).toEqual([201, 201, 201, 429]);
  });

  it('can still be filled by their guests, also by twelve requests at once', async () => {
    const visitors = [guest(), guest(), guest()];
    await openAll(visitors);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => open({ visitor: visitors[n % 3]! })));
    expect(answers.map(outcome)).toEqual(Array(12).fill('201'));
    const late = guest();
    await shop.app.dataSource.query(
      `DELETE FROM cart WHERE client_network = $1 AND created_at = (
      SELECT max(created_at) FROM cart) AND uuid = (SELECT uuid FROM cart WHERE client_network = $1 LIMIT 1)`,
      [address],
    );
    const first = await Promise.all(Array.from({ length: 6 }, () => open({ visitor: late })));
    expect(first.map(outcome)).toEqual(Array(6).fill('201'));
  });

  it('do not count where the product was refused', async () => {
    for (let n = 0; n < 5; n += 1) expect(outcome(await open({ product: 'fake' }))).toBe('422 102');
    await openAll();
  });

  it('make room when a guest orders or logs in', async () => {
    const visitors = [guest(), guest(), guest()];
    await openAll(visitors);
    const [a, b] = visitors as [ReturnType<typeof guest>, ReturnType<typeof guest>];
    const cart = (await shop.app.api.get('/guest-carts', a)).json.data[0].id as string;
    expect(outcome(await shop.app.api.post('/checkout', orderOf(cart, GUEST), a))).toBe('201');
    const { email } = await shop.customer();
    const login = await shop.app.api.post('/access-tokens', { username: email, password: PASSWORD }, b);
    expect(outcome(login)).toBe('201');
    expect([(await open()).status, (await open()).status, (await open()).status]).toEqual([201, 201, 429]);
  });

  it('name the address for a day, and no longer than the cart is a guest’s', async () => {
    await shop.app.dataSource.query('DELETE FROM cart');
    const visitor = guest();
    await openAll([visitor, guest(), guest()]);
    expect(await networks()).toEqual(Array(3).fill(address));
    const { email } = await shop.customer();
    await shop.app.api.post('/access-tokens', { username: email, password: PASSWORD }, visitor);
    expect((await networks()).filter((one) => one === null)).toHaveLength(1);
    shop.app.clock.advance(DAY);
    await open({ from: '203.0.113.1' });
    expect((await networks()).filter((one) => one !== null)).toEqual(['203.0.113.1']);
  });

  it('are any number where there is no limit, and name no address', async () => {
    await shop.app.dataSource.query('DELETE FROM cart');
    const free = await shop.app.anotherInstance({ GUEST_CART_LIMIT: '0' });
    const answers: Answer[] = [];
    for (let n = 0; n < 5; n += 1) answers.push(await open({ api: free }));
    expect(answers.map(outcome)).toEqual(Array(5).fill('201'));
    expect(await networks()).toEqual(Array(5).fill(null));
  });
});

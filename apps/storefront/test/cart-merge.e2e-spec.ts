import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { outcome, PASSWORD, type Answer } from '#testing';
import { errorsOf, guest, Shop, type LoggedIn } from './shop.js';

describe('A login with the id of a guest', () => {
  let shop: Shop;
  let customer: LoggedIn;
  let visitor: ReturnType<typeof guest>;
  let a: string;
  let b: string;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  beforeEach(async () => {
    [customer, visitor] = [await shop.customer(), guest()];
    a = (await shop.product()).sku;
    b = (await shop.product({ stock: 0, neverOutOfStock: true })).sku;
  });

  const login = (password = PASSWORD, headers: object = visitor.headers, api = shop.app.api): Promise<Answer> =>
    api.post('/access-tokens', { username: customer.email, password }, { headers: { ...headers } });
  const asGuest = async (sku: string, quantity: number): Promise<string> =>
    (await shop.app.api.post('/guest-cart-items', { sku, quantity }, visitor)).json.data.id as string;
  const asCustomer = async (cart: string, sku: string, quantity: number): Promise<void> => {
    await shop.app.api.post(`/carts/${cart}/items`, { sku, quantity }, { token: customer.token });
  };
  const newCart = async (overrides: object = {}): Promise<string> => {
    const { json } = await shop.createCart(customer.token, overrides);
    shop.app.clock.advance(1);
    return json.data.id as string;
  };
  /** Of each cart the id, whether it is the default, and what is in it. */
  const carts = async (): Promise<unknown[]> => {
    const { json } = await shop.app.api.get('/carts', { token: customer.token });
    return Promise.all(
      json.data.map(async ({ id, attributes }: any) => {
        const one = await shop.app.api.get(`/carts/${id}?include=items`, { token: customer.token });
        const items = (one.json.included ?? []).map((item: any) => [item.id, item.attributes.quantity]);
        return [id, attributes.isDefault, Object.fromEntries(items)];
      }),
    );
  };
  const guestCarts = async (): Promise<string[]> =>
    (await shop.app.api.get('/guest-carts', visitor)).json.data.map(({ id }: any) => id);

  it("makes the guest's cart the customer's default, where there is none", async () => {
    const id = await asGuest(a, 2);
    await asGuest(b, 1);
    expect(outcome(await login())).toBe('201');
    expect(await carts()).toEqual([[id, true, { [a]: 2, [b]: 1 }]]);
    const { json } = await shop.app.api.get(`/carts/${id}`, { token: customer.token });
    expect(json.data.attributes).toMatchObject({ name: 'Shopping cart', totals: { grandTotal: 3000 } });
    expect(await guestCarts()).toEqual([]);
    await asGuest(a, 1);
    expect(await guestCarts()).not.toEqual([id]);
  });

  it.each([{ currency: 'CHF' }, { priceMode: 'NET_MODE' }])(
    "makes the guest's cart one more cart where the default one is of %j",
    async (overrides) => {
      const standard = await newCart({ name: 'Shopping cart', ...overrides });
      const id = await asGuest(a, 2);
      expect(outcome(await login())).toBe('201');
      expect(await carts()).toEqual([
        [standard, true, {}],
        [id, false, { [a]: 2 }],
      ]);
      const { json } = await shop.app.api.get(`/carts/${id}`, { token: customer.token });
      expect(json.data.attributes).toMatchObject({ name: 'Shopping cart 1', totals: { grandTotal: 2000 } });
    },
  );

  it("adds the items to the customer's default cart, up to the most a cart holds, and ends the guest's", async () => {
    const other = await newCart({ name: 'Other' });
    const standard = await newCart();
    await asCustomer(standard, a, 3);
    await asCustomer(standard, b, 999_999);
    const before = await shop.app.api.get(`/carts/${standard}`, { token: customer.token });
    const c = (await shop.product()).sku;
    for (const [sku, quantity] of [[a, 2], [b, 5], [c, 1]] as const) await asGuest(sku, quantity); // prettier-ignore
    expect(outcome(await login())).toBe('201');
    expect(await carts()).toEqual([
      [other, false, {}],
      [standard, true, { [a]: 5, [b]: 1_000_000, [c]: 1 }],
    ]);
    expect(await guestCarts()).toEqual([]);
    const after = await shop.app.api.get(`/carts/${standard}`, { token: customer.token });
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
  });

  it('changes nothing when the password is wrong, when nobody is named, or when the guest has no cart', async () => {
    const id = await asGuest(a, 2);
    expect(outcome(await login('Wrong-Pass-01!'))).toBe('401 003');
    expect(outcome(await login(PASSWORD, {}))).toBe('201');
    expect(outcome(await login(PASSWORD, { 'x-anonymous-customer-unique-id': '' }))).toBe('201');
    expect(outcome(await login(PASSWORD, guest().headers))).toBe('201');
    expect([await carts(), await guestCarts()]).toEqual([[], [id]]);
  });

  it('is refused when it has a token too, and changes nothing', async () => {
    const id = await asGuest(a, 2);
    const authorization = `Bearer ${customer.token}`;
    expect(errorsOf(await login(PASSWORD, { ...visitor.headers, authorization }))).toEqual([
      expect.stringMatching(/^400 005/),
    ]);
    expect(await guestCarts()).toEqual([id]);
  });

  it('gives the items once, however many logins come at the same time', async () => {
    const standard = await newCart();
    await asCustomer(standard, a, 1);
    await asGuest(a, 2);
    const instance = await shop.app.anotherInstance();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => login(PASSWORD, visitor.headers, n % 2 ? instance : shop.app.api)),
    );
    expect(answers.map(outcome)).toEqual(Array(6).fill('201'));
    expect(await carts()).toEqual([[standard, true, { [a]: 3 }]]);
  });

  it('gives the cart to one of two customers who bring the same guest', async () => {
    const rival = await shop.customer();
    await asGuest(a, 2);
    await Promise.all([
      login(),
      shop.app.api.post('/access-tokens', { username: rival.email, password: PASSWORD }, visitor),
    ]);
    const mine = await carts();
    const theirs = (await shop.app.api.get('/carts', { token: rival.token })).json.data;
    expect(mine.length + theirs.length).toBe(1);
  });

  it('takes along an item that is just being added, and is answered when that is done', async () => {
    const standard = await newCart();
    const id = await asGuest(a, 1);
    const adding = shop.app.dataSource.createQueryRunner();
    await adding.startTransaction();
    await adding.query(`SELECT FROM cart WHERE uuid = $1 FOR UPDATE`, [id]);
    await adding.query(
      `INSERT INTO cart_item (cart_uuid, group_key, sku, quantity, added_at) VALUES ($1, $2, $2, 7, now())`,
      [id, b],
    );
    let isAnswered = false;
    const pending = login().finally(() => {
      isAnswered = true;
    });
    await vi.waitFor(async () => {
      const [{ waiting }] = await adding.query(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      expect(waiting).toBe(1);
    }, 10_000);
    await shop.app.api.get('/health'); // an answer that was on its way would be there before this one
    expect(isAnswered).toBe(false);
    await adding.commitTransaction();
    await adding.release();
    expect(outcome(await pending)).toBe('201');
    expect(await carts()).toEqual([[standard, true, { [a]: 1, [b]: 7 }]]);
  });

  it('loses no item that is added, and keeps one default, while carts are created and changed', async () => {
    const standard = await newCart();
    await asGuest(a, 1);
    const answers = await Promise.all([
      login(),
      asCustomer(standard, a, 4),
      shop.createCart(customer.token, { name: 'New' }),
      asGuest(b, 1),
    ]);
    expect(outcome(answers[0])).toBe('201');
    expect(outcome(answers[2])).toBe('201');
    const all = (await carts()) as [string, boolean, Record<string, number>][];
    expect(all.filter(([, isDefault]) => isDefault)).toHaveLength(1);
    expect(all.reduce((sum, [, , items]) => sum + (items[a] ?? 0), 0)).toBe(5);
  });

  it('leaves the cart with the guest, and logs why, where the merge fails; the login stands', async () => {
    const standard = await newCart();
    const id = await asGuest(a, 2);
    await shop.app.dataSource.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`,
    );
    await shop.app.dataSource.query(
      `CREATE TRIGGER refuse BEFORE DELETE ON cart FOR EACH ROW EXECUTE FUNCTION refuse()`,
    );
    try {
      const answer = await login();
      expect([answer.status, answer.json.data.attributes.accessToken]).toEqual([201, expect.any(String)]);
    } finally {
      await shop.app.dataSource.query(`DROP TRIGGER refuse ON cart`);
    }
    expect([await carts(), await guestCarts()]).toEqual([[[standard, true, {}]], [id]]);
    expect(shop.app.logged()).toContain('cart.merge_failed');
    expect(shop.app.logged()).not.toContain(visitor.headers['x-anonymous-customer-unique-id']);
    await login();
    expect(await carts()).toEqual([[standard, true, { [a]: 2 }]]);
  });
});

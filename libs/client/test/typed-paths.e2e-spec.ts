import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { Shop } from '../../../apps/storefront/test/shop.js';
import { SalesOrder } from '../../../apps/storefront/src/orders/sales-order.entity.js';
import { mailedCode, PASSWORD } from '../../testing/src/index.js';
import { createClient, type BackendPaths, type Client, type StorefrontComponents } from '../src/index.js';
import { orderWithSecondFactor } from './typed-shop.js';

type Schemas = StorefrontComponents['schemas'];

let shop: Shop;
let client: Client;
beforeAll(async () => {
  shop = await Shop.open();
  client = createClient({ baseUrl: `${shop.app.api.url}/` });
});
afterAll(() => shop.app.stop());

describe('A client with typed paths', () => {
  it('logs in, activates a method, fills a cart and orders', async () => {
    const { email, id } = await shop.customer();
    const { sku } = await shop.product();
    const reference = await orderWithSecondFactor({
      baseUrl: shop.app.api.url,
      username: email,
      password: PASSWORD,
      sku,
      code: async () => mailedCode(shop.app.mailbox, email),
    });
    const stored = await shop.app.dataSource.manager.findOneByOrFail(SalesOrder, { orderReference: reference });
    expect(stored.customerId).toBe(id);
  });

  it('answers a refusal with its errors', async () => {
    const { data, error, response } = await client.POST('/access-tokens', {
      body: { data: { type: 'access-tokens', attributes: { username: 'nobody@shop.example', password: 'no' } } },
    });
    expect([data, response.status]).toEqual([undefined, 401]);
    expect(error?.errors).toMatchObject([{ status: 401, code: '003' }]);
  });

  it('answers what has no body with nothing', async () => {
    const attributes = { email: 'nobody@shop.example' };
    const answer = await client.POST('/customer-forgotten-password', {
      body: { data: { type: 'customer-forgotten-password', attributes } },
    });
    expect([answer.response.status, answer.data, answer.error]).toEqual([204, undefined, undefined]);
  });

  it('fills paths and queries with any text', async () => {
    const { token } = await shop.customer();
    const headers = { authorization: `Bearer ${token}` };
    const unknown = await client.GET('/carts/{id}', { params: { path: { id: 'a/b?c' } }, headers });
    expect(unknown.error?.errors.map(({ detail }) => detail)).toEqual(['Cart with given uuid not found.']);
    const list = await client.GET('/orders', { params: { query: { 'page[limit]': 5 } }, headers });
    expect(list.data?.links.self).toContain('page[limit]=5');
  });

  it('sends forms', async () => {
    const { email } = await shop.customer();
    const form = { grant_type: 'password' as const, username: email, password: PASSWORD };
    expect((await client.POST('/token', { form })).data?.token_type).toBe('Bearer');
  });

  it('refuses a path that is not filled', async () => {
    await expect(client.GET('/carts/{id}', { params: { path: { id: '' } } })).rejects.toThrow(
      'The path /carts/{id} needs a value for id.',
    );
  });

  it('answers the page of a gateway with an error of the same form', async () => {
    const gateway = createClient({
      baseUrl: 'http://shop.example',
      fetch: async () => new Response('<h1>No</h1>', { status: 502, statusText: 'Bad Gateway' }),
    });
    const { error } = await gateway.GET('/carts');
    expect(error?.errors).toEqual([{ status: 502, detail: 'Bad Gateway' }]);
  });
});

describe('The types of the paths', () => {
  it('know documents, parameters and errors', () => {
    expectTypeOf<Schemas['CartDto']['totals']['grandTotal']>().toEqualTypeOf<number>();
    expectTypeOf<Schemas['Error403_5900']['code']>().toEqualTypeOf<'5900'>();
    expectTypeOf(client.GET<'/carts/{id}'>)
      .parameter(1)
      .toHaveProperty('params');
    // @ts-expect-error there is no such path
    void (() => client.GET('/cartz'));
    // @ts-expect-error another type belongs to the path
    void (() => client.POST('/carts', { body: { data: { type: 'items', attributes: {} } } }));
    expectTypeOf<Client<BackendPaths>['DELETE']>().parameter(0).toExtend<string>();
  });
});

import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiClient, outcome } from '#testing';
import { createLogger } from '#platform';
import { Product } from '../src/catalogue/product.entity.js';
import { SalesOrder } from '../src/orders/sales-order.entity.js';
import { createStorefront } from '../src/storefront.js';
import { Balancer } from './balancer.js';
import { orderOf, storeCart } from './ordering.js';
import { Shop } from './shop.js';

describe('The stop of the storefront', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  /** One more instance, and its stop. */
  const instance = async (shutdownDelaySeconds: number) => {
    const { settings, clock } = shop.app;
    const logger = createLogger('silent', 'storefront');
    const app = await createStorefront({ ...settings, shutdownDelaySeconds }, { clock, logger });
    await app.listen(0, '127.0.0.1');
    return { api: new ApiClient(await app.getUrl()), stop: () => app.close() };
  };

  it('answers the orders that are under way, says first that it is not ready, and then is gone', async () => {
    const { api, stop } = await instance(1);
    const [customer, product] = await Promise.all([shop.customer(), shop.product()]);
    const { dataSource } = shop.app;
    const carts = await Promise.all(Array.from({ length: 8 }, () => storeCart(dataSource, customer, [product])));
    const lock = dataSource.createQueryRunner();
    await lock.startTransaction();
    await lock.manager.findOne(Product, { where: { sku: product.sku }, lock: { mode: 'pessimistic_write' } });
    const orders = carts.map((idCart) => api.post('/checkout', orderOf(idCart), { token: customer.token }));
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await vi.waitUntil(async () => (await dataSource.query<unknown[]>(waiting)).length === 8, { timeout: 10_000 });

    const stopped = stop();
    await vi.waitUntil(async () => (await api.get('/health/ready')).status === 503, { timeout: 10_000 });
    const unready = await api.get('/health/ready');
    expect(unready.json).toEqual({ status: 'unavailable', reason: 'the application is stopping' });
    const served = await api.get('/stores-or-not');
    expect([outcome(served), served.headers.get('connection')]).toEqual(['404 Not Found', 'close']);

    await lock.commitTransaction();
    await lock.release();
    expect((await Promise.all(orders)).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
    await stopped;
    expect(await dataSource.manager.countBy(SalesOrder, { customerId: customer.id })).toBe(8);
    await expect(api.get('/health')).rejects.toThrow('fetch failed');
  });

  it('loses no request behind a load balancer, when one of two instances after the other is replaced', async () => {
    const balancer = new Balancer();
    const front = new ApiClient(await balancer.start());
    const former = [await instance(2), await instance(2)];
    for (const { api } of former) await balancer.add(api.url);
    const { token } = await shop.customer();
    const statuses: number[] = [];
    const replaced = new AbortController();
    const clients = Array.from({ length: 4 }, async () => {
      while (!replaced.signal.aborted) {
        const answer = await front.get('/carts', { token }).catch(() => ({ status: 0 }));
        statuses.push(answer.status);
        await setImmediate();
      }
    });
    const replacements = [];
    for (const { stop } of former) {
      const next = await instance(0);
      await balancer.add(next.api.url);
      await stop();
      replacements.push(next);
    }
    await vi.waitUntil(() => statuses.length > 100, { timeout: 20_000 });
    replaced.abort();
    await Promise.all(clients);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    await Promise.all(replacements.map(({ stop }) => stop()));
    await balancer.stop();
  });
});

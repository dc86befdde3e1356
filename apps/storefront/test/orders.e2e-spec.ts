import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, outcome } from '#testing';
import type { Product } from '../src/catalogue/product.entity.js';
import { GUEST, orderOf, storeCart } from './ordering.js';
import { errorsOf, guest, Shop, type LoggedIn } from './shop.js';

let shop: Shop;
let product: Product;
beforeAll(async () => {
  shop = await Shop.open();
  product = await shop.product({ neverOutOfStock: true });
});
afterAll(() => shop.app.stop());

/** Orders of a customer in the order in which they were placed; @returns their references */
async function placeOrders(customer: LoggedIn, count: number): Promise<string[]> {
  const references: string[] = [];
  for (let placed = 0; placed < count; placed += 1) {
    const idCart = await storeCart(shop.app.dataSource, customer, [product]);
    const { json } = await shop.app.api.post('/checkout', orderOf(idCart), { token: customer.token });
    references.push(json.data.attributes.orderReference);
  }
  return references;
}

const get = ({ token }: LoggedIn, path: string) => shop.app.api.get(path, { token });

describe('An order', () => {
  it('has the attributes that front ends know', async () => {
    const customer = await shop.customer();
    const [reference] = await placeOrders(customer, 1);
    const { status, json } = await get(customer, `/orders/${reference}`);
    expect([status, Object.keys(json)]).toEqual([200, ['data']]);
    const { attributes, ...rest } = json.data;
    expect(rest).toEqual({
      type: 'orders',
      id: reference,
      links: { self: `${shop.app.api.url}/orders/${reference}` },
    });
    expect(Object.keys(attributes)).toEqual([
      ...['createdAt', 'currencyIsoCode', 'priceMode', 'totals', 'billingAddress', 'shippingAddress', 'items'],
      ...['expenses', 'payments', 'shipments', 'calculatedDiscounts', 'itemStates'],
    ]);
    expect(attributes.createdAt).toBe(`${shop.app.clock.now().toISOString().slice(0, -1).replace('T', ' ')}000`);
    expect(attributes).toMatchObject({ currencyIsoCode: 'EUR', priceMode: 'GROSS_MODE' });
    expect([attributes.calculatedDiscounts, attributes.itemStates]).toEqual([{}, ['new']]);
    expect(attributes.items).toEqual([
      expect.objectContaining({
        groupKey: product.sku,
        name: 'Dock cleat',
        quantity: 2,
        idShipment: 1,
        state: 'new',
        refundableAmount: 2000,
      }),
    ]);
    expect(attributes.expenses).toEqual([
      expect.objectContaining({ type: 'SHIPMENT_EXPENSE_TYPE', name: 'Standard', sumPrice: 490, sumTaxAmount: 78 }),
    ]);
    expect(attributes.shipments).toEqual([
      {
        id: 1,
        shipmentMethodName: 'Standard',
        carrierName: 'Hafenpost',
        deliveryTime: null,
        defaultGrossPrice: 490,
        defaultNetPrice: 0,
        currencyIsoCode: 'EUR',
        requestedDeliveryDate: null,
        shippingAddress: attributes.shippingAddress,
        items: [product.sku],
      },
    ]);
  });

  it('is unknown to everybody else, and so is one that does not exist', async () => {
    const [owner, other] = [await shop.customer(), await shop.customer()];
    const [reference] = await placeOrders(owner, 1);
    const caller = guest();
    const idCart = await storeCart(shop.app.dataSource, caller, [product]);
    const { json } = await shop.app.api.post('/checkout', orderOf(idCart, GUEST), caller);
    const unknown = [reference, json.data.attributes.orderReference, 'DE--0', '%00', 'x%00y', "';--", '__proto__'];
    for (const one of unknown) {
      expect(errorsOf(await get(other, `/orders/${one}`)), one).toEqual([
        "404 801 Can't find order by the given order reference",
      ]);
    }
    expect((await get(owner, `/orders/${reference}`)).status).toBe(200);
  });

  it('is for customers only', async () => {
    const agent = await shop.agent();
    for (const path of ['/orders', '/orders/DE--1', '/customers/DE--1/orders']) {
      expect(outcome(await shop.app.api.get(path))).toBe('403 002');
      expect(outcome(await shop.app.api.get(path, guest()))).toBe('403 002');
      expect(outcome(await shop.app.api.get(path, { token: agent.token }))).toBe('403 411');
    }
  });

  it('cannot be changed', async () => {
    const customer = await shop.customer();
    for (const method of ['POST', 'PATCH', 'DELETE']) {
      expect(outcome(await shop.app.api.call(method, '/orders/DE--1', { token: customer.token }))).toBe(
        '404 Not Found',
      );
    }
  });
});

describe('The list of orders', () => {
  let customer: LoggedIn;
  let newestFirst: string[];
  beforeAll(async () => {
    customer = await shop.customer();
    newestFirst = (await placeOrders(customer, 20)).toReversed();
    await placeOrders(await shop.customer(), 1);
  });

  const references = async (path: string) => (await get(customer, path)).json.data.map(({ id }: { id: string }) => id);

  it('shows ten, the newest first', async () => {
    const { json } = await get(customer, '/orders');
    expect(json.data.map(({ id }: any) => id)).toEqual(newestFirst.slice(0, 10));
    expect(json.data[0].links.self).toBe(`${shop.app.api.url}/orders/${newestFirst[0]}`);
    expect(json.data[0].attributes.payments).toHaveLength(1);
    const page = (offset: number) => `${shop.app.api.url}/orders?page[offset]=${offset}&page[limit]=10`;
    expect(json.links).toEqual({
      self: `${shop.app.api.url}/orders`,
      first: page(0),
      last: page(10),
      next: page(10),
    });
  });

  it('has pages', async () => {
    expect(await references('/orders?page[offset]=3&page[limit]=2')).toEqual(newestFirst.slice(3, 5));
    expect(await references('/orders?page[offset]=10')).toEqual(newestFirst.slice(10));
    expect(await references('/orders?page[limit]=&page[offset]=')).toEqual(newestFirst.slice(0, 10));
    expect(await references('/orders?page[offset]=999999999')).toEqual([]);
    expect(outcome(await get(customer, '/orders?page[limit]=x'))).toBe('400 Pagination parameters are invalid.');
  });

  it('is the same below the customer', async () => {
    const path = `/customers/${customer.customerReference}/orders?page[limit]=3`;
    const { json } = await get(customer, path);
    expect(json.data.map(({ id }: any) => id)).toEqual(newestFirst.slice(0, 3));
    expect(json.data[0].links.self).toBe(`${shop.app.api.url}/orders/${newestFirst[0]}`);
    expect(json.links.self).toBe(`${shop.app.api.url}${path}`);
  });

  it("is not below anybody else's reference", async () => {
    const other = await shop.customer();
    for (const reference of [customer.customerReference, 'DE--0', '', '%00']) {
      const answer = await get(other, `/customers/${reference}/orders`);
      expect(errorsOf(answer), reference).toEqual(['403 802 Unauthorized request.']);
    }
  });

  it('shows the last ten thousand of who orders without end, and says that there are more', async () => {
    const other = await shop.customer();
    await shop.app.dataSource.query(
      `INSERT INTO sales_order (order_reference, cart_uuid, customer_id, store, currency, price_mode, customer,
         billing_address, shipments, items, totals, created_at)
       SELECT 'MANY--' || n, gen_random_uuid(), c.id, store, currency, price_mode, customer, billing_address, shipments,
         items, totals, o.created_at
       FROM sales_order o, customer c, generate_series(1, 10001) n WHERE o.order_reference = $1 AND c.customer_reference = $2`,
      [newestFirst[0], other.customerReference],
    );
    const { json } = await get(other, '/orders');
    expect(json.meta).toEqual({ page: { total: 10_000, isTotalExact: false } });
    expect(json.links.last).toContain('page[offset]=9990&');
    expect((await get(other, '/orders?page[offset]=10000')).status).toBe(400);
    expect((await get(customer, '/orders?page[offset]=10000')).json).not.toHaveProperty('meta');
  });

  it('is empty for who ordered nothing', async () => {
    const { json } = await get(await shop.customer(), '/orders');
    const url = `${shop.app.api.url}/orders`;
    expect(json).toEqual({ data: [], links: { self: url } });
  });

  it('costs as many statements for twenty orders as for one', async () => {
    const count = (limit: number) =>
      countStatements(async () => {
        expect(await references(`/orders?page[limit]=${limit}`)).toHaveLength(limit);
      });
    await count(1);
    expect(await count(20)).toBe(await count(1));
  });
});

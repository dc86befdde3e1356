import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countStatements, outcome, type Answer } from '#testing';
import { Cart } from '../src/carts/cart.entity.js';
import { Product } from '../src/catalogue/product.entity.js';
import { Store } from '../src/catalogue/store.entity.js';
import { errorsOf, Shop, type LoggedIn } from './shop.js';

const ZERO = {
  expenseTotal: 0,
  discountTotal: 0,
  taxTotal: 0,
  subtotal: 0,
  grandTotal: 0,
  priceToPay: 0,
  shipmentTotal: 0,
};
const ETAG = /^"[0-9a-f]{32}"$/;

describe('Carts', () => {
  let shop: Shop;
  let customer: LoggedIn;
  let token: string;

  beforeAll(async () => {
    shop = await Shop.open();
    await shop.app.dataSource.manager.insert(Store, {
      name: 'AT',
      currencies: ['EUR'],
      defaultCurrency: 'EUR',
      locales: ['de_DE'],
      priceModes: ['GROSS_MODE'],
      countries: [{ iso2Code: 'AT', name: 'Austria' }],
      orderReferencePrefix: 'AT--',
    });
  });
  afterAll(() => shop.app.stop());

  beforeEach(async () => {
    customer = await shop.customer();
    token = customer.token;
  });

  const get = (path: string): Promise<Answer> => shop.app.api.get(path, { token });
  const idOf = ({ json }: Answer): string => json.data.id as string;
  const etagOf = ({ headers }: Answer): string => headers.get('etag') ?? '';
  const newCart = async (overrides: object = {}): Promise<{ id: string; etag: string }> => {
    const answer = await shop.createCart(token, overrides);
    shop.app.clock.advance(1);
    return { id: idOf(answer), etag: etagOf(answer) };
  };
  const put = async (cart: string, sku: string, quantity = 1): Promise<Answer> => {
    const answer = await shop.app.api.post(`/carts/${cart}/items`, { sku, quantity }, { token });
    expect(outcome(answer)).toBe('201');
    return answer;
  };
  const patch = (id: string, attributes: object, etag?: string, headers = {}): Promise<Answer> =>
    shop.app.api.patch(`/carts/${id}`, attributes, {
      token,
      headers: { ...(etag !== undefined && { 'if-match': etag }), ...headers },
    });

  describe('POST /carts', () => {
    it('answers the new cart, the default, whose totals are unknown yet', async () => {
      const answer = await shop.createCart(token);
      expect([answer.status, etagOf(answer)]).toEqual([201, expect.stringMatching(ETAG)]);
      expect(answer.json).toEqual({
        data: {
          type: 'carts',
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          attributes: {
            priceMode: 'GROSS_MODE',
            currency: 'EUR',
            store: 'DE',
            name: 'Office',
            isDefault: true,
            totals: Object.fromEntries(Object.keys(ZERO).map((name) => [name, null])),
            discounts: [],
          },
          links: { self: `${shop.app.api.url}/carts/${idOf(answer)}` },
        },
      });
      const later = await get(`/carts/${idOf(answer)}`);
      expect(later.json.data.attributes).toEqual({ ...answer.json.data.attributes, totals: ZERO });
      expect(etagOf(later)).toBe(etagOf(answer));
    });

    it('makes the new cart the only default, and gives a name that is taken a number', async () => {
      for (const _ of [1, 2, 3]) await newCart();
      const { json } = await get('/carts');
      expect(json.data.map(({ attributes }: any) => [attributes.name, attributes.isDefault])).toEqual([
        ['Office', false],
        ['Office 1', false],
        ['Office 2', true],
      ]);
      const stranger = await shop.customer();
      expect((await shop.createCart(stranger.token)).json.data.attributes.name).toBe('Office');
    });

    it('makes one default of carts that are created at the same time, each with a name of its own', async () => {
      const other = await shop.app.anotherInstance();
      const attributes = { name: 'Rush', priceMode: 'GROSS_MODE', currency: 'EUR', store: 'DE' };
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) => (n % 2 ? other : shop.app.api).post('/carts', attributes, { token })),
      );
      expect(answers.map(outcome)).toEqual(Array(8).fill('201'));
      const { data } = (await get('/carts')).json;
      expect(data.filter(({ attributes: { isDefault } }: any) => isDefault)).toHaveLength(1);
      expect(new Set(data.map(({ attributes: { name } }: any) => name)).size).toBe(8);
    });

    it('names all that is missing, blank, no text or too long', async () => {
      const empty = await shop.app.api.post('/carts', {}, { token });
      expect(errorsOf(empty)).toEqual(
        ['priceMode', 'currency', 'store', 'name'].map((field) => `422 901 ${field} => This field is missing.`),
      );
      const wrong = { name: 'x'.repeat(31), priceMode: '', currency: null, store: ['DE'] };
      expect(errorsOf(await shop.createCart(token, wrong))).toEqual([
        '422 901 priceMode => This value should not be blank.',
        '422 901 currency => This value should not be blank.',
        '422 901 store => This value should be of type string.',
        '422 901 name => This value is too long. It should have 30 characters or less.',
      ]);
      expect(outcome(await shop.createCart(token, { name: 'x'.repeat(30) }))).toBe('201');
    });

    it('refuses currency and price mode that the store has not, and an unknown store, with the failure at the end', async () => {
      const failed = '422 107 Failed to create cart.';
      const currency = '422 117 Currency is incorrect.';
      const mode = '422 119 Price mode is incorrect.';
      const refused = async (overrides: object) => errorsOf(await shop.createCart(token, overrides));
      expect(await refused({ currency: 'USD', priceMode: 'FREE' })).toEqual([currency, mode, failed]);
      expect(await refused({ currency: 'USD' })).toEqual([currency, failed]);
      expect(await refused({ priceMode: 'FREE' })).toEqual([mode, failed]);
      expect(await refused({ store: 'AT', currency: 'CHF', priceMode: 'NET_MODE' })).toEqual([currency, mode, failed]);
      expect(await refused({ store: 'XX', currency: 'USD' })).toEqual(['422 112 Store data is invalid.', failed]);
      expect((await get('/carts')).json.data).toEqual([]);
    });

    it.each(['__proto__', 'constructor', "'; DROP TABLE cart; --", '9'.repeat(10_000)])(
      'survives %j wherever a text goes',
      async (text) => {
        for (const field of ['store', 'currency', 'priceMode']) {
          expect(outcome(await shop.createCart(token, { [field]: text }))).toMatch(/^422/);
        }
        expect((await shop.createCart(token, { name: text })).status).toBeLessThan(500);
        expect((await shop.createCart(token, { name: text })).status).toBeLessThan(500);
      },
    );

    it('refuses a NUL in a text', async () => {
      for (const field of ['name', 'store', 'currency', 'priceMode']) {
        expect(outcome(await shop.createCart(token, { [field]: 'a\0b' }))).toBe('422 901');
      }
    });

    it('is refused with an id, with another type, without a token and without attributes', async () => {
      const body = { data: { type: 'carts', attributes: {} } };
      expect(outcome(await shop.app.api.call('POST', `/carts/${randomUUID()}`, { token, body }))).toBe('404 Not Found');
      const items = { data: { type: 'items', attributes: {} } };
      expect(outcome(await shop.app.api.call('POST', '/carts', { token, body: items }))).toBe('400 Invalid type.');
      expect(outcome(await shop.app.api.call('POST', '/carts', { body }))).toBe('403 002');
      expect(outcome(await shop.app.api.call('POST', '/carts', { token, body: {} }))).toBe('400 Post data is invalid.');
    });
  });

  describe('GET', () => {
    it('answers the own carts as a list, by themselves and by the customer', async () => {
      expect((await get('/carts')).json).toEqual({ data: [], links: { self: `${shop.app.api.url}/carts` } });
      const { id } = await newCart();
      for (const path of ['/carts', '/carts/', `/customers/${customer.customerReference}/carts`]) {
        const { status, json } = await get(path);
        expect([status, json.data.map(({ id: one }: any) => one)]).toEqual([200, [id]]);
        expect(json.data[0].links.self).toBe(`${shop.app.api.url}/carts/${id}`);
        expect(json.data[0].attributes.totals).toEqual(ZERO);
        expect(json).not.toHaveProperty('included');
      }
    });

    it("refuses the list of another customer's carts, of nobody's and of an empty reference", async () => {
      const stranger = await shop.customer();
      for (const reference of [stranger.customerReference, 'DE--nobody', '', '%00', '__proto__']) {
        const answer = await get(`/customers/${reference}/carts`);
        expect(errorsOf(answer)).toEqual(['403 802 Unauthorized request.']);
      }
    });

    it("knows no cart that is somebody else's, unknown or no uuid", async () => {
      const stranger = await shop.customer();
      const foreign = idOf(await shop.createCart(stranger.token));
      for (const id of [foreign, randomUUID(), 'mine', '1', '%00', '__proto__', "'--", 'x'.repeat(500)]) {
        expect(errorsOf(await get(`/carts/${id}`))).toEqual(['404 101 Cart with given uuid not found.']);
      }
    });

    it('includes items and their products where that is asked for, and nothing else', async () => {
      const { id } = await newCart();
      const { sku } = await shop.product({ sku: 'a/b c', abstractSku: 'ab', name: 'Rope' });
      await put(id, sku, 2);
      const self = `${shop.app.api.url}/carts/${id}`;
      const answer = await get(`/carts/${id}?include=items,concrete-products,promotional-items,__proto__`);
      expect(answer.json.data.relationships).toEqual({ items: { data: [{ type: 'items', id: sku }] } });
      expect(answer.json.included).toEqual([
        {
          type: 'items',
          id: sku,
          attributes: {
            sku,
            quantity: 2,
            groupKey: sku,
            abstractSku: 'ab',
            amount: null,
            productOfferReference: null,
            merchantReference: null,
            calculations: {
              unitPrice: 1000,
              sumPrice: 2000,
              taxRate: 19,
              unitNetPrice: 0,
              sumNetPrice: 0,
              unitGrossPrice: 1000,
              sumGrossPrice: 2000,
              unitTaxAmountFullAggregation: 160,
              sumTaxAmountFullAggregation: 319,
              sumSubtotalAggregation: 2000,
              unitSubtotalAggregation: 1000,
              unitProductOptionPriceAggregation: 0,
              sumProductOptionPriceAggregation: 0,
              unitDiscountAmountAggregation: 0,
              sumDiscountAmountAggregation: 0,
              unitDiscountAmountFullAggregation: 0,
              sumDiscountAmountFullAggregation: 0,
              unitPriceToPayAggregation: 1000,
              sumPriceToPayAggregation: 2000,
            },
            configuredBundle: null,
            configuredBundleItem: null,
            productConfigurationInstance: null,
            salesUnit: null,
            selectedProductOptions: [],
          },
          relationships: { 'concrete-products': { data: [{ type: 'concrete-products', id: sku }] } },
          links: { self: `${self}/items/a%2Fb%20c` },
        },
        {
          type: 'concrete-products',
          id: sku,
          attributes: {
            sku,
            name: 'Rope',
            productAbstractSku: 'ab',
            isDiscontinued: false,
            discontinuedNote: null,
          },
          links: { self: `${shop.app.api.url}/concrete-products/a%2Fb%20c` },
        },
      ]);
      for (const query of ['', '?include=', '?include=concrete-products', '?include=guest-cart-items']) {
        expect((await get(`/carts/${id}${query}`)).json).not.toHaveProperty('included');
      }
      expect((await get(`/carts/${id}?include=items`)).json.included).toHaveLength(1);
    });

    it('includes the items of each cart of a list, also where two carts hold the same product', async () => {
      const { sku } = await shop.product();
      const carts = [await newCart(), await newCart(), await newCart()];
      await put(carts[0]!.id, sku, 2);
      await put(carts[1]!.id, sku, 3);
      const { data, included } = (await get('/carts?include=items,concrete-products')).json;
      expect(data.map(({ relationships }: any) => relationships.items.data.length)).toEqual([1, 1, 0]);
      const quantities = included
        .filter(({ type }: any) => type === 'items')
        .map((one: any) => one.attributes.quantity);
      expect(quantities.toSorted()).toEqual([2, 3]);
      expect(included.filter(({ type }: any) => type === 'concrete-products')).toHaveLength(1);
    });

    it('adds up gross prices with the taxes of two rates', async () => {
      const { id } = await newCart();
      await put(id, (await shop.product()).sku, 2);
      await put(id, (await shop.product({ taxRate: '7', prices: { EUR: { gross: 1070, net: 1000 } } })).sku, 3);
      expect((await get(`/carts/${id}`)).json.data.attributes.totals).toEqual({
        ...ZERO,
        taxTotal: 319 + 210,
        subtotal: 5210,
        grandTotal: 5210,
        priceToPay: 5210,
      });
    });

    it('adds up net prices in another currency with the taxes of two rates', async () => {
      const { id } = await newCart({ currency: 'CHF', priceMode: 'NET_MODE' });
      await put(id, (await shop.product()).sku, 2);
      const answer = await put(
        id,
        (await shop.product({ taxRate: '7', prices: { CHF: { gross: 1284, net: 1200 } } })).sku,
        3,
      );
      expect(answer.json.data.attributes.totals).toEqual({
        ...ZERO,
        taxTotal: 364 + 252,
        subtotal: 1916 + 3600,
        grandTotal: 5516 + 616,
        priceToPay: 5516 + 616,
      });
      const { included } = (await get(`/carts/${id}?include=items`)).json;
      expect(included.map(({ attributes: { calculations } }: any) => calculations)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            unitPrice: 958,
            unitNetPrice: 958,
            sumNetPrice: 1916,
            unitGrossPrice: 0,
            sumGrossPrice: 0,
            unitTaxAmountFullAggregation: 182,
            unitPriceToPayAggregation: 958 + 182,
            sumPriceToPayAggregation: 1916 + 364,
          }),
        ]),
      );
    });

    it("follows the catalogue's prices, and counts an item that lost its price as nothing", async () => {
      const { id } = await newCart();
      const { sku } = await shop.product();
      const before = etagOf(await get(`/carts/${id}`));
      await put(id, sku, 1);
      const products = shop.app.dataSource.getRepository(Product);
      await products.update({ sku }, { prices: { EUR: { gross: 500, net: 420 } } });
      const cheaper = await get(`/carts/${id}`);
      expect(cheaper.json.data.attributes.totals.grandTotal).toBe(500);
      await products.update({ sku }, { prices: { CHF: { gross: 500, net: 420 } } });
      const unpriced = await get(`/carts/${id}?include=items`);
      expect(unpriced.json.data.attributes.totals).toEqual(ZERO);
      expect(unpriced.json.included[0].attributes.calculations).toMatchObject({ unitPrice: 0, sumPrice: 0 });
      expect(new Set([before, etagOf(cheaper), etagOf(unpriced)]).size).toBe(3);
    });

    it('takes as many statements for a hundred items, and for twenty carts, as for one', async () => {
      const products = await Promise.all(Array.from({ length: 100 }, () => shop.product()));
      const small = await newCart();
      const large = await newCart();
      await put(small.id, products[0]!.sku);
      await shop.app.dataSource.query(
        `INSERT INTO cart_item (cart_uuid, group_key, sku, quantity, added_at)
         SELECT $1, sku, sku, 1, now() FROM product WHERE sku = ANY ($2)`,
        [large.id, products.map(({ sku }) => sku)],
      );
      const ofOne = await countStatements(() => get(`/carts/${small.id}?include=items,concrete-products`));
      const ofHundred = await countStatements(async () => {
        const { json } = await get(`/carts/${large.id}?include=items,concrete-products`);
        expect(json.included).toHaveLength(200);
      });
      expect(ofHundred).toBe(ofOne);
      const stranger = await shop.customer();
      await shop.createCart(stranger.token);
      const few = await countStatements(() => shop.app.api.get('/carts?include=items', { token: stranger.token }));
      for (let n = 2; n < 20; n += 1) await newCart();
      const many = await countStatements(async () =>
        expect((await get('/carts?include=items')).json.data).toHaveLength(20),
      );
      expect(many).toBe(few);
    });
  });

  describe('PATCH /carts/{uuid}', () => {
    it('changes what is sent, answers the cart with a new tag, and takes the tag of the creation', async () => {
      const { id, etag } = await newCart();
      const renamed = await patch(id, { name: 'Dock' }, etag);
      expect([renamed.status, renamed.json.data.attributes.name]).toEqual([200, 'Dock']);
      expect(etagOf(renamed)).toMatch(ETAG);
      expect(etagOf(renamed)).not.toBe(etag);
      const all = { name: 'Pier', currency: 'CHF', priceMode: 'NET_MODE', store: 'DE' };
      const changed = await patch(id, all, etagOf(renamed));
      expect(changed.json.data.attributes).toEqual({ ...all, isDefault: true, totals: ZERO, discounts: [] });
      expect(changed.json.data.links.self).toBe(`${shop.app.api.url}/carts/${id}`);
      const read = await get(`/carts/${id}`);
      expect([read.json, etagOf(read)]).toEqual([changed.json, etagOf(changed)]);
    });

    it('keeps what is sent empty', async () => {
      const { id, etag } = await newCart({ currency: 'CHF', priceMode: 'NET_MODE' });
      const kept = await patch(id, { priceMode: '', currency: '', store: '' }, etag);
      expect(kept.json.data.attributes).toMatchObject({ currency: 'CHF', priceMode: 'NET_MODE', store: 'DE' });
      const again = await patch(id, { priceMode: null, currency: null, store: null }, etagOf(kept));
      expect(again.json.data.attributes).toMatchObject({ currency: 'CHF', priceMode: 'NET_MODE', store: 'DE' });
    });

    it('asks for the tag, which is good for one change of this cart as it is', async () => {
      const { id, etag } = await newCart();
      const other = await newCart();
      expect(errorsOf(await patch(id, { name: 'A' }))).toEqual(['428 005 If-Match header is missing.']);
      expect(errorsOf(await patch(id, { name: 'A' }, ''))).toEqual(['428 005 If-Match header is missing.']);
      for (const wrong of [other.etag, '"0"', etag.replaceAll('"', ''), `W/${etag}`]) {
        expect(errorsOf(await patch(id, { name: 'A' }, wrong))).toEqual(['412 006 If-Match header value is invalid.']);
      }
      expect(outcome(await patch(id, { name: 'A' }, etag))).toBe('200');
      expect(outcome(await patch(id, { name: 'B' }, etag))).toBe('412 006');
      expect((await get(`/carts/${id}`)).json.data.attributes.name).toBe('A');
    });

    it('takes `*` for the cart as it is, and the tag in a list', async () => {
      const { id, etag } = await newCart();
      const renamed = await patch(id, { name: 'A' }, `W/"0", "0,", ${etag}`);
      expect(outcome(renamed)).toBe('200');
      expect(outcome(await patch(id, { name: 'B' }, '*'))).toBe('200');
      expect(outcome(await patch(id, { name: 'C' }, `W/${etagOf(renamed)}, "0"`))).toBe('412 006');
    });

    it('gives another tag after each change of the items', async () => {
      const { id, etag } = await newCart();
      const { sku } = await shop.product({ prices: { EUR: { gross: 0, net: 0 } } });
      const tags = [etag];
      const note = async (): Promise<unknown> => tags.push(etagOf(await get(`/carts/${id}`)));
      await put(id, sku, 1);
      await note();
      await shop.app.api.patch(`/carts/${id}/items/${sku}`, { quantity: 2 }, { token });
      await note();
      await shop.app.api.delete(`/carts/${id}/items/${sku}`, { token });
      await note();
      expect(new Set(tags).size).toBe(4);
    });

    it('looks at the values, then for the tag, then for the cart, then compares', async () => {
      const { id } = await newCart();
      const unknown = randomUUID();
      const stranger = await shop.customer();
      const foreign = await shop.createCart(stranger.token);
      expect(outcome(await patch(unknown, { name: '' }))).toBe('422 901');
      expect(outcome(await patch(id, { currency: 'USD' }))).toBe('422 117');
      expect(outcome(await patch(unknown, { name: 'A' }))).toBe('428 005');
      for (const missing of [unknown, 'no-uuid', '%00', idOf(foreign)]) {
        for (const wrong of ['"0"', '*', (await newCart()).etag]) {
          expect(outcome(await patch(missing, { name: 'A' }, wrong))).toBe('412 006');
        }
      }
      expect(outcome(await patch(unknown, { name: 'A' }, etagOf(foreign)))).toBe('412 006');
      expect(outcome(await patch(idOf(foreign), { name: 'A' }, etagOf(foreign)))).toBe('404 101');
      expect(outcome(await patch(id, { name: 'A' }, etagOf(foreign)))).toBe('412 006');
    });

    it('lets one of many changes with the same tag through', async () => {
      const { id, etag } = await newCart();
      const other = await shop.app.anotherInstance();
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          (n % 2 ? other : shop.app.api).patch(
            `/carts/${id}`,
            { name: `Name ${n}` },
            { token, headers: { 'if-match': etag } },
          ),
        ),
      );
      expect(answers.map(outcome).toSorted()).toEqual(['200', ...Array(7).fill('412 006')]);
      const winner = answers.find(({ status }) => status === 200)!;
      expect((await get(`/carts/${id}`)).json.data.attributes.name).toBe(winner.json.data.attributes.name);
    });

    it('refuses blank and wrong values', async () => {
      const { id, etag } = await newCart();
      const refused = async (attributes: object) => errorsOf(await patch(id, attributes, etag));
      expect(await refused({ name: '' })).toEqual(['422 901 name => This value should not be blank.']);
      expect(await refused({ name: null })).toEqual(['422 901 name => This value should not be blank.']);
      expect(await refused({ name: ['a'] })).toEqual(['422 901 name => This value should be of type string.']);
      expect(await refused({ name: 'x'.repeat(31) })).toEqual([
        '422 901 name => This value is too long. It should have 30 characters or less.',
      ]);
      expect(outcome(await patch(id, { name: 'a\0' }, etag))).toBe('422 901');
      expect(await refused({ currency: 7, priceMode: {} })).toEqual([
        '422 901 priceMode => This value should be of type string.',
        '422 901 currency => This value should be of type string.',
      ]);
      expect(await refused({ currency: 'USD', priceMode: 'FREE' })).toEqual([
        '422 117 Currency is incorrect.',
        '422 119 Price mode is incorrect.',
      ]);
      expect(await refused({ store: '__proto__' })).toEqual(['422 112 Store data is invalid.']);
      const all = { currency: 'USD', priceMode: 'FREE', store: 'XX' };
      expect(await refused(all)).toEqual(['422 117 Currency is incorrect.', '422 119 Price mode is incorrect.']);
      expect(await refused({ ...all, currency: '' })).toEqual(['422 119 Price mode is incorrect.']);
      expect(await refused({ ...all, currency: 'EUR', priceMode: 'NET_MODE' })).toEqual([
        '422 112 Store data is invalid.',
      ]);
      const swiss = await newCart({ currency: 'CHF' });
      expect(errorsOf(await patch(swiss.id, { store: 'AT' }, swiss.etag))).toEqual(['422 117 Currency is incorrect.']);
    });

    it('keeps the price mode of a cart with items, and a currency in which all of them have a price', async () => {
      const { id } = await newCart();
      await put(id, (await shop.product()).sku);
      const current = async (): Promise<string> => etagOf(await get(`/carts/${id}`));
      expect(errorsOf(await patch(id, { priceMode: 'NET_MODE' }, await current()))).toEqual([
        '422 111 Can’t switch price mode when there are items in the cart.',
      ]);
      expect(outcome(await patch(id, { priceMode: 'GROSS_MODE' }, await current()))).toBe('200');
      const swiss = await patch(id, { currency: 'CHF' }, await current());
      expect(swiss.json.data.attributes.totals.grandTotal).toBe(1140);
      const { sku } = await shop.product({ prices: { CHF: { gross: 1, net: 1 } } });
      await put(id, sku);
      expect(errorsOf(await patch(id, { currency: 'EUR' }, await current()))).toEqual([
        `422 102 Product "${sku}" has no price in EUR`,
        '422 117 Currency is incorrect.',
      ]);
      expect((await get(`/carts/${id}`)).json.data.attributes.currency).toBe('CHF');
    });

    it('gives a name that another cart has a number, but keeps the own one', async () => {
      await newCart({ name: 'Office' });
      const { id, etag } = await newCart({ name: 'Dock' });
      const kept = await patch(id, { name: 'Dock' }, etag);
      expect(kept.json.data.attributes.name).toBe('Dock');
      expect((await patch(id, { name: 'Office' }, etagOf(kept))).json.data.attributes.name).toBe('Office 1');
    });

    it('keeps the tag of a cart that is the default no longer', async () => {
      const { id, etag } = await newCart();
      await newCart({ name: 'Other' });
      expect(outcome(await patch(id, { name: 'Dock' }, etag))).toBe('200');
    });

    it('names a missing id, and asks for a token', async () => {
      const body = { data: { type: 'carts', attributes: {} } };
      for (const method of ['PATCH', 'DELETE']) {
        for (const path of ['/carts', '/carts/']) {
          const answer = await shop.app.api.call(method, path, { token, body });
          expect(outcome(answer)).toBe('400 Resource id is not specified.');
        }
        expect(outcome(await shop.app.api.call(method, `/carts/${randomUUID()}`, { body }))).toBe('403 002');
      }
    });
  });

  describe('DELETE /carts/{uuid}', () => {
    it('deletes the cart with its items; the newest other one becomes the default', async () => {
      const [first, second, third] = [await newCart(), await newCart(), await newCart()];
      await put(third.id, (await shop.product()).sku);
      const answer = await shop.app.api.delete(`/carts/${third.id}`, { token });
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(outcome(await get(`/carts/${third.id}`))).toBe('404 101');
      expect(outcome(await shop.app.api.delete(`/carts/${third.id}`, { token }))).toBe('404 101');
      const defaults = async () =>
        (await get('/carts')).json.data.map(({ id, attributes }: any) => [id, attributes.isDefault]);
      expect(await defaults()).toEqual([
        [first.id, false],
        [second.id, true],
      ]);
      await shop.app.api.delete(`/carts/${first.id}`, { token });
      expect(await defaults()).toEqual([[second.id, true]]);
      await shop.app.api.delete(`/carts/${second.id}`, { token });
      expect(await defaults()).toEqual([]);
    });

    it("knows no cart that is somebody else's, unknown or no uuid", async () => {
      const stranger = await shop.customer();
      const foreign = idOf(await shop.createCart(stranger.token));
      for (const id of [foreign, randomUUID(), 'mine', '%00']) {
        expect(outcome(await shop.app.api.delete(`/carts/${id}`, { token }))).toBe('404 101');
      }
      expect(await shop.app.dataSource.getRepository(Cart).countBy({ uuid: foreign })).toBe(1);
    });

    it('leaves one default when carts are deleted and created at the same time', async () => {
      const carts = [await newCart(), await newCart(), await newCart(), await newCart()];
      const other = await shop.app.anotherInstance();
      const answers = await Promise.all([
        ...carts.slice(1).map(({ id }, n) => (n % 2 ? other : shop.app.api).delete(`/carts/${id}`, { token })),
        shop.createCart(token, { name: 'New' }),
      ]);
      expect(answers.map(outcome)).toEqual(['204', '204', '204', '201']);
      const { data } = (await get('/carts')).json;
      expect(data.filter(({ attributes: { isDefault } }: any) => isDefault)).toHaveLength(1);
      expect(data).toHaveLength(2);
    });
  });

  it('are protected: with MFA each write needs a code, before anything else is looked at', async () => {
    const { id, etag } = await newCart();
    const code = await shop.enableMfa(token, customer.email);
    expect(outcome(await shop.app.api.call('POST', '/carts', { token, body: 'no json' }))).toBe('403 5900');
    expect(outcome(await patch(id, { name: '' }))).toBe('403 5900');
    expect(outcome(await patch(id, { name: 'A' }, etag, { 'x-mfa-code': '0' }))).toBe('403 5901');
    expect(outcome(await shop.app.api.delete(`/carts/${id}`, { token }))).toBe('403 5900');
    expect(outcome(await get(`/carts/${id}`))).toBe('200');
    expect(outcome(await shop.createCart(token, {}, code))).toBe('201');
    expect(outcome(await patch(id, { name: 'A' }, etag, { 'x-mfa-code': code }))).toBe('200');
    expect(outcome(await shop.app.api.delete(`/carts/${id}`, { token, code }))).toBe('204');
    const { sku } = await shop.product();
    const rest = (await get('/carts')).json.data[0].id as string;
    await put(rest, sku);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { countStatements, ApiClient, outcome, type Answer } from '#testing';
import { CustomerAddress } from '../src/addresses/customer-address.entity.js';
import { errorsOf, Shop, type LoggedIn } from './shop.js';

const MISSING_ID = '400 Resource id is not specified.';

const ATTRIBUTES = {
  salutation: 'Ms',
  firstName: 'Ada',
  lastName: 'Kessler',
  address1: 'Am Sandtorkai',
  address2: '4',
  address3: 'Second floor',
  zipCode: '20457',
  city: 'Hamburg',
  iso2Code: 'DE',
  company: 'Harbor Supply GmbH',
  phone: '+49 40 5550100',
  isDefaultShipping: false,
  isDefaultBilling: false,
};
const BOTH = { isDefaultShipping: true, isDefaultBilling: true };
const REQUIRED = [
  ...['salutation', 'firstName', 'lastName', 'address1', 'address2', 'zipCode', 'city', 'iso2Code'],
  ...['isDefaultShipping', 'isDefaultBilling'],
];

describe('Addresses', () => {
  let shop: Shop;
  let customer: LoggedIn;
  let other: LoggedIn;
  let path: string;

  beforeAll(async () => {
    shop = await Shop.open();
    other = await shop.customer();
  });
  afterAll(() => shop.app.stop());

  beforeEach(async () => {
    customer = await shop.customer();
    path = `/customers/${customer.customerReference}/addresses`;
  });

  const pathOf = ({ customerReference }: LoggedIn): string => `/customers/${customerReference}/addresses`;
  const create = (overrides: object = {}, api: ApiClient = shop.app.api): Promise<Answer> =>
    api.post(path, { ...ATTRIBUTES, ...overrides }, { token: customer.token });
  const created = async (overrides: object = {}): Promise<string> => (await create(overrides)).json.data.id;
  const get = (tail = ''): Promise<Answer> => shop.app.api.get(`${path}${tail}`, { token: customer.token });
  const patch = (id: string, changes: object, api: ApiClient = shop.app.api): Promise<Answer> =>
    api.patch(`${path}/${id}`, changes, { token: customer.token });
  const remove = (id: string): Promise<Answer> => shop.app.api.delete(`${path}/${id}`, { token: customer.token });
  /** Who is the default, as `shipping/billing` numbers in the order of creation. */
  const defaults = async (): Promise<string> => {
    const list = (await get()).json.data as { attributes: Record<string, unknown> }[];
    const at = (flag: string): string =>
      list.flatMap(({ attributes }, index) => (attributes[flag] ? [index] : [])).join(',');
    return `${at('isDefaultShipping')}/${at('isDefaultBilling')}`;
  };

  describe('a new one', () => {
    it('is answered with 201, its country and its link', async () => {
      const answer = await create({ iso2Code: 'at' });
      const { id } = answer.json.data;
      expect(answer.status).toBe(201);
      expect(answer.headers.get('content-type')).toBe('application/vnd.api+json');
      expect(answer.json).toEqual({
        data: {
          type: 'addresses',
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          attributes: { ...ATTRIBUTES, ...BOTH, iso2Code: 'AT', country: 'Austria' },
          links: { self: `${shop.app.api.url}${path}/${id}` },
        },
      });
      expect((await get(`/${id}`)).json).toEqual(answer.json);
    });

    it('may leave out what is optional', async () => {
      const { address3: _, company: __, phone: ___, ...required } = ATTRIBUTES;
      const answer = await shop.app.api.post(path, required, { token: customer.token });
      expect(answer.json.data.attributes).toMatchObject({ address3: null, company: null, phone: null });
      const nulls = await create({ address3: null, company: null, phone: null });
      expect(nulls.json.data.attributes).toMatchObject({ address3: null, company: null, phone: null });
    });

    it('keeps what the database needs quoted, and every script', async () => {
      const overrides = { lastName: `O'Neill; DROP TABLE customer_address --`, city: '東京都 🚢', company: '"\\' };
      expect((await create(overrides)).json.data.attributes).toMatchObject(overrides);
    });

    it('ignores what it has no rule for: the id, the country, prototype names', async () => {
      const body = `{"data":{"type":"addresses","attributes":${JSON.stringify({
        ...ATTRIBUTES,
        uuid: randomUUID(),
        country: 'Atlantis',
        customerId: other.id,
        constructor: { prototype: 1 },
      }).slice(0, -1)},"__proto__":{"city":"X"}}}}`;
      const answer = await shop.app.api.call('POST', path, { token: customer.token, body });
      expect(answer.json.data.attributes).toEqual({ ...ATTRIBUTES, ...BOTH, country: 'Germany' });
      expect((await shop.app.api.get(pathOf(other), { token: other.token })).json.data).toEqual([]);
    });

    it('names every missing field, in their order', async () => {
      const answer = await shop.app.api.post(path, {}, { token: customer.token });
      expect(errorsOf(answer)).toEqual(REQUIRED.map((name) => `422 901 ${name} => This field is missing.`));
    });

    it('names every blank field, and what else is wrong with it', async () => {
      const answer = await create(Object.fromEntries(REQUIRED.map((name) => [name, ''])));
      const blank = (name: string): string => `422 901 ${name} => This value should not be blank.`;
      expect(errorsOf(answer)).toEqual([
        blank('salutation'),
        '422 901 salutation => The value you selected is not a valid choice.',
        ...['firstName', 'lastName', 'address1', 'address2', 'zipCode'].map(blank),
        blank('city'),
        '422 901 city => This value is too short. It should have 3 characters or more.',
        blank('iso2Code'),
        blank('isDefaultShipping'),
        '422 901 isDefaultShipping => This value should be of type bool.',
        blank('isDefaultBilling'),
        '422 901 isDefaultBilling => This value should be of type bool.',
      ]);
    });

    it.each([
      ['salutation', 'Sir', 'The value you selected is not a valid choice.'],
      ['salutation', ['Ms'], 'The value you selected is not a valid choice.'],
      ['firstName', 'x'.repeat(101), 'This value is too long. It should have 100 characters or less.'],
      ['lastName', 'x'.repeat(101), 'This value is too long. It should have 100 characters or less.'],
      ['lastName', null, 'This value should not be blank.'],
      ['address1', 'x'.repeat(256), 'This value is too long. It should have 255 characters or less.'],
      ['address2', 'x'.repeat(256), 'This value is too long. It should have 255 characters or less.'],
      ['address2', 4, 'This value should be of type string.'],
      ['address3', 'x'.repeat(256), 'This value is too long. It should have 255 characters or less.'],
      ['address3', ['x'], 'This value should be of type string.'],
      ['zipCode', '1'.repeat(16), 'This value is too long. It should have 15 characters or less.'],
      ['zipCode', 20457, 'This value should be of type string.'],
      ['city', 'Oz', 'This value is too short. It should have 3 characters or more.'],
      ['city', 'x'.repeat(256), 'This value is too long. It should have 255 characters or less.'],
      ['iso2Code', 'DEU', 'This value is too long. It should have 2 characters or less.'],
      ['company', { name: 'x' }, 'This value should be of type string.'],
      ['phone', 'x'.repeat(256), 'This value is too long. It should have 255 characters or less.'],
      ['isDefaultShipping', 'true', 'This value should be of type bool.'],
      ['isDefaultBilling', 1, 'This value should be of type bool.'],
      ['isDefaultBilling', null, 'This value should not be blank.'],
      ['company', 'a\0b', 'This value contains a character that is not allowed.'],
    ])('is refused with %s %j, also as a change', async (name, value, message) => {
      const id = await created();
      for (const answer of [await create({ [name]: value }), await patch(id, { [name]: value })]) {
        expect(errorsOf(answer)).toEqual([`422 901 ${name} => ${message}`]);
      }
    });

    it.each(['XX', 'ZZ', 'EU', 'UK', 'D', '1A', 'ß', '  '])(
      'is not saved with the country %j, nor a change to it',
      async (iso2Code) => {
        const refusal = ['400 409 Failed to save customer address.'];
        expect(errorsOf(await create({ iso2Code }))).toEqual(refusal);
        const id = await created();
        expect(errorsOf(await patch(id, { iso2Code, city: 'Elsewhere' }))).toEqual(refusal);
        expect((await get()).json.data).toMatchObject([{ id, attributes: { city: 'Hamburg', iso2Code: 'DE' } }]);
      },
    );
  });

  describe('a list', () => {
    it('is empty at first, and has its link', async () => {
      const answer = await get();
      expect([answer.status, answer.json]).toEqual([200, { data: [], links: { self: `${shop.app.api.url}${path}` } }]);
    });

    it('is in the order of creation, and of the caller alone', async () => {
      const ids: string[] = [];
      for (const city of ['Kiel', 'Bremen', 'Rostock']) {
        ids.push(await created({ city }));
        shop.app.clock.advance(1);
      }
      await shop.app.api.post(pathOf(other), ATTRIBUTES, { token: other.token });
      const { data } = (await get('?page[limit]=1')).json;
      expect(data.map(({ id, links }: any) => [id, links.self])).toEqual(
        ids.map((id) => [id, `${shop.app.api.url}${path}/${id}`]),
      );
    });

    it('costs as many statements, however long it is', async () => {
      await created();
      const few = await countStatements(() => get());
      for (let n = 0; n < 4; n += 1) await created();
      expect(await countStatements(() => get())).toBe(few);
    });
  });

  describe('a change', () => {
    it('is of any part, and leaves the rest', async () => {
      const id = await created();
      const answer = await patch(id, { city: 'Rostock', iso2Code: 'dk', phone: null, company: '' });
      expect(answer.status).toBe(200);
      expect(answer.json.data).toEqual({
        type: 'addresses',
        id,
        attributes: {
          ...ATTRIBUTES,
          ...BOTH,
          ...{ city: 'Rostock', iso2Code: 'DK', country: 'Denmark', phone: null, company: '' },
        },
        links: { self: `${shop.app.api.url}${path}/${id}` },
      });
      expect((await get(`/${id}`)).json.data).toEqual(answer.json.data);
      expect((await patch(id, {})).json.data).toEqual(answer.json.data);
    });

    it('finds the address whatever the case of its uuid', async () => {
      const id = await created();
      expect((await patch(id.toUpperCase(), { city: 'Kiel' })).json.data).toMatchObject({
        id,
        attributes: { city: 'Kiel' },
      });
    });
  });

  describe('defaults', () => {
    it('are both the first address, whatever its request says', async () => {
      await created();
      shop.app.clock.advance(1);
      await created();
      expect(await defaults()).toBe('0/0');
    });

    it('move to the address that asks for them, each on its own', async () => {
      await created();
      shop.app.clock.advance(1);
      const second = await created({ isDefaultShipping: true });
      expect(await defaults()).toBe('1/0');
      shop.app.clock.advance(1);
      await created(BOTH);
      expect(await defaults()).toBe('2/2');
      await patch(second, { isDefaultBilling: true });
      expect(await defaults()).toBe('2/1');
      await patch(second, BOTH);
      expect(await defaults()).toBe('1/1');
      await patch(second, BOTH);
      expect(await defaults()).toBe('1/1');
    });

    it('can be given up, and go with their address without a successor', async () => {
      const first = await created();
      shop.app.clock.advance(1);
      const second = await created();
      await patch(first, { isDefaultBilling: false });
      expect(await defaults()).toBe('0/');
      await remove(first);
      expect(await defaults()).toBe('/');
      await remove(second);
      await created();
      expect(await defaults()).toBe('0/0');
    });

    it('of one customer are none of the business of another', async () => {
      const { id } = (await shop.app.api.post(pathOf(other), { ...ATTRIBUTES, ...BOTH }, { token: other.token })).json
        .data;
      await created(BOTH);
      await created(BOTH);
      const kept = await shop.app.api.get(`${pathOf(other)}/${id}`, { token: other.token });
      expect(kept.json.data.attributes).toMatchObject(BOTH);
    });

    it('stay with their address when a change is refused', async () => {
      await created();
      const second = await created();
      expect((await patch(second, { ...BOTH, iso2Code: 'XX' })).status).toBe(400);
      expect((await patch(randomUUID(), BOTH)).status).toBe(404);
      const { data } = (await get()).json;
      expect(data.filter(({ attributes }: any) => attributes.isDefaultShipping)).toHaveLength(1);
    });

    it('are one each after many creations at the same moment, on two instances', async () => {
      const api = await shop.app.anotherInstance();
      for (const overrides of [{}, BOTH]) {
        customer = await shop.customer();
        path = pathOf(customer);
        const answers = await Promise.all(
          Array.from({ length: 12 }, (_, n) => create(overrides, n % 2 ? api : shop.app.api)),
        );
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
        expect(await defaults()).toMatch(/^\d+\/\d+$/);
      }
    });

    it('are one each after many changes at the same moment, on two instances, while others come and go', async () => {
      const api = await shop.app.anotherInstance();
      const ids: string[] = [];
      for (let n = 0; n < 6; n += 1) ids.push(await created());
      const [gone, ...kept] = ids;
      const answers = await Promise.all([
        ...kept.flatMap((id) => [patch(id, BOTH), patch(id, { isDefaultShipping: true }, api)]),
        remove(gone!),
        create(BOTH, api),
      ]);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201, 204]));
      expect(await defaults()).toMatch(/^\d+\/\d+$/);
    });
  });

  describe('a deletion', () => {
    it('answers 204, and the address is gone', async () => {
      const id = await created();
      const answer = await shop.app.api.delete(`${path}/${id}`, {
        token: customer.token,
        headers: { 'content-type': 'application/vnd.api+json' },
      });
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(outcome(await get(`/${id}`))).toBe('404 404');
      expect(outcome(await remove(id))).toBe('404 404');
    });
  });

  describe('the end of an account', () => {
    /** Ends the account in a transaction that stays open until the work waits for it. */
    const endedMeanwhile = async (work: () => Promise<Answer>): Promise<Answer> => {
      const runner = shop.app.dataSource.createQueryRunner();
      await runner.startTransaction();
      await runner.query(`UPDATE customer SET anonymized_at = now() WHERE id = $1`, [customer.id]);
      await runner.query(`DELETE FROM customer_address WHERE customer_id = $1`, [customer.id]);
      const answer = work();
      await vi.waitFor(
        async () => {
          const [{ waiting }] = await shop.app.dataSource.query(
            `SELECT count(*)::int AS waiting FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          expect(waiting).toBe(1);
        },
        { timeout: 10_000 },
      );
      await runner.commitTransaction();
      await runner.release();
      return answer;
    };

    it.each(['creation', 'change'])('leaves nothing to a %s that comes at the same moment', async (what) => {
      const id = await created();
      const answer = await endedMeanwhile(() => (what === 'creation' ? create() : patch(id, { city: 'Kiel' })));
      expect(errorsOf(answer)).toEqual(['404 402 Customer not found.']);
      expect(await shop.app.dataSource.manager.countBy(CustomerAddress, { customerId: customer.id })).toBe(0);
    });
  });

  describe('strangers', () => {
    const foreign = async (): Promise<string> =>
      (await shop.app.api.post(pathOf(other), ATTRIBUTES, { token: other.token })).json.data.id;

    it('are told 403 411 under any reference but their own', async () => {
      const id = await foreign();
      const { token } = customer;
      for (const reference of [other.customerReference, 'DE--nobody', '', '%00', '__proto__']) {
        const base = `/customers/${reference}/addresses`;
        for (const answer of [
          await shop.app.api.get(base, { token }),
          await shop.app.api.get(`${base}/${id}`, { token }),
          await shop.app.api.post(base, ATTRIBUTES, { token }),
        ]) {
          expect(errorsOf(answer)).toEqual(['403 411 Unauthorized request.']);
        }
        for (const answer of [
          await shop.app.api.patch(`${base}/${id}`, { city: 'Kiel' }, { token }),
          await shop.app.api.delete(`${base}/${id}`, { token }),
        ]) {
          const isNamed = reference !== '';
          expect(errorsOf(answer)).toEqual([isNamed ? '403 411 Unauthorized request.' : MISSING_ID]);
        }
      }
    });

    it('are told what is wrong with their attributes before that', async () => {
      const body = { data: { type: 'addresses', attributes: { city: '' } } };
      const options = { token: customer.token, body };
      for (const base of [pathOf(other), '/customers//addresses']) {
        expect(outcome(await shop.app.api.call('POST', base, options))).toBe('422 901');
      }
      expect(outcome(await shop.app.api.call('PATCH', `${pathOf(other)}/x`, options))).toBe('422 901');
    });

    it('are told 404 404 for any address but their own', async () => {
      const own = await created();
      for (const id of [await foreign(), randomUUID(), 'x', '%00', `${own}x`, 'constructor']) {
        for (const answer of [await get(`/${id}`), await patch(id, { city: 'Kiel' }), await remove(id)]) {
          expect(errorsOf(answer)).toEqual(['404 404 Address was not found.']);
        }
      }
      expect((await get()).json.data).toMatchObject([{ id: own, attributes: { city: 'Hamburg' } }]);
    });

    it('without a token are told 403 002, with a bad one 401 001, as an agent 403 411', async () => {
      expect(outcome(await shop.app.api.get(path))).toBe('403 002');
      expect(outcome(await shop.app.api.post(path, ATTRIBUTES))).toBe('403 002');
      expect(outcome(await shop.app.api.get(path, { token: 'x' }))).toBe('401 001');
      const { token } = await shop.agent();
      if (token) expect(outcome(await shop.app.api.get(path, { token }))).toBe('403 411');
    });
  });

  describe('requests that are no good', () => {
    it('without an id answer what is missing', async () => {
      const body = { data: { type: 'addresses', attributes: {} } };
      for (const base of [path, `${path}/`, '/customers//addresses', '/customers//addresses/x']) {
        for (const method of ['PATCH', 'DELETE']) {
          const options = { token: customer.token, ...(method === 'PATCH' && { body }) };
          expect(outcome(await shop.app.api.call(method, base, options))).toBe(MISSING_ID);
        }
      }
    });

    it('with another type or shape answer that', async () => {
      for (const [body, expected] of [
        [{ data: { type: 'customers', attributes: ATTRIBUTES } }, '400 Invalid type.'],
        [{ data: { type: 'addresses' } }, '400 Post data is invalid.'],
        [{ data: [ATTRIBUTES] }, '400 Post data is invalid.'],
        ['no json', '400 Post data is invalid.'],
      ] as const) {
        expect(outcome(await shop.app.api.call('POST', path, { token: customer.token, body }))).toBe(expected);
      }
    });

    it('with an id or a method that does not exist answer 404', async () => {
      const options = { token: customer.token, body: { data: { type: 'addresses', attributes: ATTRIBUTES } } };
      expect(outcome(await shop.app.api.call('POST', `${path}/${randomUUID()}`, options))).toBe('404 Not Found');
      expect(outcome(await shop.app.api.call('PUT', path, options))).toBe('404 Not Found');
    });
  });

  describe('of a customer with MFA', () => {
    it('are read without a code; every write asks for one before it looks at anything else', async () => {
      const id = await created();
      const { token, email } = customer;
      const code = await shop.enableMfa(token, email);
      const writes = (given?: string): Promise<Answer>[] => [
        shop.app.api.call('POST', path, { token, code: given, body: 'no json' }),
        shop.app.api.call('PATCH', `${path}/${id}`, { token, code: given, body: 'no json' }),
        shop.app.api.delete(`/customers/DE--nobody/addresses/${id}`, { token, code: given }),
      ];
      expect((await Promise.all(writes())).map(outcome)).toEqual(Array.from({ length: 3 }, () => '403 5900'));
      expect((await Promise.all(writes(code))).map(outcome)).toEqual([
        '400 Post data is invalid.',
        '400 Post data is invalid.',
        '403 411',
      ]);
      expect((await get()).json.data).toHaveLength(1);
      expect((await shop.app.api.patch(`${path}/${id}`, { city: 'Kiel' }, { token, code })).status).toBe(200);
      expect((await shop.app.api.post(path, ATTRIBUTES, { token, code })).status).toBe(201);
      expect((await shop.app.api.delete(`${path}/${id}`, { token, code })).status).toBe(204);
    });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompanyUser, type Customer } from '#auth';
import { countStatements, createCustomer, outcome, type Answer } from '#testing';
import { BackOffice } from './back-office.js';
import { plansOf } from './plans.js';
import { storeFactor } from './stored-factors.js';

const FILTER = 'filter[customers';

describe('Customers in the backend', () => {
  let office: BackOffice;
  let token: string;
  let ada: Customer;

  beforeAll(async () => {
    office = await BackOffice.open();
    ({ token } = await office.session());
    const { dataSource } = office.app;
    const people = [
      ['DE--1', 'Ada.Kessler@harborsupply.example', 'Ada', 'Kessler'],
      ['DE--2', 'under_score@civic.example', 'Jörg', 'Müller'],
      ['DE--3', 'percent%40@civic.example', 'Mia', 'O\\Brien'],
      ['DE--21', 'mia.adams@civic.example', 'Mia', 'Adams'],
    ] as const;
    const stored = [];
    for (const [customerReference, email, firstName, lastName] of people) {
      stored.push(await createCustomer(dataSource, { customerReference, email, firstName, lastName }));
    }
    ada = stored[0]!;
    const companies = [
      { companyName: 'Harbor Supply', isActive: true },
      { companyName: 'Civic', isActive: true },
      { companyName: 'Civic', isActive: true },
      { companyName: 'Former', isActive: false },
    ];
    const users = companies.map((one) => ({ ...one, uuid: randomUUID(), customerId: ada.id }));
    await dataSource.getRepository(CompanyUser).insert(users);
    await storeFactor(dataSource, { kind: 'customer', id: ada.id });
    await storeFactor(dataSource, { kind: 'customer', id: ada.id }, { method: 'another' });
    await storeFactor(dataSource, { kind: 'customer', id: stored[1]!.id }, { status: 1 });
    // a user's account with the id of a customer
    await storeFactor(dataSource, { kind: 'user', id: stored[2]!.id });
  });
  afterAll(() => office.app.stop());

  const get = (suffix = ''): Promise<Answer> => office.app.api.get(`/customers${suffix}`, { token });
  const references = async (query: string): Promise<string[]> =>
    (await get(`?${query}`)).json.data.map(({ id }: { id: string }) => id);
  const found = (name: string, value: string): Promise<string[]> => references(`${name}=${encodeURIComponent(value)}`);

  it('are shown with their companies and their active methods', async () => {
    const { status, headers, json, text } = await get('/DE--1');
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
    expect(json.data).toEqual({
      type: 'customers',
      id: 'DE--1',
      attributes: {
        customerReference: 'DE--1',
        firstName: 'Ada',
        lastName: 'Kessler',
        email: 'Ada.Kessler@harborsupply.example',
        salutation: 'Ms',
        locale: 'en_US',
        isConfirmed: true,
        companies: ['Civic', 'Harbor Supply'],
        isMfaEnabled: true,
        mfaMethods: ['another', 'email'],
        createdAt: moment,
        updatedAt: moment,
      },
      links: { self: `${office.app.api.url}/customers/DE--1` },
    });
    expect(text).not.toMatch(/argon2|password/i);
  });

  it('have MFA when a method is active, not while one is begun', async () => {
    const { json } = await get();
    const enabled = json.data.map(({ id, attributes }: any) => [id, attributes.isMfaEnabled, attributes.mfaMethods]);
    expect(enabled).toEqual([
      ['DE--1', true, ['another', 'email']],
      ['DE--2', false, []],
      ['DE--3', false, []],
      ['DE--21', false, []],
    ]);
  });

  it.each([
    ['E--2', ['DE--2', 'DE--21']],
    ['de--21', ['DE--21']],
    ['HarborSupply', ['DE--1']],
    ['MÜLLER', ['DE--2']],
    ['jörg mü', ['DE--2']],
    ['a k', ['DE--1']],
    ['Mia Adams', ['DE--21']],
    ['r_s', ['DE--2']],
    ['s_s', []],
    ['t%4', ['DE--3']],
    ['p%t', []],
    ['o\\br', ['DE--3']],
    ['adams mia', []],
    ["' OR 1=1 --", []],
  ])('are found by %j, a part of reference, address or full name in any case: %j', async (q, expected) => {
    expect(await found('q', q)).toEqual(expected);
  });

  it.each([
    ['d', ['DE--1', 'DE--2', 'DE--3', 'DE--21']],
    ['UN', ['DE--2']],
    ['mi', ['DE--3', 'DE--21']],
    ['mü', ['DE--2']],
    ['Ad', ['DE--1', 'DE--21']],
    ['o\\', ['DE--3']],
    ['ia', []],
    ['21', []],
    ['_', []],
    ['%', []],
    ['\\', []],
    ['---', []],
  ])('are found by %j, too short for a part, where a text or the last name begins with it: %j', async (q, expected) => {
    expect(await found('q', q)).toEqual(expected);
  });

  it('are found by the beginning of a name alone', async () => {
    expect(await found(`${FILTER}.name]`, 'ad')).toEqual(['DE--1', 'DE--21']);
    expect(await found(`${FILTER}.name]`, 'un')).toEqual([]);
    expect(await references(`q=mi&${FILTER}.name]=ad`)).toEqual(['DE--21']);
    expect(await references(`q=mi&${FILTER}.name]=ams`)).toEqual(['DE--21']);
    expect(await references(`q=d&sort=-lastName&${FILTER}.email]=ada.kessler@harborsupply.example`)).toEqual(['DE--1']);
  });

  it('are filtered by reference, address and name', async () => {
    expect(await found(`${FILTER}.customerReference]`, 'DE--2')).toEqual(['DE--2']);
    expect(await found(`${FILTER}.customerReference]`, 'de--2')).toEqual([]);
    expect(await found(`${FILTER}.email]`, 'ada.KESSLER@harborsupply.example')).toEqual(['DE--1']);
    expect(await found(`${FILTER}.email]`, 'ada.kessler@harborsupply')).toEqual([]);
    expect(await found(`${FILTER}.name]`, 'ADA')).toEqual(['DE--1', 'DE--21']);
    expect(await found(`${FILTER}.name]`, 'civic')).toEqual([]);
    expect(await found(`${FILTER}.name]`, '')).toHaveLength(4);
  });

  it('meet all filters, and those that nobody knows are ignored', async () => {
    expect(await references(`q=mia&${FILTER}.name]=adams`)).toEqual(['DE--21']);
    expect(await references(`q=mia&${FILTER}.name]=adams&${FILTER}.email]=x`)).toEqual([]);
    expect(await references(`${FILTER}.color]=red&${FILTER}.constructor]=x&filter[users.uuid]=1`)).toHaveLength(4);
  });

  it('are nobody for what no text can be, and answer all the same', async () => {
    for (const query of ['q=%00', 'q=a&q=b', 'q=ada%00', `${FILTER}.email]=%00`, `${FILTER}.name]=%00`]) {
      expect(await references(query)).toEqual([]);
    }
    expect((await get('?q=%00&page[limit]=2')).status).toBe(200);
  });

  it('are refused with filters and pages that cannot be read', async () => {
    expect(outcome(await get('?filter[name]=x'))).toBe('400 011');
    expect(outcome(await get('?page[limit]=two'))).toBe('400 Pagination parameters are invalid.');
  });

  it('are sorted as asked, by default in the order of their registration', async () => {
    expect(await references('sort=lastName')).toEqual(['DE--21', 'DE--1', 'DE--2', 'DE--3']);
    expect(await references('sort=firstName,-lastName')).toEqual(['DE--1', 'DE--2', 'DE--3', 'DE--21']);
    expect(await references('sort=-email')).toEqual(['DE--2', 'DE--3', 'DE--21', 'DE--1']);
    expect(await references('sort=customerReference')).toEqual(['DE--1', 'DE--2', 'DE--21', 'DE--3']);
    for (const sort of ['-createdAt', '-updatedAt']) expect((await references(`sort=${sort}`))[3]).toBe('DE--1');
    expect(await references("sort=passwordHash,constructor,id;drop table customer,'")).toHaveLength(4);
  });

  it('are not there once they were anonymised', async () => {
    const gone = await createCustomer(office.app.dataSource, { anonymizedAt: new Date() });
    expect(outcome(await get(`/${gone.customerReference}`))).toBe('404 402');
    expect(await found('q', gone.customerReference)).toEqual([]);
    expect(await found(`${FILTER}.customerReference]`, gone.customerReference)).toEqual([]);
    expect(await found('q', '')).toHaveLength(4);
  });

  it('are 404 under a reference that nobody has', async () => {
    for (const reference of ['DE--9', 'de--1', '%00', '%F0%9F', '1']) {
      const { status, json } = await get(`/${reference}`);
      expect([status, json.errors[0].code]).toEqual(reference === '%F0%9F' ? [404, '007'] : [404, '402']);
    }
    expect((await get('/DE--9')).json.errors).toEqual([
      { status: 404, code: '402', detail: 'Customer not found.', message: 'Customer not found.' },
    ]);
  });

  it('are for Back Office users only, and can only be read', async () => {
    for (const role of ['warehouse', 'merchant', 'merchant-agent']) {
      const other = await office.session(role, { isWarehouseUser: role === 'warehouse' });
      for (const path of ['/customers', '/customers/DE--1']) {
        expect(outcome(await office.app.api.get(path, { token: other.token }))).toBe('403 Forbidden.');
      }
    }
    for (const role of ['administrator', 'agent']) {
      const other = await office.session(role);
      expect((await office.app.api.get('/customers', { token: other.token })).status).toBe(200);
    }
    expect(outcome(await office.app.api.get('/customers'))).toBe('401 Unauthorized request.');
    expect(outcome(await office.app.api.post('/customers', {}, { token }))).toBe('404 008');
    expect(outcome(await office.app.api.delete('/customers/DE--1', { token }))).toBe('404 008');
  });

  describe('when there are many', () => {
    beforeAll(async () => {
      await office.app.dataSource.query(
        `INSERT INTO customer (customer_reference, email, password_hash, salutation, first_name, last_name, locale)
         SELECT 'MANY--' || n, md5(n::text) || '@many.example', '', 'Ms', left(md5('f' || n), 6), left(md5('l' || n), 9),
           'en_US' FROM generate_series(1, 20000) n`,
      );
      await office.app.dataSource.query('VACUUM ANALYZE customer');
    });

    it('come in pages of twenty, at most a hundred, with links to the others', async () => {
      const { json } = await get('?q=MANY--199&page[offset]=40');
      expect(json.data).toHaveLength(20);
      expect(json.data[0].id).toBe('MANY--19929');
      const link = (offset: number): string =>
        `${office.app.api.url}/customers?q=MANY--199&page[offset]=${offset}&page[limit]=20`;
      expect(json.links).toMatchObject({ first: link(0), last: link(100), prev: link(20), next: link(60) });
      expect(json).not.toHaveProperty('meta');
      expect((await get('?page[limit]=1000')).json.data).toHaveLength(100);
      expect((await get('?q=MANY--199&page[offset]=20000')).json).toMatchObject({
        data: [],
        links: { last: link(100), prev: link(100) },
      });
    });

    it.each([
      ['the list shows', '', 10_000],
      ['a search shows', 'q=MANY--&', 500],
      ['a search by a beginning shows', 'q=ma&', 500],
    ])('%s so many, and says that there are more: %j', async (_, query, most) => {
      const last = `${office.app.api.url}/customers?${query}page[offset]=${most - 20}&page[limit]=20`;
      const first = await get(`?${query}`);
      expect(first.json.meta).toEqual({ page: { total: most, isTotalExact: false } });
      expect(first.json.links.last).toBe(last);
      const { json } = await get(last.replace(/^[^?]*/, ''));
      expect([json.data.length, json.links.next]).toEqual([20, undefined]);
      expect((await get(`?${query}page[offset]=${most}`)).json.errors[0]).toMatchObject({
        status: 400,
        detail: 'Pagination parameters are invalid. A long list is not shown that far. Please use filters.',
      });
    });

    it('are in pages without gaps, whatever they are sorted by', async () => {
      for (const sort of ['lastName', '-firstName', '-createdAt', 'updatedAt', '-email', 'firstName,-lastName']) {
        const both = await references(`sort=${sort}&page[limit]=100`);
        const pages = [0, 50].map((offset) => references(`sort=${sort}&page[limit]=50&page[offset]=${offset}`));
        expect((await Promise.all(pages)).flat()).toEqual(both);
      }
    });

    it('cost as many statements as one', async () => {
      const forOne = await countStatements(() => get('?page[limit]=1'));
      const forMany = await countStatements(() => get('?page[limit]=100'));
      expect([forOne, forMany]).toEqual([3, 3]); // the token, the customers, their methods
    });

    it.each(['?q=abcde', '?q=de--21', `?${FILTER}.name]=abcde`])('are found by the index: %s', async (query) => {
      expect(await planOf(query)).toContain('ix_customer_text');
    });

    it.each([
      ['?q=ab', 'reference_beginning', 'email_beginning', 'name_beginning', 'last_name_beginning'],
      [`?${FILTER}.name]=ab`, 'name_beginning', 'last_name_beginning'],
      ['?sort=firstName', 'first_name'],
      ['?sort=-lastName', 'last_name'],
      ['?sort=-createdAt', 'created_at'],
      ['?sort=updatedAt', 'updated_at'],
    ])('are found or sorted by an index of that: %s', async (query, ...indexes) => {
      const plan = await planOf(query);
      for (const index of indexes) expect(plan).toContain(`ix_customer_${index}`);
    });
  });

  const planOf = async (query: string): Promise<string> => {
    const plans = await plansOf(office.app.dataSource, 'counted AS', () => get(query));
    expect(plans).toHaveLength(1);
    return plans[0]!;
  };
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, createCustomer, outcome, type Answer } from '#testing';
import { Shop } from './shop.js';

describe('GET /agent-customer-search', () => {
  let shop: Shop;
  let token: string;

  beforeAll(async () => {
    shop = await Shop.open();
    ({ token } = await shop.agent());
    const people = [
      ['DE--1', 'ada.kessler@harborsupply.example', 'Ada', 'Kessler'],
      ['DE--2', 'under_score@civic.example', 'Jörg', 'Müller'],
      ['DE--3', 'percent%40@civic.example', 'Mia', 'O\\Brien'],
      ['DE--21', 'mia.adams@civic.example', 'Mia', 'Adams'],
      ['AT--4', 'late@civic.example', 'İpek', 'Ada Lang'],
    ] as const;
    for (const [customerReference, email, firstName, lastName] of people) {
      await createCustomer(shop.app.dataSource, { customerReference, email, firstName, lastName });
    }
  });
  afterAll(() => shop.app.stop());

  const get = (query = ''): Promise<Answer> => shop.app.api.get(`/agent-customer-search${query}`, { token });
  const customersOf = ({ json }: Answer): Record<string, string>[] => json.data[0].attributes.customers;
  const found = async (q: string): Promise<string[]> =>
    customersOf(await get(`?q=${encodeURIComponent(q)}`)).map(({ customerReference }) => customerReference!);
  const total = async (query: string): Promise<number> => {
    const { json } = await get(`${query}${query ? '&' : '?'}page[limit]=1`);
    if (json.data[0].attributes.customers.length === 0) return 0;
    return Number(/page\[offset\]=(\d+)/.exec(json.links.last)![1]) + 1;
  };

  it('answers one resource with the customers that were found', async () => {
    const { status, headers, json } = await get('?q=kessler');
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    const url = `${shop.app.api.url}/agent-customer-search`;
    const paged = `${url}?q=kessler&page[offset]=0&page[limit]=10`;
    expect(json).toEqual({
      data: [
        {
          type: 'agent-customer-search',
          id: null,
          attributes: {
            customers: [
              {
                customerReference: 'DE--1',
                email: 'ada.kessler@harborsupply.example',
                firstName: 'Ada',
                lastName: 'Kessler',
              },
            ],
          },
          links: { self: url },
        },
      ],
      links: { self: `${url}?q=kessler`, first: paged, last: paged },
    });
  });

  it.each([
    ['E--2', ['DE--2', 'DE--21']],
    ['de--21', ['DE--21']],
    ['HarborSupply', ['DE--1']],
    ['mia', ['DE--3', 'DE--21']],
    ['KESS', ['DE--1']],
    ['a k', ['DE--1']],
    ['Mia Adams', ['DE--21']],
    ['MÜLLER', ['DE--2']],
    ['jörg mü', ['DE--2']],
    ['ada', ['DE--1', 'DE--21', 'AT--4']],
    ['adams mia', []],
    ['nobody', []],
  ])('finds by %j, a part of reference, address, first, last or full name in any case: %j', async (q, references) => {
    expect(await found(q)).toEqual(references);
  });

  it.each([
    ['KE', ['DE--1']],
    ['mi', ['DE--3', 'DE--21']],
    ['a', ['DE--1', 'DE--21', 'AT--4']],
    ['21', []],
  ])(
    'finds by %j, too short for a part, who has a text or a last name that begins with it: %j',
    async (q, references) => {
      expect(await found(q)).toEqual(references);
    },
  );

  it.each([
    ['_', []],
    ['%', []],
    ['\\', []],
    ['r_s', ['DE--2']],
    ['t%4', ['DE--3']],
    ['O\\B', ['DE--3']],
    ['E-_1', []],
    ['%kessler', []],
    ["' OR 1=1 --", []],
    ['$1', []],
  ])('takes %j as it is written', async (q, references) => {
    expect(await found(q)).toEqual(references);
  });

  it('finds everybody without q, in the order of their registration', async () => {
    for (const query of ['', '?q=']) {
      const references = customersOf(await get(query)).map(({ customerReference }) => customerReference);
      expect(references).toEqual(['DE--1', 'DE--2', 'DE--3', 'DE--21', 'AT--4']);
    }
  });

  it.each(['?q=a&q=b', '?q=%00', '?q=ada%00', '?q=%FF%FE', '?q=%ED%A0%80', `?q=${'x'.repeat(5000)}`])(
    'finds nobody by %s, and answers all the same',
    async (query) => {
      const answer = await get(query);
      expect(answer.status).toBe(200);
      expect(customersOf(answer)).toEqual([]);
    },
  );

  it('knows no other parameters', async () => {
    expect(await total('?q[a]=ada&__proto__=x&constructor=1&sort=email')).toBe(5);
  });

  it('never shows a customer who was anonymised', async () => {
    const { email, customerReference } = await createCustomer(shop.app.dataSource, { anonymizedAt: new Date() });
    for (const q of [email, customerReference]) expect(await found(q)).toEqual([]);
    expect(await total('')).toBe(5);
  });

  it('needs an agent', async () => {
    const search = async (given?: string): Promise<string> =>
      outcome(await shop.app.api.get('/agent-customer-search', { token: given }));
    expect(await search()).toBe('401 4103');
    expect(await search('x')).toBe('401 001');
    expect(await search((await shop.customer({ anonymizedAt: null })).token)).toBe('401 4103');
  });

  it('is read only', async () => {
    expect(outcome(await shop.app.api.post('/agent-customer-search', {}, { token }))).toBe('404 Not Found');
    expect(outcome(await get('/DE--1'))).toBe('404 Not Found');
  });

  describe('with many customers', () => {
    const many = Array.from({ length: 23 }, (_, n) => `PAGE--${n}`);
    const references = async (query: string): Promise<string[]> =>
      customersOf(await get(query)).map(({ customerReference }) => customerReference!);

    beforeAll(async () => {
      for (const customerReference of many) await createCustomer(shop.app.dataSource, { customerReference });
    });

    it('answers ten at a time, and links to the other pages', async () => {
      const { json } = await get('?q=page--&page[offset]=10');
      expect(customersOf({ json } as Answer).map(({ customerReference }) => customerReference)).toEqual(
        many.slice(10, 20),
      );
      const link = (offset: number): string =>
        `${shop.app.api.url}/agent-customer-search?q=page--&page[offset]=${offset}&page[limit]=10`;
      expect(json.links).toEqual({
        self: `${shop.app.api.url}/agent-customer-search?q=page--&page[offset]=10`,
        first: link(0),
        last: link(20),
        prev: link(0),
        next: link(20),
      });
    });

    it('shows everybody once, page by page along the links', async () => {
      const seen: string[] = [];
      let next: string | undefined = '?q=PAGE--&page[limit]=4';
      while (next) {
        const answer: Answer = await get(next);
        seen.push(...customersOf(answer).map(({ customerReference }) => customerReference!));
        next = answer.json.links.next?.replace(/^[^?]*/, '');
      }
      expect(seen).toEqual(many);
    });

    it('answers an empty page behind the last one, with links back', async () => {
      const { json } = await get('?q=PAGE--&page[offset]=999999999');
      expect(json.data[0].attributes.customers).toEqual([]);
      expect(json.links.last).toContain('page[offset]=20');
      expect(json.links).not.toHaveProperty('next');
    });

    it('refuses paging that is none', async () => {
      for (const page of ['page[limit]=0', 'page[limit]=-1', 'page[offset]=ten', 'page[limit]=1&page[limit]=2']) {
        expect(outcome(await get(`?${page}`))).toBe('400 Pagination parameters are invalid.');
      }
      expect(await references('?q=PAGE--&page[limit]=&page[offset]=')).toHaveLength(10);
    });

    it('asks the database as often for many as for one', async () => {
      const forOne = await countStatements(() => get('?q=kessler'));
      const forMany = await countStatements(() => get('?q=PAGE--&page[limit]=1000'));
      expect([forOne, forMany]).toEqual([2, 2]); // the token, the search
    });
  });
});

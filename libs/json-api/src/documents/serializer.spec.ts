import { describe, expect, it } from 'vitest';
import type { JsonApiHttpRequest } from '../request.js';
import { requestUrl } from './links.js';
import { Collection, Resource, type ResourceObject } from './resource.js';
import { serialize } from './serializer.js';

const request = (url: string, method = 'GET', query: Record<string, unknown> = {}): JsonApiHttpRequest => ({
  method,
  url,
  protocol: 'https',
  host: 'api.example',
  headers: {},
  params: {},
  query,
  body: undefined,
});
const document = (answer: Resource | Collection, from = request('/things'), nullId: 'keep' | 'omit' = 'keep') =>
  serialize(answer, { request: from, url: requestUrl(from), nullId }) as any;
const thing = (id: string | null, more: Partial<ResourceObject> = {}): ResourceObject => ({
  type: 'things',
  id,
  attributes: { name: 'n', size: null },
  ...more,
});

describe('A document', () => {
  it('of one resource links itself with the query, and keeps null attributes', () => {
    const { data } = document(new Resource(thing('1')), request('/things/1?include=%61'));
    expect(data).toEqual({
      type: 'things',
      id: '1',
      attributes: { name: 'n', size: null },
      links: { self: 'https://api.example/things/1?include=a' },
    });
  });

  it('of a created resource links the collection and the new id', () => {
    expect(document(new Resource(thing('7')), request('/things/', 'POST')).data.links.self).toBe(
      'https://api.example/things/7',
    );
  });

  it('of a resource without id keeps or omits the member, as the app says', () => {
    expect(document(new Resource(thing(null))).data).toHaveProperty('id', null);
    expect(document(new Resource(thing(null)), undefined, 'omit').data).not.toHaveProperty('id');
  });

  it('of an empty list has data and a self link alone', () => {
    expect(document(new Collection([]))).toEqual({ data: [], links: { self: 'https://api.example/things' } });
  });

  it('links the other pages, keeping the other parameters', () => {
    const from = request('/things?sort=a&page[offset]=10&page[limit]=5');
    const { links } = document(new Collection([], { page: { offset: 10, limit: 5, total: 22 } }), from);
    const page = (offset: number): string => `https://api.example/things?sort=a&page[offset]=${offset}&page[limit]=5`;
    expect(links).toEqual({
      self: 'https://api.example/things?sort=a&page[offset]=10&page[limit]=5',
      first: page(0),
      last: page(20),
      prev: page(5),
      next: page(15),
    });
  });

  it('has no link to a page that does not exist', () => {
    const { links } = document(new Collection([], { page: { offset: 0, limit: 5, total: 5 } }));
    expect(Object.keys(links)).toEqual(['self', 'first', 'last']);
  });

  it('of an empty list in pages has a self link alone, wherever it was asked for', () => {
    for (const offset of [0, 10]) {
      const answer = document(new Collection([], { page: { offset, limit: 5, total: 0 } }));
      expect(answer).toEqual({ data: [], links: { self: 'https://api.example/things' } });
    }
  });

  it.each([
    [22, 20],
    [25, 20],
    [1000, 20],
    [21, 16],
  ])('links from offset %i back to what there is', (offset, previous) => {
    const { links } = document(new Collection([], { page: { offset, limit: 5, total: 22 } }));
    expect(links.prev).toBe(`https://api.example/things?page[offset]=${previous}&page[limit]=5`);
    expect(links).not.toHaveProperty('next');
  });

  describe('of a list that goes on behind what can be paged to', () => {
    const url = 'https://api.example/things';
    const meta = { page: { total: 10_000, isTotalExact: false } };
    const listed = (page: { offset: number; limit: number; total: number; most?: number }) =>
      document(new Collection([], { page, meta: { own: 1 } }));

    it('says that there are more, and links the last page that can be asked for', () => {
      const { links, meta: told } = listed({ offset: 9_990, limit: 10, total: 10_001 });
      expect(told).toEqual({ own: 1, ...meta });
      expect(links.last).toBe(`${url}?page[offset]=9990&page[limit]=10`);
      expect(links).not.toHaveProperty('next');
      expect(listed({ offset: 9_980, limit: 10, total: 10_001 }).links.next).toBe(links.last);
    });

    it('is as ever up to there', () => {
      const { links, meta: told } = listed({ offset: 10_000, limit: 10, total: 10_000 });
      expect(told).toEqual({ own: 1 });
      expect(links.prev).toBe(`${url}?page[offset]=9990&page[limit]=10`);
    });

    it('refuses what is behind it, which would look like the end of the list', () => {
      const refused = expect.objectContaining({ status: 400 });
      expect(() => listed({ offset: 10_000, limit: 10, total: 10_001 })).toThrow(refused);
      expect(() => listed({ offset: 50, limit: 10, total: 51, most: 50 })).toThrow(refused);
      expect(listed({ offset: 49, limit: 10, total: 51, most: 50 }).meta.page.total).toBe(50);
    });
  });

  it('includes related resources once, at any depth', () => {
    const owner = {
      type: 'owners',
      id: 'o',
      attributes: {},
      related: { homes: [{ type: 'homes', id: 'h', attributes: {} }] },
    };
    const answer = document(
      new Collection([thing('1', { related: { owners: [owner] } }), thing('2', { related: { owners: [owner] } })]),
    );
    expect(answer.data[0].relationships).toEqual({ owners: { data: [{ type: 'owners', id: 'o' }] } });
    expect(answer.included.map(({ type, links }: any) => [type, links.self])).toEqual([
      ['owners', 'https://api.example/owners/o'],
      ['homes', 'https://api.example/homes/h'],
    ]);
  });

  it('includes resources of the same type and id that have places of their own each', () => {
    const part = (owner: string) => ({
      type: 'parts',
      id: 'p',
      attributes: { owner },
      path: `/things/${owner}/parts/p`,
    });
    const answer = document(
      new Collection([
        thing('1', { related: { parts: [part('1')] } }),
        thing('2', { related: { parts: [part('2')] } }),
      ]),
    );
    expect(answer.included.map(({ attributes, links }: any) => [attributes.owner, links.self])).toEqual([
      ['1', 'https://api.example/things/1/parts/p'],
      ['2', 'https://api.example/things/2/parts/p'],
    ]);
  });

  describe('of a resource with a place of its own', () => {
    const child = thing('7', { path: '/owners/o%201/things/7' });
    const place = 'https://api.example/owners/o%201/things/7';

    it('links that place with the query, also of a created one', () => {
      expect(document(new Resource(child), request('/things/7?fields[x]=a')).data.links.self).toBe(
        `${place}?fields[x]=a`,
      );
      expect(document(new Resource(child), request('/owners/o%201/things', 'POST')).data.links.self).toBe(place);
    });

    it('links it in lists and where it is included, and no one else', () => {
      const list = document(new Collection([child, thing('8')]), request('/things?sort=a'));
      expect(list.data.map(({ links }: any) => links.self)).toEqual([place, 'https://api.example/things/8']);
      expect(list.links.self).toBe('https://api.example/things?sort=a');
      const owner = { type: 'owners', id: 'o 1', attributes: {}, related: { things: [child] } };
      const { data, included } = document(new Resource(owner), request('/owners/o%201'));
      expect(data.links.self).toBe('https://api.example/owners/o%201');
      expect(included[0].links.self).toBe(place);
    });

    it('does not write the place anywhere else', () => {
      expect(Object.keys(document(new Resource(child)).data)).toEqual(['type', 'id', 'attributes', 'links']);
    });
  });

  it('leaves out attributes that a sparse fieldset does not name', () => {
    const from = request('/things', 'GET', { 'fields[things]': 'size' });
    expect(document(new Resource(thing('1')), from).data.attributes).toEqual({ size: null });
  });

  it('links what the configuration says instead of what the client called', () => {
    const from = request('/things');
    expect(requestUrl(from, 'https://shop.example/api/').base).toBe('https://shop.example/api');
  });

  it('survives a query that cannot be decoded', () => {
    expect(requestUrl(request('/things?a=%zz')).query).toBe('?a=%zz');
  });
});

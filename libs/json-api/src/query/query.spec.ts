import { describe, expect, it } from 'vitest';
import { parseFilter } from './filter.js';
import { parseInclude, parseSort } from './list.js';
import { parseBoundedPage, parsePage } from './page.js';

describe('Query parameters', () => {
  it('page by offset and limit, either of which may be missing or empty', () => {
    expect(parsePage({})).toEqual({ offset: 0 });
    expect(parsePage({ 'page[offset]': '', 'page[limit]': '5' })).toEqual({ offset: 0, limit: 5 });
    expect(parsePage({ 'page[offset]': '10', 'page[limit]': '999999' })).toEqual({ offset: 10, limit: 1000 });
  });

  it('page no further than lists go', () => {
    expect(parsePage({ 'page[offset]': '9999' }).offset).toBe(9_999);
    expect(parsePage({ 'page[offset]': '999999999' }).offset).toBe(10_000);
  });

  it('page lists that may be long by 20, or up to 100', () => {
    expect(parseBoundedPage({})).toEqual({ offset: 0, limit: 20 });
    expect(parseBoundedPage({ 'page[offset]': '7', 'page[limit]': '100' })).toEqual({ offset: 7, limit: 100 });
    expect(parseBoundedPage({ 'page[limit]': '101' })).toEqual({ offset: 0, limit: 100 });
    expect(() => parseBoundedPage({ 'page[limit]': '0' })).toThrow(expect.objectContaining({ status: 400 }));
  });

  it.each(['-1', '1.5', 'x', '0', ['1', '2']])('refuse the limit %j', (limit) => {
    expect(() => parsePage({ 'page[limit]': limit })).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('sort by fields with a direction', () => {
    expect(parseSort({ sort: 'a,-b' })).toEqual([
      { field: 'a', direction: 'ASC' },
      { field: 'b', direction: 'DESC' },
    ]);
    expect(parseSort({})).toEqual([]);
  });

  it('include nothing for an empty list', () => {
    expect([...parseInclude({ include: '' })]).toEqual([]);
    expect([...parseInclude({ include: 'a,b' })]).toEqual(['a', 'b']);
  });

  it('filter by properties of the resource, and ignore those of others', () => {
    expect([...parseFilter({ 'filter[things.a]': '1', 'filter[others.b]': '2' }, 'things')]).toEqual([['a', '1']]);
  });

  it.each([{ filter: 'x' }, { 'filter[a]': '1' }, { 'filter[a.b.c]': '1' }, { 'filter[a.b]': ['1', '2'] }])(
    'refuse the filter %j with 011',
    (query) => {
      expect(() => parseFilter(query, 'a')).toThrow(
        expect.objectContaining({ rows: [expect.objectContaining({ code: '011' })] }),
      );
    },
  );
});

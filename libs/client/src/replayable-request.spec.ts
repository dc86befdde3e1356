import { describe, expect, it, vi } from 'vitest';
import { ReplayableRequest } from './replayable-request.js';

const BASE = new URL('https://shop.example/api/');
const post = (body: RequestInit['body'], headers: Record<string, string> = {}): RequestInit =>
  body === undefined ? { method: 'POST', headers } : { method: 'POST', body, headers };
const kindOf = async (path: string, method = 'POST'): Promise<string> =>
  (await ReplayableRequest.from(BASE, path, { method })).kind;

describe('A request that is sent twice', () => {
  const form = new FormData();
  form.set('file', new Blob(['cargo']), 'list.txt');
  const bytes = new TextEncoder().encode('bytes');

  it.each<[string, RequestInit['body'], RegExp, RegExp | null]>([
    ['text', 'text', /^text$/, /^text\/plain/],
    ['URLSearchParams', new URLSearchParams({ a: 'b c' }), /^a=b\+c$/, /^application\/x-www-form-urlencoded/],
    ['FormData', form, /name="file"; filename="list.txt"[^]*cargo/, /^multipart\/form-data; boundary=/],
    ['a Blob', new Blob(['blob'], { type: 'text/csv' }), /^blob$/, /^text\/csv$/],
    ['an ArrayBuffer', bytes.slice().buffer, /^bytes$/, null],
    ['a view', bytes.subarray(1, 3), /^yt$/, null],
    ['nothing', undefined, /^$/, null],
  ])('has the same body and content type both times: %s', async (_what, body, text, contentType) => {
    const request = await ReplayableRequest.from(BASE, 'carts', post(body));
    for (const copy of [request.copy(request.headers), request.copy(request.headers)]) {
      const type = copy.headers.get('content-type');
      expect(contentType ? type : (type ?? '')).toMatch(contentType ?? /^$/);
      expect(await copy.text()).toMatch(text);
    }
  });

  it('may have no body in a browser that does not tell whether there is one, as Firefox', async () => {
    const untold = vi.spyOn(Request.prototype, 'body', 'get').mockReturnValue(undefined as unknown as null);
    try {
      const [read, write] = await Promise.all(
        ['GET', 'DELETE'].map((method) => ReplayableRequest.from(BASE, 'carts/4f1c', { method })),
      );
      for (const request of [read!, write!]) expect(await request.copy(request.headers).text()).toBe('');
    } finally {
      untold.mockRestore();
    }
  });

  it('may be given as a Request, and keeps what it asks of fetch', async () => {
    const given = new Request('https://shop.example/api/carts', {
      ...post('text', { 'If-Match': '"1"' }),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    const request = await ReplayableRequest.from(BASE, given, undefined);
    for (const copy of [request.copy(request.headers), request.copy(request.headers)]) {
      expect(copy).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
      expect([copy.url, copy.method, copy.headers.get('if-match'), await copy.text()]).toEqual([
        'https://shop.example/api/carts',
        'POST',
        '"1"',
        'text',
      ]);
    }
  });

  it.each<[string, () => unknown]>([
    ['a ReadableStream', () => new Blob(['x']).stream()],
    ['an asynchronous iterable', () => (async function* chunks() {})()],
  ])('cannot have %s as its body', async (_what, body) => {
    const init = { method: 'POST', body: body(), duplex: 'half' } as RequestInit;
    await expect(ReplayableRequest.from(BASE, 'carts', init)).rejects.toThrow('A stream can be sent only once');
  });

  it('follows no redirect, whatever was asked for, and may be told of one', async () => {
    const redirectOf = async (redirect: 'follow' | 'manual') => {
      const request = await ReplayableRequest.from(BASE, 'carts', { redirect });
      return request.copy(request.headers).redirect;
    };
    expect([await redirectOf('follow'), await redirectOf('manual')]).toEqual(['error', 'manual']);
  });
});

describe('An address', () => {
  it('is resolved against the base', async () => {
    const urlOf = async (path: string) => (await ReplayableRequest.from(BASE, path, {})).copy(new Headers()).url;
    expect(await urlOf('carts?include=items')).toBe('https://shop.example/api/carts?include=items');
    expect(await urlOf('/carts')).toBe('https://shop.example/carts');
  });

  it('has the resource type that its path ends with, ids left aside', async () => {
    expect(await kindOf('carts')).toBe('POST carts');
    expect(await kindOf('/api/carts/4f1c/', 'PATCH')).toBe('PATCH carts');
    expect(await kindOf('carts/4f1c/items?include=x')).toBe('POST items');
    expect(await kindOf('carts/4f1c/items/7', 'delete')).toBe('DELETE items');
  });
});

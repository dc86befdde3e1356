import type { ExecutionContext } from '@nestjs/common';
import { Reflector, type HttpAdapterHost } from '@nestjs/core';
import { lastValueFrom, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { DocumentInterceptor } from './document.interceptor.js';
import { Collection, Resource } from './resource.js';

const THING = { type: 'things', id: '1', attributes: {} };

/** The headers that the answer to a GET gets. */
async function headersOf(answer: unknown): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  const httpAdapter = { setHeader: (_response: unknown, name: string, value: string) => (headers[name] = value) };
  const interceptor = new DocumentInterceptor(new Reflector(), { httpAdapter } as unknown as HttpAdapterHost);
  const request = { method: 'GET', url: '/things', protocol: 'https', headers: {}, params: {}, query: {} };
  const context = { switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({}) }) };
  await lastValueFrom(interceptor.intercept(context as unknown as ExecutionContext, { handle: () => of(answer) }));
  return headers;
}

describe('An answer', () => {
  it('with one resource carries its entity tag, quoted', async () => {
    expect(await headersOf(new Resource(THING, { etag: 'abc' }))).toEqual({
      'content-type': 'application/vnd.api+json',
      etag: '"abc"',
    });
  });

  it.each([[new Resource(THING)], [new Collection([THING])]])(
    'without an entity tag has no such header',
    async (answer) => {
      expect(await headersOf(answer)).toEqual({ 'content-type': 'application/vnd.api+json' });
    },
  );

  it('that is no document is left alone', async () => {
    expect(await headersOf(undefined)).toEqual({});
    expect(await headersOf({ data: 1 })).toEqual({});
  });
});

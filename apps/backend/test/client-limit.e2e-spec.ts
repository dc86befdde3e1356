import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';
import { createBackend } from '../src/backend.js';
import { ROUTES } from './routes.js';

const COSTLY = ROUTES.filter(({ route, access }) => access === 'public' && /^(POST|PATCH) /.test(route));

describe('The allowance of a client address', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createBackend, { CLIENT_RATE_PER_MINUTE: '2' });
  });
  afterAll(() => app.stop());

  it('is of all public routes that cost something', () => {
    expect(COSTLY).toHaveLength(4);
  });

  it.each(COSTLY)('bounds $route', async ({ route }) => {
    const [method = '', path = ''] = route.split(' ');
    const call = () => app.api.call(method, path.replace(':id', 'mine'), { body: { data: {} } });
    const former = [(await call()).status, (await call()).status];
    expect(former).not.toContain(429);
    const { status, headers, text } = await call();
    expect([status, headers.get('content-type')]).toEqual([429, 'application/vnd.api+json']);
    const detail = 'Too many requests from your address.';
    expect(text).toBe(JSON.stringify({ errors: [{ status, detail, message: detail }] }));
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
  });
});

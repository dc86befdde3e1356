import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';
import { createBackend } from '../src/backend.js';
import { ROUTES } from './routes.js';

const COSTLY = ROUTES.filter(({ route, access }) => access === 'public' && /^(POST|PATCH) /.test(route));

const SIGN_INS = [
  ...['POST /token', 'PATCH /users/mine', 'POST /back-office/sign-in', 'POST /merchant/sign-in'],
  'POST /back-office/profile/password',
];

describe('The allowance of a client address', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createBackend, { TRUSTED_PROXIES: '127.0.0.1', CLIENT_RATE_PER_MINUTE: '2' });
  });
  afterAll(() => app.stop());

  it('is of all public routes that cost something', () => {
    expect(COSTLY).toHaveLength(4);
  });

  it.each(COSTLY)('bounds $route', async ({ route }) => {
    const [method = '', path = ''] = route.split(' ');
    const from = { 'x-forwarded-for': `198.51.100.${COSTLY.findIndex((row) => row.route === route)}` };
    const call = () => app.api.call(method, path.replace(':id', 'mine'), { body: { data: {} }, headers: from });
    const former = [(await call()).status, (await call()).status];
    expect(former).not.toContain(429);
    const { status, headers, text } = await call();
    expect([status, headers.get('content-type')]).toEqual([429, 'application/vnd.api+json']);
    const detail = 'Too many requests from your address.';
    expect(text).toBe(JSON.stringify({ errors: [{ status, detail, message: detail }] }));
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
  });

  it.each(SIGN_INS)('is one for all that checks a password: what %s uses up is gone for the others', async (route) => {
    const headers = { 'x-forwarded-for': `203.0.113.${SIGN_INS.indexOf(route)}` };
    const statusOf = async (called: string): Promise<number> => {
      const [method = '', path = ''] = called.split(' ');
      return (await fetch(app.api.url + path, { method, headers })).status;
    };
    expect([await statusOf(route), await statusOf(route)]).not.toContain(429);
    for (const called of SIGN_INS) expect([called, await statusOf(called)]).toEqual([called, 429]);
    expect(await statusOf('POST /user-forgotten-password')).not.toBe(429);
  });

  it('of sign-ins is not used up by tokens that are refreshed, which have their own, nor by new names', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.99' };
    const statusOf = async (method: string, path: string, body: object): Promise<number> =>
      (await app.api.call(method, path, { body, headers })).status;
    const refresh = () => statusOf('POST', '/token', { grantType: 'refresh_token', refreshToken: 'unknown' });
    expect([await refresh(), await refresh(), await refresh()]).toEqual([400, 400, 429]);
    const rename = () => statusOf('PATCH', '/users/mine', { data: { attributes: { firstName: 'Wim' } } });
    expect([await rename(), await rename(), await rename()]).toEqual([401, 401, 401]);
    const change = () => statusOf('PATCH', '/users/mine', { data: { attributes: { password: 'Harbor-Test-01!' } } });
    expect([await change(), await change(), await change()]).toEqual([401, 401, 429]);
    expect(await statusOf('POST', '/token', { grantType: 'password' })).toBe(429);
  });

  it.each(COSTLY)('is not used up by other sites: $route refuses their requests', async ({ route }) => {
    const [method = '', path = ''] = route.split(' ');
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example', 'content-type': 'text/plain' };
    const headers = { 'x-forwarded-for': `192.0.2.${COSTLY.findIndex((row) => row.route === route)}`, ...foreign };
    const detail = 'Requests from this origin are not allowed.';
    for (let n = 0; n < 3; n += 1) {
      const { status, text } = await app.api.call(method, path.replace(':id', 'mine'), { body: '{}', headers });
      expect([status, text]).toEqual([403, JSON.stringify({ errors: [{ status: 403, detail, message: detail }] })]);
    }
  });
});

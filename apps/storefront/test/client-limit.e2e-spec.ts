import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, outcome, PASSWORD, startTestApp, type Answer, type ApiClient, type TestApp } from '#testing';
import { createStorefront } from '../src/storefront.js';
import { ROUTES } from './routes.js';
import { guest } from './shop.js';

const REFUSED = '429 Too many requests from your address.';

/** What anybody can have done without a token, and costs hashing, a mail or a row. */
const COSTLY = [
  ...ROUTES.filter(({ method, access }) => access === 'public' && /^(POST|PATCH)$/.test(method)),
  ...ROUTES.filter(({ method, path }) => `${method} ${path}` === 'POST /guest-cart-items'),
];

/** What counts together, on pages and in the API. */
const ALLOWANCES = [
  [
    ...['POST /access-tokens', 'POST /agent-access-tokens', 'POST /token', 'PATCH /customer-password/mine'],
    ...['POST /account/sign-in', 'POST /agent/sign-in', 'POST /account/password'],
    ...['POST /account/email', 'POST /account/delete'],
  ],
  ['POST /customers', 'POST /account/register'],
  ['POST /customer-forgotten-password', 'POST /account/forgotten-password'],
  ['PATCH /customer-restore-password/mine', 'POST /account/new-password'],
  ['POST /customer-confirmation', 'POST /account/confirm'],
];

describe('The allowance of a client address', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createStorefront, { TRUSTED_PROXIES: '127.0.0.1', CLIENT_RATE_PER_MINUTE: '2' });
  });
  afterAll(() => app.stop());

  const login = (api: ApiClient, from: string, username = 'nobody@customers.example'): Promise<Answer> =>
    api.post('/access-tokens', { username, password: PASSWORD }, { headers: { 'x-forwarded-for': from } });

  it('is of all public routes that cost something', () => {
    expect(COSTLY).toHaveLength(10);
  });

  it.each(COSTLY)('bounds $method $path', async ({ method, path }) => {
    const from = `198.51.100.${COSTLY.findIndex((row) => row.method === method && row.path === path)}`;
    const headers = { ...guest().headers, 'x-forwarded-for': from };
    const call = async (): Promise<string> =>
      outcome(await app.api.call(method, path.replace(':id', 'mine'), { body: { data: {} }, headers }));
    const [first, second, third] = [await call(), await call(), await call()];
    expect([first, second]).not.toContain(REFUSED);
    expect(third).toBe(REFUSED);
  });

  it.each(ALLOWANCES.flatMap((routes) => routes.map((route) => [route, routes] as const)))(
    'is one for all that does the same: what %s uses up is gone for the others, on pages and in the API',
    async (route, routes) => {
      const from = `203.0.113.${ALLOWANCES.flat().indexOf(route)}`;
      const statusOf = async (called: string): Promise<number> => {
        const [method = '', path = ''] = called.split(' ');
        return (await fetch(app.api.url + path, { method, headers: { 'x-forwarded-for': from } })).status;
      };
      expect([await statusOf(route), await statusOf(route)]).not.toContain(429);
      for (const called of routes) expect([called, await statusOf(called)]).toEqual([called, 429]);
      for (const [other = ''] of ALLOWANCES.filter((one) => one !== routes)) {
        expect([other, await statusOf(other)]).not.toEqual([other, 429]);
      }
    },
  );

  it('of sign-ins is not used up by tokens that are refreshed: these have their own, whatever way they take', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.6' };
    const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
    const grant = async (body: string): Promise<number> =>
      (await app.api.call('POST', '/token', { body, headers: form })).status;
    const refresh = 'grant_type=refresh_token&refresh_token=unknown';
    expect([await grant(refresh), await grant(refresh), await grant(refresh)]).toEqual([400, 400, 429]);
    const { status } = await app.api.post('/refresh-tokens', { refreshToken: 'unknown' }, { headers });
    expect(status).toBe(429);
    const others = ['grant_type=password', 'grant_type=password&grant_type=refresh_token', refresh, ''];
    expect([
      await grant(others[0]!),
      await grant(others[1]!),
      await grant(others[2]!),
      await grant(others[3]!),
    ]).toEqual([400, 400, 429, 429]);
  });

  it('is refused with an error document without a code, and with the time to wait', async () => {
    const from = '192.0.2.2';
    await login(app.api, from);
    await login(app.api, from);
    const { status, headers, text } = await login(app.api, from);
    expect([status, headers.get('content-type')]).toEqual([429, 'application/vnd.api+json']);
    expect(text).toBe('{"errors":[{"status":429,"detail":"Too many requests from your address."}]}');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect([...headers.keys()].filter((name) => name.includes('ratelimit'))).toEqual([]);
  });

  it('is that of the address, however a proxy writes it, and of an IPv6 network', async () => {
    for (const spell of [
      (n: number) => `192.0.2.3:${n + 1}`,
      (n: number) => `2001:db8:9:9::${n}`,
      (n: number) => `junk-${n}`,
    ]) {
      const outcomes = [];
      for (let n = 0; n < 3; n += 1) outcomes.push(outcome(await login(app.api, spell(n))));
      expect(outcomes).toEqual(['401 003', '401 003', REFUSED]);
    }
    expect(outcome(await login(app.api, '192.0.2.4'))).toBe('401 003');
  });

  describe('is not used up by pages of other sites that visitors open', () => {
    const simple = (from: string, headers: Record<string, string>): Record<string, string> => ({
      ...{ 'x-forwarded-for': from, 'content-type': 'text/plain', ...headers },
    });

    it.each([
      ['cross-site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
      ['same-site', { 'sec-fetch-site': 'same-site', origin: 'https://evil.shop.example' }],
      ['of an old browser', { origin: 'https://evil.example' }],
      ['of a sandbox', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
    ])('whose requests (%s) are refused with 403, on every route that has one', async (site, headers) => {
      const from = `192.0.2.${20 + site.length}`;
      for (const { method, path } of COSTLY) {
        const call = () =>
          app.api.call(method, path.replace(':id', 'mine'), { body: '{}', headers: simple(from, headers) });
        const refused = '403 Requests from this origin are not allowed.';
        expect([path, ...[await call(), await call(), await call()].map(outcome)]).toEqual([
          path,
          ...Array(3).fill(refused),
        ]);
      }
      const signIn = await fetch(`${app.api.url}/account/sign-in`, {
        method: 'POST',
        headers: { 'x-forwarded-for': from, 'sec-fetch-site': 'same-origin' },
      });
      expect(signIn.status).not.toBe(429);
    });

    it('and neither are the tries of a person whose name they know', async () => {
      const { email } = await createCustomer(app.dataSource);
      const guess = new URLSearchParams({ grant_type: 'password', username: email, password: 'Wrong-Pass-01!' });
      for (let n = 0; n < 11; n += 1) {
        const headers = {
          ...{ 'x-forwarded-for': `192.0.2.${100 + n}`, 'content-type': 'application/x-www-form-urlencoded' },
          ...{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
        };
        const answer = await app.api.call('POST', '/token', { body: guess.toString(), headers });
        expect([answer.status, answer.text]).toEqual([
          403,
          '{"errors":[{"status":403,"detail":"Requests from this origin are not allowed."}]}',
        ]);
      }
      expect(outcome(await login(app.api, '192.0.2.120', email))).toBe('201');
    });

    it('but is that of front ends of known origins, and of programs', async () => {
      const api = await app.anotherInstance({ CORS_ORIGINS: 'https://www.shop.example' });
      const allowed: Record<string, string>[] = [
        { 'sec-fetch-site': 'cross-site', origin: 'https://www.shop.example' },
        { 'sec-fetch-site': 'same-origin', origin: 'https://api.shop.example' },
        {},
      ];
      for (const [n, headers] of allowed.entries()) {
        const call = () => api.call('POST', '/token', { body: '{}', headers: simple(`192.0.2.${130 + n}`, headers) });
        expect([await call(), await call(), await call()].map(({ status }) => status)).toEqual([400, 400, 429]);
      }
    });
  });

  it('lets an office log in by default, and everybody where it is switched off', async () => {
    const { email } = await createCustomer(app.dataSource);
    const statuses = async (api: ApiClient, count: number): Promise<number[]> => {
      const answers = [];
      for (let n = 0; n < count; n += 1) answers.push((await login(api, '192.0.2.5', email)).status);
      return answers;
    };
    const byDefault = await app.anotherInstance({ CLIENT_RATE_PER_MINUTE: '' });
    expect(await statuses(byDefault, 121)).toEqual([...Array<number>(120).fill(201), 429]);
    const off = await app.anotherInstance({ CLIENT_RATE_PER_MINUTE: '0' });
    expect(await statuses(off, 125)).toEqual(Array(125).fill(201));
  });
});

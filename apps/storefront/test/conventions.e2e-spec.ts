import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, createCustomer, outcome, PASSWORD, startTestApp, type TestApp } from '#testing';
import { createStorefront } from '../src/storefront.js';

describe('Every answer of the storefront', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createStorefront, { CORS_ORIGINS: 'https://shop.example' });
  });
  afterAll(() => app.stop());

  const token = async (): Promise<string> => {
    const { email } = await createCustomer(app.dataSource);
    const { json } = await app.api.post('/access-tokens', { username: email, password: PASSWORD });
    return json.data.attributes.accessToken as string;
  };

  it('of an unknown route is a JSON:API error with the exact content type', async () => {
    for (const path of ['/nothing', '/customer-password/a/b/c', '/%zz']) {
      const answer = await app.api.get(path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/vnd.api+json']);
      expect(answer.json).toEqual({ errors: [{ status: 404, detail: 'Not Found' }] });
    }
  });

  it('prints the members of an error as status, code and detail', async () => {
    expect((await app.api.get('/nothing')).text).toBe('{"errors":[{"status":404,"detail":"Not Found"}]}');
    expect((await app.api.get('/%zz')).text).toBe('{"errors":[{"status":404,"detail":"Not Found"}]}');
    expect((await app.api.get('/carts')).text).toBe(
      '{"errors":[{"status":403,"code":"002","detail":"Missing access token."}]}',
    );
  });

  it('carries security headers and no trace of the server software', async () => {
    for (const path of ['/nothing', '/%zz']) {
      const { headers } = await app.api.get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-request-id')).not.toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    }
    const { headers } = await app.api.get('/health');
    expect([headers.get('permissions-policy'), headers.get('x-frame-options')]).toEqual([
      expect.stringContaining('camera=()'),
      'DENY',
    ]);
  });

  it('asks browsers to stay with TLS where there is TLS, and nowhere else', async () => {
    const behindProxy = await app.anotherInstance({ TRUSTED_PROXIES: '127.0.0.1' });
    const policy = async (api: ApiClient, proto: string) =>
      (await api.get('/health', { headers: { 'x-forwarded-proto': proto } })).headers.get('strict-transport-security');
    expect(await policy(behindProxy, 'https')).toContain('max-age=');
    expect(await policy(behindProxy, 'http')).toBeNull();
    expect(await policy(app.api, 'https')).toBeNull();
  });

  it('stays out of caches where it is for somebody', async () => {
    const control = async (path: string, options: object) =>
      (await app.api.get(path, options)).headers.get('cache-control');
    expect(await control('/guest-carts', { headers: { 'x-anonymous-customer-unique-id': 'g' } })).toBe('no-store');
    expect(await control('/carts', { token: await token() })).toBe('no-store');
  });

  it('takes a body for JSON whatever its type says, and minds no type where there is no body', async () => {
    const body = { data: { type: 'access-tokens', attributes: { username: 'nobody@example.com', password: 'x' } } };
    for (const type of ['application/json', 'text', '', 'application/json, application/json']) {
      const answer = await app.api.call('POST', '/access-tokens', { body, headers: { 'content-type': type } });
      expect(outcome(answer)).toBe('401 003');
    }
    const headers = { 'content-type': '' };
    const removed = await app.api.call('DELETE', '/refresh-tokens/x', { token: await token(), headers });
    expect(removed.status).toBe(204);
  });

  it('of an unknown route is 404 before anything is said of the type of its body', async () => {
    const headers = { 'content-type': 'application/vnd.api+xml' };
    expect(outcome(await app.api.call('POST', '/nothing', { body: {}, headers }))).toBe('404 Not Found');
    expect(outcome(await app.api.call('POST', '/access-tokens', { body: {}, headers }))).toBe(
      '415 Unsupported media type.',
    );
  });

  it('carries a request id, the given one when it is well-formed', async () => {
    const id = async (given?: string) =>
      (await app.api.get('/health', given === undefined ? {} : { headers: { 'x-request-id': given } })).headers.get(
        'x-request-id',
      );
    expect(await id()).toMatch(/^[0-9a-f-]{36}$/);
    expect(await id('trace-12345')).toBe('trace-12345');
    expect(await id('bad id {}')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('names its language by Accept-Language', async () => {
    const language = async (accepted: string) =>
      (
        await app.api.get('/multi-factor-auth-types', {
          token: await token(),
          headers: { 'accept-language': accepted },
        })
      ).headers.get('content-language');
    expect(await language('de')).toBe('de_DE');
    expect(await language('de-AT, en;q=0.5')).toBe('de_DE');
    expect(await language('DE-ch')).toBe('de_DE');
    expect(await language('de;q=0, *')).toBe('en_US');
    expect(await language('fr, de-DE;q=0.5, en;q=0.9')).toBe('en_US');
    expect(await language('fr')).toBe('en_US');
  });

  it('refuses an Accept that cannot be satisfied, and paging that is none, before it asks for a token', async () => {
    const get = async (path: string, accept = '*/*') => outcome(await app.api.get(path, { headers: { accept } }));
    expect(await get('/multi-factor-auth-types', 'text/html')).toBe('406 Not acceptable.');
    expect(await get('/multi-factor-auth-types', 'application/vnd.api+json')).toBe('403 002');
    expect(await get('/multi-factor-auth-types', '')).toBe('403 002');
    expect(await get('/multi-factor-auth-types', 'application/json; charset=utf-8, text/html;q=0.5')).toBe('403 002');
    expect(await get('/multi-factor-auth-types?page[limit]=ten')).toBe('400 Pagination parameters are invalid.');
    expect(await get('/multi-factor-auth-types?page[limit]=&page[offset]=0')).toBe('403 002');
  });

  it('has absolute self links with the query as it was sent', async () => {
    const { json } = await app.api.get('/multi-factor-auth-types?include=a,b&fields[multi-factor-auth-types]=type', {
      token: await token(),
    });
    expect(json.links.self).toBe(
      `${app.api.url}/multi-factor-auth-types?include=a,b&fields[multi-factor-auth-types]=type`,
    );
    expect(json.data[0].attributes).toEqual({ type: 'email' });
  });

  it('answers a body that is too large with 413', async () => {
    const answer = await app.api.call('POST', '/access-tokens', { body: `"${'x'.repeat(1_100_000)}"` });
    expect(outcome(answer)).toBe('413 Payload too large.');
  });

  it('answers OPTIONS with the methods of the route', async () => {
    const answer = await app.api.call('OPTIONS', '/customer-password/DE--1');
    expect([answer.status, answer.headers.get('allow')]).toEqual([200, 'OPTIONS, PATCH']);
  });

  it('allows configured origins to call from a browser, and no other', async () => {
    const preflight = (origin: string) =>
      app.api.call('OPTIONS', '/customer-password/DE--1', {
        headers: { origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'x-mfa-code' },
      });
    const { headers } = await preflight('https://shop.example');
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
    for (const name of ['Authorization', 'X-MFA-Code', 'If-Match', 'Idempotency-Key', 'X-Agent-Authorization']) {
      expect(headers.get('access-control-allow-headers')).toContain(name);
    }
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('tells whether the app lives and is ready', async () => {
    expect((await app.api.get('/health')).json).toEqual({ status: 'ok' });
    expect((await app.api.get('/health/ready')).json).toMatchObject({ status: 'ok' });
  });

  it('documents its routes with OpenAPI', async () => {
    const page = await app.api.get('/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    const { json } = await app.api.get('/docs/openapi.json');
    expect(Object.keys(json.paths)).toEqual(
      expect.arrayContaining(['/access-tokens', '/customer-password/{id}', '/multi-factor-auth-trigger']),
    );
    expect(JSON.stringify(json.paths['/multi-factor-auth-type-verify'])).toContain('5901 X-MFA-Code is invalid.');
  });

  it('leaves one log line with the request id, and no secret in any', async () => {
    const { email } = await createCustomer(app.dataSource);
    const headers = { 'x-request-id': 'a-request-of-its-own', authorization: 'Bearer secret.token.value' };
    await app.api.post('/access-tokens?password=in-the-query', { username: email, password: PASSWORD }, { headers });
    const { json } = await app.api.post('/access-tokens', { username: email, password: PASSWORD });
    const lines = app
      .logged()
      .split('\n')
      .filter((line) => line.includes('a-request-of-its-own'));
    const completed = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'request.completed');
    expect(completed).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: '/access-tokens',
        status: 401,
        requestId: 'a-request-of-its-own',
      }),
    ]);
    const { accessToken, refreshToken } = json.data.attributes;
    for (const secret of [PASSWORD, 'secret.token.value', 'in-the-query', accessToken, refreshToken]) {
      expect(app.logged()).not.toContain(secret);
    }
  });
});

describe('The configuration of protected resources', () => {
  it('replaces the default list', async () => {
    const app = await startTestApp(createStorefront, { STOREFRONT_MFA_PROTECTED_RESOURCES: 'access-tokens' });
    await app.stop();
    await expect(
      startTestApp(createStorefront, { STOREFRONT_MFA_PROTECTED_RESOURCES: 'customer-password,typo' }),
    ).rejects.toThrow('No controller serves the protected resource "typo"');
  });
});

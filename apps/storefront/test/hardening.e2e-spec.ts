import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, outcome, PASSWORD, startTestApp, type Answer, type TestApp } from '#testing';
import { createStorefront } from '../src/storefront.js';

const NEW = 'Brand-New-Pass-02!';

describe('The storefront under attack', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createStorefront);
  });
  afterAll(() => app.stop());

  const login = (username: string, password = PASSWORD): Promise<Answer> =>
    app.api.post('/access-tokens', { username, password });
  const raw = async (request: string): Promise<string> => {
    const socket = connect(Number(new URL(app.api.url).port), '127.0.0.1');
    socket.end(request);
    return text(socket);
  };

  it('ignores attributes that it has no rules for, however many, and reads no body that is nested too deep', async () => {
    const many = Object.fromEntries(Array.from({ length: 8000 }, (_, n) => [`a${n}`, 1]));
    expect(outcome(await app.api.post('/refresh-tokens', many))).toBe('422 901');
    const body = `{"data":{"type":"refresh-tokens","attributes":{"z":${'['.repeat(5000)}${']'.repeat(5000)},"refreshToken":"x"}}}`;
    expect(outcome(await app.api.call('POST', '/refresh-tokens', { body }))).toBe('400 Post data is invalid.');
    const shallow = `{"data":{"type":"refresh-tokens","attributes":{"z":"${'['.repeat(5000)}\\"[","refreshToken":"x"}}}`;
    expect(outcome(await app.api.call('POST', '/refresh-tokens', { body: shallow }))).toBe('401 004');
    const checkout = body.replace('refresh-tokens', 'checkout');
    expect(outcome(await app.api.call('POST', '/checkout', { body: checkout }))).toBe('400 Post data is invalid.');
    const declared = `{"data":{"type":"refresh-tokens","attributes":{"refreshToken":${'['.repeat(5000)}${']'.repeat(5000)}}}}`;
    expect(outcome(await app.api.call('POST', '/refresh-tokens', { body: declared }))).toBe(
      '400 Post data is invalid.',
    );
  });

  it('answers a malformed token with 401 001, and tells its content to no log', async () => {
    const part = (value: string): string => Buffer.from(value).toString('base64url');
    const token = `${part('{"typ":"JWT","alg":"RS256","kid":"x"}')}.${part('payload that is no json')}.abc`;
    expect(outcome(await app.api.get('/health', { token }))).toBe('401 001');
    expect(outcome(await app.api.get('/multi-factor-auth-types', { token }))).toBe('401 001');
    for (const authorization of [`Bearer ${token} more`, 'a'.repeat(15_000), `Bearer\t${token}`]) {
      expect(outcome(await app.api.get('/multi-factor-auth-types', { headers: { authorization } }))).toBe('401 001');
    }
    expect(app.logged()).not.toContain('payload th');
  });

  it('names the scheme on every 401', async () => {
    const answer = await app.api.get('/multi-factor-auth-types', { token: 'x' });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="Access to shop API"');
  });

  it('ends with a password change also a login that was under way with the old password', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { email, customerReference } = await createCustomer(app.dataSource);
      const token = (await login(email)).json.data.attributes.accessToken;
      const attributes = { password: PASSWORD, newPassword: NEW, confirmPassword: NEW };
      const thieves = Array.from({ length: 6 }, () => login(email));
      const change = app.api.patch(`/customer-password/${customerReference}`, attributes, { token });
      const tokens = (await Promise.all(thieves)).flatMap(({ json }) => json.data?.attributes.accessToken ?? []);
      expect((await change).status).toBe(204);
      for (const stolen of tokens) {
        expect(outcome(await app.api.get('/multi-factor-auth-types', { token: stolen }))).toBe('401 001');
      }
    }
  });

  it('counts every spelling of a name that finds the same account together', async () => {
    const email = 'iris.victim@civic.example';
    await createCustomer(app.dataSource, { email });
    const spellings = ['iris', 'İris', 'IRIS', 'irİs', 'İrİs'].map((name) => email.replace('iris', name));
    const results: string[] = [];
    for (let n = 0; n < 15; n += 1) results.push(outcome(await login(spellings[n % 5]!, 'wrong')));
    expect(results.filter((result) => result === '401 003').length).toBeLessThanOrEqual(10);
  });

  it('answers a name with a NUL like any unknown one', async () => {
    const answer = await app.api.form('/token', { grant_type: 'password', username: 'a\0b', password: 'x' });
    expect([answer.status, answer.json.error]).toEqual([400, 'invalid_grant']);
  });

  it('asks a blocked account for patience before it asks for a password', async () => {
    const { email } = await createCustomer(app.dataSource);
    for (let n = 0; n < 10; n += 1) await login(email, 'wrong');
    expect((await app.api.form('/token', { grant_type: 'password', username: email })).status).toBe(429);
  });

  it('notices a refresh token that is used twice at the very same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { email } = await createCustomer(app.dataSource);
      const { refreshToken } = (await login(email)).json.data.attributes;
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => app.api.post('/refresh-tokens', { refreshToken })),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      const token = answers.find(({ status }) => status === 201)!.json.data.attributes.accessToken;
      expect(outcome(await app.api.get('/multi-factor-auth-types', { token }))).toBe('401 001');
    }
  });

  it('answers what is no HTTP, and headers that are too large, with an error document', async () => {
    expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*application\/vnd\.api\+json[^]*"status":400/);
    const large = await raw(`GET / HTTP/1.1\r\nhost: x\r\nx-large: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(large).toMatch(/^HTTP\/1\.1 431 [^]*"status":431/);
  });
});

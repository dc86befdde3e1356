import { createPublicKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompanyUser, type Customer } from '#auth';
import {
  createCustomer,
  createUser,
  mailedCode,
  outcome,
  PASSWORD,
  startTestApp,
  type Answer,
  type TestApp,
} from '#testing';
import { createStorefront } from '../src/storefront.js';

const UUID = '0fbf1ccc-dca1-54e6-8f57-5ee43b0c0ab2';

describe('Tokens of the storefront', () => {
  let app: TestApp;
  let customer: Customer;

  beforeAll(async () => {
    app = await startTestApp(createStorefront);
    customer = await createCustomer(app.dataSource);
  });
  afterAll(() => app.stop());

  const login = (username: unknown = customer.email, password: unknown = PASSWORD): Promise<Answer> =>
    app.api.post('/access-tokens', { username, password });
  const tokens = async (): Promise<{ accessToken: string; refreshToken: string }> =>
    (await login()).json.data.attributes;
  const claims = (token: string): jwt.JwtPayload => jwt.decode(token) as jwt.JwtPayload;
  const types = async (token: string): Promise<string> =>
    outcome(await app.api.get('/multi-factor-auth-types', { token }));

  describe('POST /access-tokens', () => {
    it('answers 201 with both tokens, their life, and the company user', async () => {
      const answer = await login();
      expect(answer.status).toBe(201);
      expect(answer.headers.get('content-type')).toBe('application/vnd.api+json');
      expect(answer.json).toEqual({
        data: {
          type: 'access-tokens',
          id: null,
          attributes: {
            tokenType: 'Bearer',
            expiresIn: 28800,
            accessToken: expect.stringMatching(/^ey/),
            refreshToken: expect.stringMatching(/^[0-9a-f]{96}$/),
            idCompanyUser: null,
          },
          links: { self: `${app.api.url}/access-tokens` },
        },
      });
    });

    it('signs RS256 tokens with kid and the claims of the contract, verifiable by the published keys', async () => {
      const { accessToken } = await tokens();
      const { header, payload } = jwt.decode(accessToken, { complete: true })!;
      const { json } = await app.api.get('/.well-known/jwks.json');
      const key = json.keys.find(({ kid }: { kid: string }) => kid === header.kid);
      expect(() =>
        jwt.verify(accessToken, createPublicKey({ key, format: 'jwk' }), { algorithms: ['RS256'] }),
      ).not.toThrow();
      expect(payload).toMatchObject({
        iss: 'sallyport',
        aud: 'storefront',
        sub: customer.id,
        kind: 'customer',
        scopes: ['customer'],
        customer_reference: customer.customerReference,
        sid: expect.any(String),
        jti: expect.any(String),
      });
    });

    it('names the only or the default company user', async () => {
      await app.dataSource
        .getRepository(CompanyUser)
        .insert({ uuid: UUID, customerId: customer.id, companyName: 'Harbor Supply GmbH' });
      const { json } = await login();
      expect(json.data.attributes.idCompanyUser).toBe(UUID);
      expect(claims(json.data.attributes.accessToken)['id_company_user']).toBe(UUID);
      await app.dataSource.getRepository(CompanyUser).delete({ uuid: UUID });
    });

    it('finds the customer whatever the case of the address', async () => {
      expect((await login(customer.email.toUpperCase())).status).toBe(201);
    });

    it('refuses an unknown customer, a wrong password and an unconfirmed address alike', async () => {
      const unconfirmed = await createCustomer(app.dataSource, { confirmed: false });
      const answers = [
        await login('nobody@nowhere.example'),
        await login(undefined, 'wrong'),
        await login(unconfirmed.email),
      ];
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(outcome(answers[0]!)).toBe('401 003');
      expect(answers[0]!.headers.get('www-authenticate')).toBe('Bearer realm="Access to shop API"');
    });

    it.each([
      [{}, ['username => This field is missing.', 'password => This field is missing.']],
      [
        { username: '', password: '' },
        ['username => This value should not be blank.', 'password => This value should not be blank.'],
      ],
      [{ username: 'no address', password: 'x' }, ['username => This value is not a valid email address.']],
    ])('answers 422 for %j, one error a violation', async (attributes, details) => {
      const answer = await app.api.post('/access-tokens', attributes);
      expect([answer.status, answer.statusText]).toEqual([422, 'Unprocessable Content']);
      expect(answer.json.errors).toEqual(details.map((detail) => ({ status: 422, code: '901', detail })));
    });

    it('refuses a wrong type and a body without data', async () => {
      for (const type of ['', 'customers']) {
        const body = { data: { type, attributes: {} } };
        expect(outcome(await app.api.call('POST', '/access-tokens', { body }))).toBe('400 Invalid type.');
      }
      for (const body of [{}, { data: {} }, { data: { type: 'access-tokens' } }, 'no json', '[]', '']) {
        expect(outcome(await app.api.call('POST', '/access-tokens', { body }))).toBe('400 Post data is invalid.');
      }
    });

    it('takes application/json as well, and refuses an unknown vendor type', async () => {
      const body = { data: { type: 'access-tokens', attributes: { username: customer.email, password: PASSWORD } } };
      const call = (type: string) =>
        app.api.call('POST', '/access-tokens', { body, headers: { 'content-type': type } });
      expect((await call('application/json')).status).toBe(201);
      expect((await call('application/vnd.api+xyz')).status).toBe(415);
    });

    it('refuses a customer who also says to be a guest', async () => {
      const headers = { 'x-anonymous-customer-unique-id': 'guest' };
      const { accessToken } = await tokens();
      const answer = await app.api.get('/multi-factor-auth-types', { token: accessToken, headers });
      expect(outcome(answer)).toBe('400 005');
    });
  });

  describe('The login limit', () => {
    const fail = async (email: string, times: number): Promise<string[]> => {
      const results: string[] = [];
      for (let n = 0; n < times; n += 1) results.push(outcome(await login(email, 'wrong')));
      return results;
    };

    it('blocks an account and address after 10 failures, also for the right password, for 300 seconds', async () => {
      const { email } = await createCustomer(app.dataSource);
      expect(await fail(email, 10)).toEqual(Array.from({ length: 10 }, () => '401 003'));
      const blocked = await login(email);
      expect([outcome(blocked), blocked.headers.get('retry-after')]).toEqual(['429 4401', '300']);
      expect(blocked.json.errors[0].detail).toContain('Please wait 5 minutes before trying again.');
      const attributes = { username: email, password: PASSWORD };
      expect(outcome(await app.api.post('/access-tokens', attributes, { token: 'none' }))).toBe('429 4401');
      app.clock.advance(299);
      expect(outcome(await login(email))).toBe('429 4401');
      app.clock.advance(1);
      expect((await login(email)).status).toBe(201);
    });

    it('forgets failures with the end of the window, and with a login', async () => {
      const { email } = await createCustomer(app.dataSource);
      await fail(email, 9);
      app.clock.advance(601);
      await fail(email, 9);
      expect((await login(email)).status).toBe(201);
      expect(await fail(email, 10)).not.toContain('429 4401');
    });

    it('comes before anything is said of the body, and speaks the language of the request', async () => {
      const { email } = await createCustomer(app.dataSource);
      await fail(email, 10);
      const body = { data: { type: 'access-tokens', attributes: { username: email } } };
      const answer = await app.api.call('POST', '/access-tokens', { body, headers: { 'accept-language': 'de' } });
      expect([outcome(answer), answer.json.errors[0].detail]).toEqual([
        '429 4401',
        expect.stringContaining('Bitte warten Sie 5 Minuten'),
      ]);
    });

    it('lets at most 10 of 40 parallel guesses reach the password', async () => {
      const { email } = await createCustomer(app.dataSource);
      const answers = await Promise.all(Array.from({ length: 40 }, () => login(email, 'wrong')));
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(30);
    });
  });

  describe('A token', () => {
    it('is asked for with 403 002 when absent or empty, and refused with 401 001 when wrong, on public routes too', async () => {
      const get = async (authorization?: string) =>
        outcome(
          await app.api.get(
            '/multi-factor-auth-types',
            authorization === undefined ? {} : { headers: { authorization } },
          ),
        );
      expect([await get(), await get('')]).toEqual(['403 002', '403 002']);
      for (const wrong of ['faketoken', 'Bearer', 'Bearer ', 'Bearer x.y.z', 'Basic abc'])
        expect(await get(wrong)).toBe('401 001');
      const answer = await app.api.post('/access-tokens', {}, { headers: { authorization: 'Bearer x' } });
      expect(outcome(answer)).toBe('401 001');
    });

    it('ends after its life', async () => {
      const { accessToken } = await tokens();
      app.clock.advance(28_799);
      expect(await types(accessToken)).toBe('200');
      app.clock.advance(1);
      expect(await types(accessToken)).toBe('401 001');
    });

    it('of another audience, another issuer, another key or no signature is refused', async () => {
      const { accessToken } = await tokens();
      const payload = claims(accessToken);
      const keyid = jwt.decode(accessToken, { complete: true })!.header.kid!;
      const sign = (changed: object): string =>
        jwt.sign({ ...payload, ...changed }, app.settings.tokenKeys().privateKey, { algorithm: 'RS256', keyid });
      expect(await types(sign({}))).toBe('200');
      expect(await types(sign({ aud: 'backend' }))).toBe('401 001');
      expect(await types(sign({ iss: 'another' }))).toBe('401 001');
      expect(await types(sign({ sub: '999999' }))).toBe('401 001');
      expect(await types(sign({ kind: 'user' }))).toBe('401 001');
      expect(await types(sign({ sid: 'no uuid' }))).toBe('401 001');
      expect(await types(jwt.sign(payload, '', { algorithm: 'none', keyid }))).toBe('401 001');
      const publicKey = app.settings.tokenKeys().publicKeys[0]!.export({ type: 'spki', format: 'pem' }).toString();
      const [head, body] = [{ alg: 'HS256', typ: 'JWT', kid: keyid }, payload].map((part) =>
        Buffer.from(JSON.stringify(part)).toString('base64url'),
      );
      const { createHmac } = await import('node:crypto');
      const forged = `${head}.${body}.${createHmac('sha256', publicKey).update(`${head}.${body}`).digest('base64url')}`;
      expect(await types(forged)).toBe('401 001');
    });

    it('without an account reaches the five endpoints and is told so', async () => {
      const warehouse = '3b241101-e2bb-4255-8caf-4136c566a962';
      const { accessToken } = await tokens();
      const { kind: _kind, ...payload } = claims(accessToken);
      const keyid = jwt.decode(accessToken, { complete: true })!.header.kid!;
      const sign = (sub: string | undefined): string =>
        jwt.sign({ ...payload, sub }, app.settings.tokenKeys().privateKey, { algorithm: 'RS256', keyid });
      // a session of an account is for tokens that name it
      expect(await types(sign(payload.sub))).toBe('401 001');
      const { id } = await createUser(app.dataSource, { isWarehouseUser: true });
      await app.dataSource.query(
        `UPDATE login_session SET account_kind = 'user', account_id = $2, warehouse_uuid = $3 WHERE id = $1`,
        [payload.sid, id, warehouse],
      );
      const token = sign(warehouse);
      expect(await types(token)).toBe('400 5905');
      expect(outcome(await app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token }))).toBe('400 5907');
      expect(await types(sign(payload.sub))).toBe('401 001');
    });

    it('ends with the account, at once', async () => {
      const leaving = await createCustomer(app.dataSource);
      const token = (await login(leaving.email)).json.data.attributes.accessToken;
      await app.dataSource.query(`UPDATE customer SET anonymized_at = now() WHERE id = $1`, [leaving.id]);
      expect(await types(token)).toBe('401 001');
    });

    it('still verifies after its key was rotated, while the old public key is listed', async () => {
      const { accessToken } = await tokens();
      const { generateKeyPairSync } = await import('node:crypto');
      const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
        type: 'pkcs8',
        format: 'pem',
      });
      const old = app.settings.tokenKeys().publicKeys[0]!.export({ type: 'spki', format: 'pem' }).toString();
      const rotated = await app.anotherInstance({ JWT_PRIVATE_KEY: pem.toString(), JWT_PUBLIC_KEYS: old });
      expect((await rotated.get('/multi-factor-auth-types', { token: accessToken })).status).toBe(200);
      expect((await rotated.get('/.well-known/jwks.json')).json.keys).toHaveLength(2);
      const without = await app.anotherInstance({ JWT_PRIVATE_KEY: pem.toString() });
      expect(outcome(await without.get('/multi-factor-auth-types', { token: accessToken }))).toBe('401 001');
    });
  });

  describe('An old Authorization', () => {
    /** All that issue tokens, with a request of which nothing is wrong. */
    const issuing = async (headers: Record<string, string>): Promise<Answer[]> => {
      const { refreshToken } = await tokens();
      const agent = await createUser(app.dataSource, { roles: ['agent'] });
      const form = new URLSearchParams({ grant_type: 'password', username: customer.email, password: PASSWORD });
      const formHeaders = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
      return [
        await app.api.post('/access-tokens', { username: customer.email, password: PASSWORD }, { headers }),
        await app.api.post('/agent-access-tokens', { username: agent.username, password: PASSWORD }, { headers }),
        await app.api.post('/refresh-tokens', { refreshToken }, { headers }),
        await app.api.call('POST', '/token', { headers: formHeaders, body: form.toString() }),
      ];
    };
    const ISSUED = ['201', '201', '201', '200'];
    const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

    it('is no obstacle to new tokens when its session ended, when it expired, or while it is good', async () => {
      const { accessToken, refreshToken } = await tokens();
      expect((await issuing(bearer(accessToken))).map(outcome)).toEqual(ISSUED);
      await app.api.delete(`/refresh-tokens/${refreshToken}`, { token: accessToken });
      expect(await types(accessToken)).toBe('401 001');
      expect((await issuing(bearer(accessToken))).map(outcome)).toEqual(ISSUED);
      const expired = (await tokens()).accessToken;
      app.clock.advance(28_800);
      expect(await types(expired)).toBe('401 001');
      expect((await issuing(bearer(expired))).map(outcome)).toEqual(ISSUED);
    });

    it('is one to all else', async () => {
      const { accessToken, refreshToken } = await tokens();
      await app.api.delete(`/refresh-tokens/${refreshToken}`, { token: accessToken });
      const call = { token: accessToken };
      expect(outcome(await app.api.post('/customer-forgotten-password', { email: 'a@b.example' }, call))).toBe(
        '401 001',
      );
      expect(outcome(await app.api.delete('/refresh-tokens/mine', call))).toBe('401 001');
      expect(outcome(await app.api.post('/company-user-access-tokens', { idCompanyUser: UUID }, call))).toBe('401 001');
    });

    it('that was never ours is refused', async () => {
      const { accessToken } = await tokens();
      const forged = jwt.sign(claims(accessToken), 'secret', { algorithm: 'HS256', keyid: 'x' });
      const [head, , signature] = accessToken.split('.');
      const changed = Buffer.from(JSON.stringify({ ...claims(accessToken), exp: 1 })).toString('base64url');
      for (const token of [forged, [head, changed, signature].join('.'), 'x', '']) {
        expect((await issuing(bearer(token))).map(outcome)).toEqual(Array(4).fill('401 001'));
      }
    });
  });

  describe('Refresh tokens', () => {
    const refresh = (refreshToken: unknown): Promise<Answer> => app.api.post('/refresh-tokens', { refreshToken });

    it('are exchanged for new tokens of the same session', async () => {
      const first = await tokens();
      const answer = await refresh(first.refreshToken);
      expect([answer.status, answer.json.data.type, answer.json.data.id]).toEqual([201, 'refresh-tokens', null]);
      const second = answer.json.data.attributes;
      expect(claims(second.accessToken)['sid']).toBe(claims(first.accessToken)['sid']);
      expect(await types(first.accessToken)).toBe('200');
    });

    it('may come with blanks around them, as people paste them', async () => {
      const first = await refresh(` ${(await tokens()).refreshToken}\n`);
      expect(outcome(first)).toBe('201');
      const { refreshToken } = first.json.data.attributes;
      const second = await app.api.form('/token', { grant_type: 'refresh_token', refresh_token: `${refreshToken} ` });
      expect(outcome(second)).toBe('200');
      const token = second.json.access_token;
      await app.api.delete(`/refresh-tokens/%20${second.json.refresh_token}%0A`, { token });
      expect(await types(token)).toBe('401 001');
    });

    it('end their session when one that was exchanged is used again', async () => {
      const first = await tokens();
      const second = (await refresh(first.refreshToken)).json.data.attributes;
      expect(outcome(await refresh(first.refreshToken))).toBe('401 004');
      expect(await types(second.accessToken)).toBe('401 001');
      expect(outcome(await refresh(second.refreshToken))).toBe('401 004');
    });

    it('are refused when unknown, expired, or an access token', async () => {
      const { accessToken, refreshToken } = await tokens();
      expect(outcome(await refresh('unknown'))).toBe('401 004');
      expect(outcome(await refresh(accessToken))).toBe('401 004');
      app.clock.advance(2_592_000);
      expect(outcome(await refresh(refreshToken))).toBe('401 004');
      expect(outcome(await refresh(''))).toBe('422 901');
    });

    it('are stored hashed only', async () => {
      const { refreshToken } = await tokens();
      const [{ text }] = await app.dataSource.query(`SELECT string_agg(t::text, ' ') AS text FROM refresh_token t`);
      expect(text).not.toContain(refreshToken);
    });

    it('end with DELETE, their session with them; the token of another stays valid; always 204', async () => {
      const mine = await tokens();
      const stranger = await createCustomer(app.dataSource);
      const other = (await login(stranger.email)).json.data.attributes;
      const remove = (id: string) => app.api.delete(`/refresh-tokens${id}`, { token: mine.accessToken });
      expect((await remove('/unknown')).status).toBe(204);
      expect((await remove(`/${other.refreshToken}`)).status).toBe(204);
      expect(await types(other.accessToken)).toBe('200');
      expect(outcome(await remove(''))).toBe('400 Resource id is not specified.');
      expect((await remove(`/${mine.refreshToken}`)).status).toBe(204);
      expect(await types(mine.accessToken)).toBe('401 001');
      expect(app.logged()).not.toContain(mine.refreshToken);
      expect(outcome(await app.api.delete('/refresh-tokens/mine'))).toBe('403 002');
    });

    it('all end with DELETE of `mine`', async () => {
      const [first, second] = [await tokens(), await tokens()];
      await app.api.delete('/refresh-tokens/mine', { token: first.accessToken });
      expect([await types(first.accessToken), await types(second.accessToken)]).toEqual(['401 001', '401 001']);
    });
  });

  describe('POST /token', () => {
    it('answers the OAuth form with plain JSON', async () => {
      const answer = await app.api.form('/token', {
        grant_type: 'password',
        username: customer.email,
        password: PASSWORD,
      });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
      expect(Object.keys(answer.json).toSorted()).toEqual([
        'access_token',
        'expires_in',
        'refresh_token',
        'token_type',
      ]);
      const refreshed = await app.api.form('/token', {
        grant_type: 'refresh_token',
        refresh_token: answer.json.refresh_token,
      });
      expect(refreshed.status).toBe(200);
    });

    it.each([
      [
        { grant_type: 'password', username: 'a@b.example', password: 'x' },
        'invalid_grant',
        'The user credentials were incorrect.',
      ],
      [
        { grant_type: 'password', username: 'a@b.example' },
        'invalid_request',
        /^The request is missing a required parameter/,
      ],
      [{ grant_type: 'refresh_token' }, 'invalid_request', /^The request is missing a required parameter/],
      [{ grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_request', 'The refresh token is invalid.'],
      [{ grant_type: 'magic' }, 'invalid_grant', /^The provided authorization grant/],
      [{}, 'invalid_grant', /^The provided authorization grant/],
    ])('refuses %j', async (fields, error, description) => {
      const answer = await app.api.form('/token', fields as unknown as Record<string, string>);
      expect([answer.status, answer.json.error]).toEqual([400, error]);
      expect(answer.json.error_description).toEqual(
        typeof description === 'string' ? description : expect.stringMatching(description),
      );
    });

    it('answers the login limit with access_denied', async () => {
      const { email } = await createCustomer(app.dataSource);
      for (let n = 0; n < 10; n += 1) await login(email, 'wrong');
      const answer = await app.api.form('/token', { grant_type: 'password', username: email, password: PASSWORD });
      expect([answer.status, answer.json.error, answer.headers.get('retry-after')]).toEqual([
        429,
        'access_denied',
        '300',
      ]);
    });
  });

  describe('5. A login voids', () => {
    const mfa = (endpoint: string, token: string, code?: string) =>
      app.api.post(`/multi-factor-auth-${endpoint}`, { type: 'email' }, { token, code });
    const change = async (token: string, code: string): Promise<string> =>
      outcome(await app.api.patch('/customer-password/x', {}, { token, code }));
    const enrolled = async (): Promise<{ token: string; code: string; refreshToken: string; email: string }> => {
      const { email } = await createCustomer(app.dataSource);
      const { accessToken: token, refreshToken } = (await login(email)).json.data.attributes;
      await mfa('type-activate', token);
      const code = mailedCode(app.mailbox, email);
      await mfa('type-verify', token, code);
      return { token, code, refreshToken, email };
    };

    it('every code and grant of the account, after the password was found right and not before', async () => {
      const { token, code, email } = await enrolled();
      expect(await change(token, code)).toBe('422 901');
      expect(outcome(await login(email, 'wrong'))).toBe('401 003');
      expect(await change(token, code)).toBe('422 901');
      await mfa('trigger', token);
      const outstanding = mailedCode(app.mailbox, email);
      expect((await login(email)).status).toBe(201);
      expect(await change(token, code)).toBe('403 5901');
      expect(await change(token, outstanding)).toBe('403 5901');
    });

    it('by every password grant, but a refresh voids nothing', async () => {
      const { token, code, refreshToken, email } = await enrolled();
      const refreshed = (await app.api.post('/refresh-tokens', { refreshToken })).json.data.attributes.accessToken;
      expect(await change(refreshed, code)).toBe('422 901');
      await app.api.form('/token', { grant_type: 'password', username: email, password: PASSWORD });
      expect(await change(token, code)).toBe('403 5901');
    });

    it('and the end of a session ends its codes and grants', async () => {
      const { token, refreshToken } = await enrolled();
      await app.api.delete(`/refresh-tokens/${refreshToken}`, { token });
      const [{ count }] = await app.dataSource.query(
        `SELECT ((SELECT count(*) FROM mfa_code WHERE session_id = $1)
           + (SELECT count(*) FROM mfa_grant WHERE session_id = $1))::int AS count`,
        [claims(token)['sid']],
      );
      expect(count).toBe(0);
    });
  });
});

describe('The tables of logins', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createStorefront);
  });
  afterAll(() => app.stop());

  const count = async (table: string): Promise<number> =>
    (await app.dataSource.query(`SELECT count(*)::int AS count FROM ${table}`))[0].count;

  it('stay flat: a login sweeps sessions that are over, a refresh old tokens', async () => {
    const { email } = await createCustomer(app.dataSource);
    const login = async () =>
      (await app.api.post('/access-tokens', { username: email, password: PASSWORD })).json.data.attributes;
    const { refreshToken } = await login();
    for (let n = 0; n < 3; n += 1) await login();
    app.clock.advance(2_000_000);
    await app.api.post('/refresh-tokens', { refreshToken });
    app.clock.advance(600_000);
    await login();
    expect([await count('login_session'), await count('refresh_token')]).toEqual([2, 3]);
  });

  it('stay flat: attempts with made-up names sweep the ones that are over', async () => {
    const attempt = (n: number) =>
      app.api.post('/access-tokens', { username: `nobody-${n}@nowhere.example`, password: 'x' });
    for (let n = 0; n < 8; n += 1) await attempt(n);
    app.clock.advance(601);
    for (let n = 100; n < 104; n += 1) await attempt(n);
    expect(await count('login_failure')).toBe(8);
  });
});

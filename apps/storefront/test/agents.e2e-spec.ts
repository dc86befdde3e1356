import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '#auth';
import { createCustomer, createUser, mailedCode, outcome, PASSWORD, type Answer } from '#testing';
import { errorsOf, guest, Shop } from './shop.js';

const IMPERSONATION = '/agent-customer-impersonation-access-tokens';

describe('Agents', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  const login = (username: unknown, password: unknown = PASSWORD): Promise<Answer> =>
    shop.app.api.post('/agent-access-tokens', { username, password });
  const named = (token: string): { headers: Record<string, string> } => ({
    headers: { 'x-agent-authorization': `Bearer ${token}` },
  });
  const impersonate = (token: string | undefined, customerReference: unknown): Promise<Answer> =>
    shop.app.api.post(IMPERSONATION, { customerReference }, { token });
  const tokensFor = async (token: string, { customerReference }: Customer) =>
    (await impersonate(token, customerReference)).json.data.attributes as { accessToken: string; refreshToken: string };
  const refresh = (refreshToken: string): Promise<Answer> => shop.app.api.post('/refresh-tokens', { refreshToken });
  const claims = (token: string): jwt.JwtPayload => jwt.decode(token) as jwt.JwtPayload;
  const types = async (token: string): Promise<string> =>
    outcome(await shop.app.api.get('/multi-factor-auth-types', { token }));
  const signed = (payload: object): string =>
    jwt.sign(payload, shop.app.settings.tokenKeys().privateKey, {
      algorithm: 'RS256',
      keyid: jwt.decode(forKeyId, { complete: true })!.header.kid!,
    });
  let forKeyId = '';
  beforeAll(async () => {
    forKeyId = (await shop.agent()).token;
  });

  describe('POST /agent-access-tokens', () => {
    it('answers tokens whose only scope is agent', async () => {
      const { id, username } = await createUser(shop.app.dataSource, { roles: ['agent', 'back-office'] });
      const answer = await login(username);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
      expect(answer.json).toEqual({
        data: {
          type: 'agent-access-tokens',
          id: null,
          attributes: {
            tokenType: 'Bearer',
            expiresIn: 28800,
            accessToken: expect.stringMatching(/^ey/),
            refreshToken: expect.stringMatching(/^[0-9a-f]{96}$/),
          },
          links: { self: `${shop.app.api.url}/agent-access-tokens` },
        },
      });
      const issued = claims(answer.json.data.attributes.accessToken);
      expect(issued).toMatchObject({ aud: 'storefront', sub: id, kind: 'user', scopes: ['agent'] });
      expect(Object.keys(issued)).not.toEqual(expect.arrayContaining(['act', 'customer_reference']));
    });

    it('refuses whoever is no active agent like a wrong password', async () => {
      const { dataSource } = shop.app;
      const { username } = await createUser(dataSource, { roles: ['agent'] });
      const answers = [
        await login('nobody@nowhere.example'),
        await login(username, 'wrong'),
        await login((await createUser(dataSource, { roles: ['agent'], status: 'inactive' })).username),
        await login((await createUser(dataSource, { roles: ['back-office', 'merchant-agent'] })).username),
        await login((await createUser(dataSource, { roles: [] })).username),
        await login((await createCustomer(dataSource)).email),
      ];
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(errorsOf(answers[0]!)).toEqual(['401 4101 Failed to authenticate an agent.']);
      expect(answers[0]!.headers.get('www-authenticate')).toBe('Bearer realm="Access to shop API"');
    });

    it.each([
      [{}],
      [{ username: '', password: '' }],
      [{ username: null, password: null }],
      [{ username: ['a@b.example'], password: PASSWORD }],
      [{ username: { constructor: 1 }, password: 1 }],
      [{ username: 'no address', password: 'x' }],
      [{ username: 'nul\0@users.example', password: 'x' }],
      [{ username: 'a@users.example', password: 'nul\0' }],
    ])('answers %j with 401 4101, and no 422', async (attributes) => {
      expect(outcome(await shop.app.api.post('/agent-access-tokens', attributes))).toBe('401 4101');
    });

    it('refuses a wrong type and a body without data', async () => {
      const post = async (body: unknown): Promise<string> =>
        outcome(await shop.app.api.call('POST', '/agent-access-tokens', { body }));
      expect(await post({ data: { type: 'access-tokens', attributes: {} } })).toBe('400 Invalid type.');
      for (const body of [{}, { data: { type: 'agent-access-tokens' } }, 'no json', '[]', 'null']) {
        expect(await post(body)).toBe('400 Post data is invalid.');
      }
    });

    it('blocks after nine failures for 360 seconds, with a text in the language of the request', async () => {
      const { username } = await createUser(shop.app.dataSource, { roles: ['agent'] });
      for (let n = 0; n < 9; n += 1) expect(outcome(await login(username, 'wrong'))).toBe('401 4101');
      const blocked = await login(username.toUpperCase());
      expect(errorsOf(blocked)).toEqual([
        '429 4401 Too many log in attempts from your address. Please wait 6 minutes before trying again.',
      ]);
      expect(blocked.headers.get('retry-after')).toBe('360');
      const german = { headers: { 'accept-language': 'de' }, body: { data: { attributes: { username } } } };
      expect(errorsOf(await shop.app.api.call('POST', '/agent-access-tokens', german))[0]).toContain('Bitte warten');
      shop.app.clock.advance(359);
      expect(outcome(await login(username))).toBe('429 4401');
      shop.app.clock.advance(1);
      expect((await login(username)).status).toBe(201);
    });

    it('forgets failures after 900 seconds, and at a login', async () => {
      const { username } = await createUser(shop.app.dataSource, { roles: ['agent'] });
      const fail = async (times: number): Promise<void> => {
        for (let n = 0; n < times; n += 1) expect(outcome(await login(username, 'wrong'))).toBe('401 4101');
      };
      await fail(8);
      shop.app.clock.advance(900);
      await fail(8);
      expect((await login(username)).status).toBe(201);
      await fail(8);
    });

    it('lets no more than nine of many parallel guesses through', async () => {
      const { username } = await createUser(shop.app.dataSource, { roles: ['agent'] });
      const other = await shop.app.anotherInstance();
      const answers = await Promise.all(
        Array.from({ length: 24 }, (_, n) =>
          (n % 2 ? other : shop.app.api).post('/agent-access-tokens', { username, password: `wrong ${n}` }),
        ),
      );
      expect(answers.filter((answer) => outcome(answer) === '401 4101')).toHaveLength(9);
    });

    it('keeps the session over refreshes, until the agent is deactivated or loses the role', async () => {
      for (const change of [`status = 'inactive'`, `roles = '{back-office}'`]) {
        const agent = await shop.agent();
        const first = (await login(agent.username)).json.data.attributes;
        const next = (await refresh(first.refreshToken)).json.data.attributes;
        expect(claims(next.accessToken)).toMatchObject({ sid: claims(first.accessToken)['sid'], scopes: ['agent'] });
        expect(next.idCompanyUser).toBeNull();
        await shop.app.dataSource.query(`UPDATE user_account SET ${change} WHERE id = $1`, [agent.id]);
        expect(await types(next.accessToken)).toBe('401 001');
        expect(outcome(await impersonate(next.accessToken, 'DE--1'))).toBe('401 001');
        expect(errorsOf(await refresh(next.refreshToken))).toEqual(['401 004 Failed to refresh token.']);
      }
    });

    it('voids codes and grants of the account, once the password was found right', async () => {
      const agent = await shop.agent();
      const code = await shop.enableMfa(agent.token, agent.username);
      const activate = async (): Promise<string> =>
        outcome(
          await shop.app.api.post(
            '/multi-factor-auth-type-deactivate',
            { type: 'email' },
            { token: agent.token, code },
          ),
        );
      const granted = async (): Promise<unknown> =>
        (await shop.app.api.get('/multi-factor-auth-types', { token: agent.token })).json.meta;
      await login(agent.username, 'wrong');
      expect(await granted()).toEqual({ grantExpiresAt: expect.any(String) });
      await login(agent.username);
      expect(await granted()).toBeUndefined();
      expect(await activate()).toBe('403 5901');
    });
  });

  describe('An agent’s identity', () => {
    let agent: Awaited<ReturnType<Shop['agent']>>;
    let customer: Awaited<ReturnType<Shop['customer']>>;

    beforeAll(async () => {
      [agent, customer] = await Promise.all([shop.agent(), shop.customer()]);
    });

    it('comes by either header, or by its own beside a customer’s token', async () => {
      for (const options of [
        { token: agent.token },
        named(agent.token),
        { ...named(agent.token), token: customer.token },
        { headers: { 'x-agent-authorization': `bearer  ${agent.token}` } },
      ]) {
        expect((await shop.app.api.get('/agent-customer-search', options)).status).toBe(200);
      }
    });

    it('is 401 4102 on any endpoint when the header is there but is no live agent’s token', async () => {
      const expired = signed({ ...claims(agent.token), exp: 1 });
      const backend = signed({ ...claims(agent.token), aud: 'backend' });
      const { accessToken: impersonation } = await tokensFor(agent.token, customer);
      const signedOut = await shop.agent();
      await shop.app.api.delete('/refresh-tokens/mine', { token: signedOut.token });
      const values = [customer.token, impersonation, expired, backend, signedOut.token, 'garbage', `${agent.token}x`];
      const headers = [
        ...values.map((token) => `Bearer ${token}`),
        ...['two words', `Basic ${agent.token}`, `Bearer\t${agent.token}`, `Bearer ${agent.token} more`],
      ];
      for (const header of headers) {
        const options = { headers: { 'x-agent-authorization': header } };
        expect([header, outcome(await shop.app.api.get('/agent-customer-search', options))]).toEqual([
          header,
          '401 4102',
        ]);
      }
      const options = { headers: { 'x-agent-authorization': 'two words' }, token: customer.token };
      for (const path of ['/multi-factor-auth-types', '/health']) {
        const answer = await shop.app.api.get(path, options);
        expect(errorsOf(answer)).toEqual(['401 4102 Agent access token is invalid.']);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="Access to shop API"');
      }
      expect(outcome(await shop.app.api.post('/access-tokens', {}, options))).toBe('401 4102');
    });

    it('is no identity at all with fewer than two words in the header', async () => {
      for (const header of ['', 'Bearer', agent.token]) {
        const options = { headers: { 'x-agent-authorization': header } };
        expect(errorsOf(await shop.app.api.get('/agent-customer-search', options))).toEqual([
          '401 4103 Action is available to agent user only.',
        ]);
        expect((await shop.app.api.get('/agent-customer-search', { ...options, token: agent.token })).status).toBe(200);
        expect((await shop.app.api.get('/multi-factor-auth-types', { ...options, token: customer.token })).status).toBe(
          200,
        );
      }
    });

    it('is asked for after the other checks: two identities, agent’s token, token, agent', async () => {
      const { accessToken: impersonation } = await tokensFor(agent.token, customer);
      const search = async (token?: string, agentHeader?: string, anonymous = false): Promise<string> =>
        outcome(
          await shop.app.api.get('/agent-customer-search', {
            token,
            headers: {
              ...(agentHeader && { 'x-agent-authorization': agentHeader }),
              ...(anonymous && guest().headers),
            },
          }),
        );
      expect(await search('bad', 'Bearer bad', true)).toBe('400 005');
      expect(await search('bad', 'Bearer bad')).toBe('401 4102');
      expect(await search('bad', `Bearer ${agent.token}`)).toBe('401 001');
      expect(await search('bad')).toBe('401 001');
      expect(await search()).toBe('401 4103');
      expect(await search(customer.token)).toBe('401 4103');
      expect(await search(impersonation)).toBe('401 4103');
      expect(await search(undefined, undefined, true)).toBe('401 4103');
    });

    it('alone is the caller of the endpoints that are for any account, and nobody’s where a customer is needed', async () => {
      expect((await shop.app.api.get('/multi-factor-auth-types', named(agent.token))).status).toBe(200);
      const path = `/customer-password/${customer.customerReference}`;
      expect(outcome(await shop.app.api.patch(path, {}, named(agent.token)))).toBe('403 002');
      expect(outcome(await shop.app.api.patch(path, {}, { ...named(agent.token), token: customer.token }))).toBe(
        '422 901',
      );
    });

    it('opens no resource of customers, and is asked for no code there', async () => {
      const protectedAgent = await shop.agent();
      await shop.enableMfa(protectedAgent.token, protectedAgent.username);
      for (const { token } of [agent, protectedAgent]) {
        for (const reference of [customer.customerReference, 'DE--0']) {
          const answer = await shop.app.api.patch(`/customer-password/${reference}`, {}, { token });
          expect(errorsOf(answer)).toEqual(['403 411 Unauthorized request.']);
        }
      }
    });

    it('is nobody’s by a token that stands for no account, whatever its scopes say', async () => {
      const { kind: _, ...others } = claims((await shop.agent({ isWarehouseUser: true })).token);
      const claimed = { ...others, scopes: ['agent', 'customer'] };
      expect(outcome(await impersonate(signed(claimed), customer.customerReference))).toBe('401 001');
      const sub = '3b241101-e2bb-4255-8caf-4136c566a962';
      const text = `UPDATE login_session SET warehouse_uuid = $1 WHERE id = $2`;
      await shop.app.dataSource.query(text, [sub, others['sid']]);
      const token = signed({ ...claimed, sub });
      expect(outcome(await shop.app.api.get('/agent-customer-search', { token }))).toBe('401 4103');
      expect(outcome(await shop.app.api.get('/agent-customer-search', named(token)))).toBe('401 4102');
      expect(outcome(await impersonate(token, customer.customerReference))).toBe('401 4103');
    });
  });

  describe('POST /agent-customer-impersonation-access-tokens', () => {
    it('answers tokens of the customer in a session of its own, with the agent as actor', async () => {
      const [agent, customer] = await Promise.all([shop.agent(), shop.customer()]);
      for (const options of [{ token: agent.token }, named(agent.token)]) {
        const attributes = { customerReference: ` ${customer.customerReference}\n` };
        const answer = await shop.app.api.post(IMPERSONATION, attributes, options);
        expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
        expect(answer.json.data).toEqual({
          type: 'agent-customer-impersonation-access-tokens',
          id: null,
          attributes: {
            tokenType: 'Bearer',
            expiresIn: 28800,
            accessToken: expect.stringMatching(/^ey/),
            refreshToken: expect.stringMatching(/^[0-9a-f]{96}$/),
          },
          links: { self: `${shop.app.api.url}${IMPERSONATION}` },
        });
        const issued = claims(answer.json.data.attributes.accessToken);
        expect(issued).toMatchObject({
          sub: customer.id,
          kind: 'customer',
          scopes: ['customer_impersonation', 'customer'],
          customer_reference: customer.customerReference,
          act: { sub: agent.id, kind: 'user' },
        });
        const others = [agent.token, customer.token].map((token) => claims(token)['sid']);
        expect(others).not.toContain(issued['sid']);
      }
    });

    it('answers 401 4104 for a reference that finds nobody to act for', async () => {
      const { token } = await shop.agent();
      const gone = await createCustomer(shop.app.dataSource, { anonymizedAt: new Date() });
      const unconfirmed = await createCustomer(shop.app.dataSource, { confirmed: false });
      const references = [
        ...[undefined, null, '', 'DE--0', 7, true, ['DE--1'], {}, 'nul\0', '%', 'x'.repeat(100_000)],
        ...[gone.customerReference, unconfirmed.customerReference],
      ];
      for (const reference of references) {
        expect(errorsOf(await impersonate(token, reference))).toEqual(['401 4104 Failed to impersonate a customer.']);
      }
      expect((await impersonate(token, 'DE--0')).headers.get('www-authenticate')).toContain('Bearer');
    });

    it('looks at the body after the agent', async () => {
      const { token } = await shop.agent();
      const post = async (options: object): Promise<string> =>
        outcome(await shop.app.api.call('POST', IMPERSONATION, { body: '{}', ...options }));
      expect(await post({})).toBe('401 4103');
      expect(await post({ token: (await shop.customer()).token })).toBe('401 4103');
      expect(await post({ token })).toBe('400 Post data is invalid.');
      expect(await post({ token, body: { data: { type: 'x', attributes: {} } } })).toBe('400 Invalid type.');
    });

    it('cannot be reached from within an impersonation', async () => {
      const [agent, customer] = await Promise.all([shop.agent(), shop.customer()]);
      const { accessToken } = await tokensFor(agent.token, customer);
      expect(outcome(await impersonate(accessToken, customer.customerReference))).toBe('401 4103');
    });
  });

  describe('A session in which an agent acts for a customer', () => {
    const changePassword = (customer: Customer, token: string): Promise<Answer> =>
      shop.app.api.patch(
        `/customer-password/${customer.customerReference}`,
        { password: PASSWORD, newPassword: 'Harbor-Test-02!', confirmPassword: 'Harbor-Test-02!' },
        { token },
      );
    const opened = async () => {
      const [agent, customer] = await Promise.all([shop.agent(), shop.customer()]);
      return { agent, customer, ...(await tokensFor(agent.token, customer)) };
    };

    it('is kept over refreshes, with its actor', async () => {
      const { agent, customer, accessToken, refreshToken } = await opened();
      const next = (await refresh(refreshToken)).json.data.attributes;
      expect(claims(next.accessToken)).toMatchObject({
        sid: claims(accessToken)['sid'],
        sub: customer.id,
        scopes: ['customer_impersonation', 'customer'],
        act: { sub: agent.id, kind: 'user' },
      });
      const form = await shop.app.api.form('/token', {
        grant_type: 'refresh_token',
        refresh_token: next.refreshToken,
      });
      expect(claims(form.json.access_token)['act']).toEqual({ sub: agent.id, kind: 'user' });
    });

    it.each([
      ['is deactivated', `UPDATE user_account SET status = 'inactive' WHERE id = $1`],
      ['loses the role', `UPDATE user_account SET roles = '{back-office,merchant-agent}' WHERE id = $1`],
      ['is removed', `DELETE FROM user_account WHERE id = $1`],
    ])('ends when the agent %s', async (_, statement) => {
      const { agent, customer, accessToken, refreshToken } = await opened();
      await shop.app.dataSource.query(statement, [agent.id]);
      expect(await types(accessToken)).toBe('401 001');
      expect(outcome(await changePassword(customer, accessToken))).toBe('401 001');
      expect(errorsOf(await refresh(refreshToken))).toEqual(['401 004 Failed to refresh token.']);
      expect(await types(customer.token)).toBe('200');
    });

    it('ends with the customer’s password, and when the customer is anonymised', async () => {
      const changed = await opened();
      expect((await changePassword(changed.customer, changed.customer.token)).status).toBe(204);
      const gone = await opened();
      await shop.app.dataSource.query(`UPDATE customer SET anonymized_at = now() WHERE id = $1`, [gone.customer.id]);
      for (const { agent, accessToken, refreshToken } of [changed, gone]) {
        expect(await types(accessToken)).toBe('401 001');
        expect(outcome(await refresh(refreshToken))).toBe('401 004');
        expect(await types(agent.token)).toBe('200');
      }
    });

    it('ends with the agent’s sign-out everywhere, and with the customer’s', async () => {
      const byAgent = await opened();
      expect((await shop.app.api.delete('/refresh-tokens/mine', { token: byAgent.agent.token })).status).toBe(204);
      expect(await types(byAgent.customer.token)).toBe('200');
      const byCustomer = await opened();
      expect((await shop.app.api.delete('/refresh-tokens/mine', { token: byCustomer.customer.token })).status).toBe(
        204,
      );
      expect(await types(byCustomer.agent.token)).toBe('200');
      for (const { accessToken, refreshToken } of [byAgent, byCustomer]) {
        expect(await types(accessToken)).toBe('401 001');
        expect(outcome(await refresh(refreshToken))).toBe('401 004');
      }
    });

    it('signs out the sessions of its agent for its customer, and no others', async () => {
      const { agent, customer, accessToken } = await opened();
      const [otherAgent, otherCustomer] = await Promise.all([shop.agent(), shop.customer()]);
      const ended = await tokensFor(agent.token, customer);
      const alive = [
        (await tokensFor(otherAgent.token, customer)).accessToken,
        (await tokensFor(agent.token, otherCustomer)).accessToken,
        agent.token,
        customer.token,
      ];
      expect((await shop.app.api.delete('/refresh-tokens/mine', { token: accessToken })).status).toBe(204);
      for (const token of [accessToken, ended.accessToken]) expect(await types(token)).toBe('401 001');
      for (const token of alive) expect(await types(token)).toBe('200');
    });

    it('can end by a refresh token of its own only', async () => {
      const { agent, customer, accessToken } = await opened();
      const own = await tokensFor(agent.token, customer);
      const others = await tokensFor((await shop.agent()).token, customer);
      const credentials = { username: customer.email, password: PASSWORD };
      const customers = (await shop.app.api.post('/access-tokens', credentials)).json.data.attributes;
      for (const { refreshToken } of [own, others, customers]) {
        const answer = await shop.app.api.delete(`/refresh-tokens/${refreshToken}`, { token: accessToken });
        expect(answer.status).toBe(204);
      }
      expect(await types(own.accessToken)).toBe('401 001');
      for (const one of [others, customers]) expect(await types(one.accessToken)).toBe('200');
    });

    it('ends with the session of the agent that opened it, and with no other', async () => {
      const { username, token } = await shop.agent();
      const { customer, accessToken, refreshToken } = await opened();
      const loggedIn = await shop.app.api.post('/agent-access-tokens', { username, password: PASSWORD });
      const session = loggedIn.json.data.attributes as { accessToken: string; refreshToken: string };
      const manager = await tokensFor(session.accessToken, customer);
      const beside = await tokensFor(token, customer);
      await shop.app.api.delete(`/refresh-tokens/${session.refreshToken}`, { token: session.accessToken });
      expect(await types(manager.accessToken)).toBe('401 001');
      expect(outcome(await refresh(manager.refreshToken))).toBe('401 004');
      for (const other of [beside.accessToken, accessToken]) expect(await types(other)).toBe('200');
      expect((await refresh(refreshToken)).status).toBe(201);
    });

    it('ends when a refresh token of it is used twice', async () => {
      const { accessToken, refreshToken, agent } = await opened();
      await refresh(refreshToken);
      expect(outcome(await refresh(refreshToken))).toBe('401 004');
      expect(await types(accessToken)).toBe('401 001');
      expect(await types(agent.token)).toBe('200');
    });

    it('goes on as a company user with its actor', async () => {
      const { agent, customer, accessToken } = await opened();
      const uuid = '0fbf1ccc-dca1-54e6-8f57-5ee43b0c0ab2';
      await shop.app.dataSource.query(
        `INSERT INTO company_user (uuid, customer_id, company_name) VALUES ($1, $2, 'Harbor Supply GmbH')`,
        [uuid, customer.id],
      );
      const answer = await shop.app.api.post(
        '/company-user-access-tokens',
        { idCompanyUser: uuid },
        { token: accessToken },
      );
      expect(claims(answer.json.data.attributes.accessToken)).toMatchObject({
        sid: claims(accessToken)['sid'],
        act: { sub: agent.id, kind: 'user' },
        id_company_user: uuid,
        scopes: ['customer_impersonation', 'customer'],
      });
    });

    it('is opened by a token that says what its session says, and by no other', async () => {
      const { customer, agent, accessToken } = await opened();
      const other = await shop.agent();
      const ofAgent = claims(accessToken);
      const ofCustomer = claims(customer.token);
      const { act: _, ...withoutActor } = ofAgent;
      const forged = [
        withoutActor,
        { ...ofAgent, act: { sub: other.id, kind: 'user' } },
        { ...ofAgent, act: { sub: agent.id, kind: 'customer' } },
        { ...ofAgent, act: { sub: Number(agent.id), kind: 'user' } },
        { ...ofAgent, act: { sub: agent.id } },
        { ...ofAgent, act: agent.id },
        { ...ofAgent, act: null },
        { ...ofAgent, sub: (await shop.customer()).id },
        { ...ofAgent, kind: 'user' },
        { ...ofAgent, sid: ofCustomer['sid'] },
        { ...ofAgent, sid: claims(agent.token)['sid'] },
        { ...ofAgent, sub: agent.id, kind: 'user' },
        { ...ofCustomer, act: { sub: agent.id, kind: 'user' } },
        { ...ofCustomer, act: {} },
        { ...ofCustomer, act: null },
        { ...ofCustomer, sid: ofAgent['sid'] },
        { ...claims(agent.token), act: { sub: agent.id, kind: 'user' } },
      ];
      for (const payload of forged) {
        expect([payload, await types(signed(payload))]).toEqual([payload, '401 001']);
      }
      for (const payload of [ofAgent, ofCustomer]) expect(await types(signed(payload))).toBe('200');
    });

    it('voids nothing when it is opened: neither the agent’s codes and grants nor the customer’s', async () => {
      const [agent, customer] = await Promise.all([shop.agent(), shop.customer()]);
      await shop.enableMfa(agent.token, agent.username);
      await shop.enableMfa(customer.token, customer.email);
      for (const { token } of [agent, customer]) {
        await shop.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token });
      }
      await tokensFor(agent.token, customer);
      for (const [token, email] of [
        [agent.token, agent.username],
        [customer.token, customer.email],
      ] as const) {
        const code = mailedCode(shop.app.mailbox, email);
        const { meta } = (await shop.app.api.get('/multi-factor-auth-types', { token })).json;
        expect(meta).toEqual({ grantExpiresAt: expect.any(String) });
        const answer = await shop.app.api.post(
          '/multi-factor-auth-type-deactivate',
          { type: 'email' },
          { token, code },
        );
        expect(outcome(answer)).toBe('204');
      }
    });

    it('leaves none behind that was being opened while its agent signed out', async () => {
      const [agent, customer] = await Promise.all([shop.agent(), shop.customer()]);
      const blocker = shop.app.dataSource.createQueryRunner();
      const waiting = async (): Promise<number> => {
        const [{ count }] = await shop.app.dataSource.query(
          `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return count as number;
      };
      await blocker.startTransaction();
      await blocker.query('SELECT FROM customer WHERE id = $1 FOR UPDATE', [customer.id]);
      const opening = impersonate(agent.token, customer.customerReference);
      await expect.poll(waiting).toBe(1);
      let signedOut = false;
      const signOut = shop.app.api.delete('/refresh-tokens/mine', { token: agent.token }).finally(() => {
        signedOut = true;
      });
      await expect.poll(async () => signedOut || (await waiting()) === 2).toBe(true);
      await blocker.commitTransaction();
      await blocker.release();
      expect((await signOut).status).toBe(204);
      expect((await opening).status).toBe(201);
      expect(await types((await opening).json.data.attributes.accessToken)).toBe('401 001');
    });

    it('is not opened by an agent whose session ended meanwhile', async () => {
      const [agent, customer] = await Promise.all([shop.agent(), shop.customer()]);
      const other = await shop.app.anotherInstance();
      const attributes = { customerReference: customer.customerReference };
      const [signOut, ...answers] = await Promise.all([
        shop.app.api.delete('/refresh-tokens/mine', { token: agent.token }),
        ...Array.from({ length: 12 }, () => other.post(IMPERSONATION, attributes, { token: agent.token })),
      ]);
      expect(signOut.status).toBe(204);
      for (const answer of answers) {
        expect(['201', '401 001', '401 4104']).toContain(outcome(answer));
        if (answer.status === 201) expect(await types(answer.json.data.attributes.accessToken)).toBe('401 001');
      }
    });
  });
});

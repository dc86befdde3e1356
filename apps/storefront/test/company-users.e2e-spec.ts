import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompanyUser, type Customer } from '#auth';
import { createCustomer, mailedCode, outcome, PASSWORD, type Answer } from '#testing';
import { errorsOf, Shop, type LoggedIn } from './shop.js';

describe('POST /company-user-access-tokens', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  const companyUser = async ({ id }: Customer, overrides: Partial<CompanyUser> = {}): Promise<string> => {
    const uuid = randomUUID();
    const all = shop.app.dataSource.getRepository(CompanyUser);
    await all.insert({ uuid, customerId: id, companyName: 'Harbor Supply GmbH', ...overrides });
    return uuid;
  };
  const choose = (token: string | undefined, idCompanyUser: unknown): Promise<Answer> =>
    shop.app.api.post('/company-user-access-tokens', { idCompanyUser }, { token });
  const refresh = (refreshToken: string): Promise<Answer> => shop.app.api.post('/refresh-tokens', { refreshToken });
  const claims = (token: string): jwt.JwtPayload => jwt.decode(token) as jwt.JwtPayload;
  const types = async (token: string): Promise<string> =>
    outcome(await shop.app.api.get('/multi-factor-auth-types', { token }));
  const changePassword = (customer: Customer, token: string, code?: string): Promise<Answer> =>
    shop.app.api.patch(
      `/customer-password/${customer.customerReference}`,
      { password: 'not it', newPassword: 'Harbor-Test-02!', confirmPassword: 'Harbor-Test-02!' },
      { token, code },
    );
  const withTwo = async (): Promise<{ customer: LoggedIn; first: string; second: string }> => {
    const customer = await shop.customer();
    return { customer, first: await companyUser(customer), second: await companyUser(customer) };
  };

  it('answers tokens of the company user in the same session', async () => {
    const { customer, second } = await withTwo();
    const answer = await choose(customer.token, second);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(answer.json).toEqual({
      data: {
        type: 'company-user-access-tokens',
        id: null,
        attributes: {
          tokenType: 'Bearer',
          expiresIn: 28800,
          accessToken: expect.stringMatching(/^ey/),
          refreshToken: expect.stringMatching(/^[0-9a-f]{96}$/),
        },
        links: { self: `${shop.app.api.url}/company-user-access-tokens` },
      },
    });
    const issued = claims(answer.json.data.attributes.accessToken);
    const { sid, sub, customer_reference } = claims(customer.token);
    expect(issued).toMatchObject({ sid, sub, customer_reference, id_company_user: second, scopes: ['customer'] });
    expect(issued).not.toHaveProperty('act');
  });

  it('finds the company user whatever the case of the uuid', async () => {
    const { customer, first } = await withTwo();
    const { json } = await choose(customer.token, first.toUpperCase());
    expect(claims(json.data.attributes.accessToken)['id_company_user']).toBe(first);
  });

  it.each([
    [{}, '422 901 idCompanyUser => This field is missing.'],
    [{ idCompanyUser: null }, '422 901 idCompanyUser => This value should not be blank.'],
    [{ idCompanyUser: '' }, '422 901 idCompanyUser => This value should not be blank.'],
    [{ idCompanyUser: 'no uuid' }, '422 901 idCompanyUser => This is not a valid UUID.'],
    [{ idCompanyUser: 7 }, '422 901 idCompanyUser => This is not a valid UUID.'],
    [{ idCompanyUser: [randomUUID()] }, '422 901 idCompanyUser => This is not a valid UUID.'],
    [{ idCompanyUser: { __proto__: null } }, '422 901 idCompanyUser => This is not a valid UUID.'],
    [{ idCompanyUser: `${randomUUID()}\0` }, '422 901 idCompanyUser => This is not a valid UUID.'],
  ])('answers %j with 422', async (attributes, error) => {
    const { token } = await shop.customer();
    expect(errorsOf(await shop.app.api.post('/company-user-access-tokens', attributes, { token }))).toEqual([error]);
  });

  it('refuses a company user that is unknown, inactive or somebody else’s in one voice', async () => {
    const { customer } = await withTwo();
    const { first: foreign } = await withTwo();
    const inactive = await companyUser(customer, { isActive: false });
    for (const uuid of [randomUUID(), inactive, foreign]) {
      const answer = await choose(customer.token, uuid);
      expect(errorsOf(answer)).toEqual(['401 003 Failed to authenticate user.']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="Access to shop API"');
    }
  });

  it('needs a customer’s token, before it looks at the body', async () => {
    const agent = await shop.agent();
    const post = async (token?: string): Promise<string> =>
      outcome(await shop.app.api.call('POST', '/company-user-access-tokens', { token, body: '{}' }));
    expect(await post()).toBe('403 002');
    expect(await post('x')).toBe('401 001');
    expect(await post(agent.token)).toBe('403 411');
    expect(await post((await shop.customer()).token)).toBe('400 Post data is invalid.');
  });

  it('keeps the company user over refreshes, and the default one with the other token', async () => {
    const customer = await createCustomer(shop.app.dataSource);
    const standard = await companyUser(customer, { isDefault: true });
    const other = await companyUser(customer);
    const credentials = { username: customer.email, password: PASSWORD };
    const login = (await shop.app.api.post('/access-tokens', credentials)).json.data.attributes;
    let { refreshToken } = (await choose(login.accessToken, ` ${other}\n`)).json.data.attributes;
    for (let round = 0; round < 2; round += 1) {
      const { json } = await refresh(refreshToken);
      expect(json.data.attributes.idCompanyUser).toBe(other);
      expect(claims(json.data.attributes.accessToken)).toMatchObject({
        id_company_user: other,
        sid: claims(login.accessToken)['sid'],
      });
      ({ refreshToken } = json.data.attributes);
    }
    const { json } = await refresh(login.refreshToken);
    expect(json.data.attributes.idCompanyUser).toBe(standard);
  });

  it('refreshes no token of a company user that was deactivated or removed meanwhile', async () => {
    for (const change of ['UPDATE company_user SET is_active = false', 'DELETE FROM company_user']) {
      const { customer, first, second } = await withTwo();
      const chosen = (await choose(customer.token, first)).json.data.attributes.refreshToken;
      const kept = (await choose(customer.token, second)).json.data.attributes.refreshToken;
      await shop.app.dataSource.query(`${change} WHERE uuid = $1`, [first]);
      expect(errorsOf(await refresh(chosen))).toEqual(['401 004 Failed to refresh token.']);
      expect((await refresh(kept)).status).toBe(201);
    }
  });

  it('ends the whole session when a refresh token of it is used twice', async () => {
    const { customer, first } = await withTwo();
    const { refreshToken } = (await choose(customer.token, first)).json.data.attributes;
    await refresh(refreshToken);
    expect(outcome(await refresh(refreshToken))).toBe('401 004');
    expect(await types(customer.token)).toBe('401 001');
  });

  it('ends with the customer’s sign-out', async () => {
    const { customer, first } = await withTwo();
    const { accessToken, refreshToken } = (await choose(customer.token, first)).json.data.attributes;
    expect((await shop.app.api.delete('/refresh-tokens/mine', { token: customer.token })).status).toBe(204);
    expect(await types(accessToken)).toBe('401 001');
    expect(outcome(await refresh(refreshToken))).toBe('401 004');
    expect(outcome(await choose(customer.token, first))).toBe('401 001');
  });

  it('voids neither code nor grant, and the second factor is the customer’s', async () => {
    const { customer, first } = await withTwo();
    const granted = await shop.enableMfa(customer.token, customer.email);
    const { accessToken } = (await choose(customer.token, first)).json.data.attributes;
    expect(outcome(await changePassword(customer, accessToken))).toBe('403 5900');
    expect(outcome(await changePassword(customer, accessToken, granted))).toBe('400 408');
    await shop.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token: customer.token });
    const sent = mailedCode(shop.app.mailbox, customer.email);
    const again = (await choose(customer.token, first)).json.data.attributes.accessToken;
    expect(outcome(await changePassword(customer, again, sent))).toBe('400 408');
  });

  it('gives no tokens for a session that ends at the very same moment', async () => {
    const other = await shop.app.anotherInstance();
    for (let round = 0; round < 5; round += 1) {
      const { customer, first } = await withTwo();
      const [, ...answers] = await Promise.all([
        other.delete('/refresh-tokens/mine', { token: customer.token }),
        ...Array.from({ length: 6 }, () => choose(customer.token, first)),
      ]);
      for (const { json } of answers.filter(({ status }) => status === 201)) {
        expect(await types(json.data.attributes.accessToken)).toBe('401 001');
        expect(outcome(await refresh(json.data.attributes.refreshToken))).toBe('401 004');
      }
    }
  });
});

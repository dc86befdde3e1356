import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CompanyUser, type Customer } from '#auth';
import { createCustomer, mailedCode, outcome, PASSWORD, type Answer, type ApiClient } from '#testing';
import { Shop } from './shop.js';

const LIMIT = 3;

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

describe('The live sessions of an account', () => {
  let shop: Shop;
  let other: ApiClient;
  let customer: Customer;

  beforeAll(async () => {
    shop = await Shop.open({ ACCOUNT_SESSION_LIMIT: String(LIMIT) });
    other = await shop.app.anotherInstance();
  });
  afterAll(() => shop.app.stop());
  beforeEach(async () => {
    customer = await createCustomer(shop.app.dataSource);
  });

  const tokensOf = ({ json }: Answer): Tokens => json.data.attributes as Tokens;
  const login = async (api = shop.app.api): Promise<Tokens> => {
    const answer = await api.post('/access-tokens', { username: customer.email, password: PASSWORD });
    expect(outcome(answer)).toBe('201');
    return tokensOf(answer);
  };
  const byForm = async (): Promise<Tokens> => {
    const form = { grant_type: 'password', username: customer.email, password: PASSWORD };
    const { json } = await shop.app.api.form('/token', form);
    return { accessToken: json.access_token, refreshToken: json.refresh_token };
  };
  /** Opens sessions one after the other, the oldest first. */
  const inTurn = async <T>(count: number, open: () => Promise<T>): Promise<T[]> => {
    const opened: T[] = [];
    for (let n = 0; n < count; n += 1) {
      opened.push(await open());
      shop.app.clock.advance(1);
    }
    return opened;
  };
  const reaches = ({ accessToken }: Tokens): Promise<string> =>
    shop.app.api.get('/multi-factor-auth-types', { token: accessToken }).then(outcome);
  const refresh = ({ refreshToken }: Tokens): Promise<string> =>
    shop.app.api.post('/refresh-tokens', { refreshToken }).then(outcome);
  const all = (tokens: readonly Tokens[], ask: (one: Tokens) => Promise<string>) => Promise.all(tokens.map(ask));
  const sessions = async (): Promise<number> =>
    (await shop.app.dataSource.query(`SELECT FROM login_session WHERE account_id = $1`, [customer.id])).length;

  it.each([
    ['POST /access-tokens', login],
    ['POST /token', byForm],
  ])('are so many: one more by %s ends the oldest', async (_route, open) => {
    const opened = await inTurn(LIMIT + 2, open);
    expect(await all(opened, reaches)).toEqual(['401 001', '401 001', '200', '200', '200']);
    expect(await all(opened, refresh)).toEqual(['401 004', '401 004', '201', '201', '201']);
  });

  it('are so many when twelve logins come at once over two instances', async () => {
    const before = await inTurn(LIMIT, login);
    const opened = await Promise.all(Array.from({ length: 12 }, (_, n) => login(n % 2 ? other : shop.app.api)));
    expect(await all(before, reaches)).toEqual(Array(LIMIT).fill('401 001'));
    expect((await all(opened, reaches)).filter((one) => one === '200')).toHaveLength(LIMIT);
  });

  it('leave no rows behind, however many there were', async () => {
    await inTurn(12, login);
    expect(await sessions()).toBeLessThanOrEqual(LIMIT + 1);
  });

  it('end with their codes and grants', async () => {
    const agent = await shop.agent();
    const code = await shop.enableMfa(agent.token, agent.username);
    shop.app.clock.advance(60);
    const act = async (): Promise<Tokens> => {
      const attributes = { customerReference: customer.customerReference };
      const path = '/agent-customer-impersonation-access-tokens';
      return tokensOf(await shop.app.api.post(path, attributes, { token: agent.token }));
    };
    const [first] = await inTurn(1, act);
    await shop.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token: first!.accessToken });
    expect(mailedCode(shop.app.mailbox, agent.username)).not.toBe(code);
    const codes = async (): Promise<unknown[]> =>
      shop.app.dataSource.query(`SELECT FROM mfa_code WHERE account_id = $1`, [agent.id]);
    expect(await codes()).toHaveLength(1);
    await inTurn(LIMIT, act);
    expect(await codes()).toEqual([]);
    const grants = await shop.app.dataSource.query(`SELECT FROM mfa_grant WHERE account_id = $1`, [agent.id]);
    expect(grants).toHaveLength(1);
  });

  it('in which an agent acts for customers end none of the agent’s own, nor one of the customer', async () => {
    const own = await login();
    const agent = await shop.agent();
    shop.app.clock.advance(1);
    const act = async ({ customerReference }: Customer): Promise<Tokens> => {
      const path = '/agent-customer-impersonation-access-tokens';
      return tokensOf(await shop.app.api.post(path, { customerReference }, { token: agent.token }));
    };
    const acting = await inTurn(LIMIT + 2, async () => act(await createCustomer(shop.app.dataSource)));
    expect(await all(acting, reaches)).toEqual(['401 001', '401 001', '200', '200', '200']);
    expect(await all(acting, refresh)).toEqual(['401 004', '401 004', '201', '201', '201']);
    expect([await reaches(own), await reaches({ accessToken: agent.token, refreshToken: '' })]).toEqual(['200', '200']);
    const rows = await shop.app.dataSource.query(`SELECT FROM login_session WHERE agent_id = $1`, [agent.id]);
    expect(rows.length).toBeLessThanOrEqual(LIMIT + 1);
    const forCustomer = await inTurn(LIMIT, () => act(customer));
    await login();
    expect(await all([own, ...forCustomer], reaches)).toEqual(Array(LIMIT + 1).fill('200'));
  });

  it('of an agent are so many: one more login ends the oldest, with those for customers', async () => {
    const agent = await shop.agent();
    const { customerReference } = customer;
    const path = '/agent-customer-impersonation-access-tokens';
    const acting = tokensOf(await shop.app.api.post(path, { customerReference }, { token: agent.token }));
    shop.app.clock.advance(1);
    const opened = await inTurn(LIMIT, async () => {
      const attributes = { username: agent.username, password: PASSWORD };
      return tokensOf(await shop.app.api.post('/agent-access-tokens', attributes));
    });
    expect(await all(opened, reaches)).toEqual(['200', '200', '200']);
    expect(await reaches({ accessToken: agent.token, refreshToken: '' })).toBe('401 001');
    expect([await reaches(acting), await refresh(acting)]).toEqual(['401 001', '401 004']);
  });

  it('have so many refresh tokens for company users: one more ends the oldest, and never the one of the login', async () => {
    const uuid = randomUUID();
    const company = { uuid, customerId: customer.id, companyName: 'Harbor Supply GmbH' };
    await shop.app.dataSource.getRepository(CompanyUser).insert(company);
    const own = await login();
    const choose = async (): Promise<Tokens> => {
      const options = { token: own.accessToken };
      return tokensOf(await shop.app.api.post('/company-user-access-tokens', { idCompanyUser: uuid }, options));
    };
    const chosen = await inTurn(LIMIT + 2, choose);
    expect(await all(chosen, refresh)).toEqual(['401 004', '401 004', '201', '201', '201']);
    shop.app.clock.advance(1);
    const atOnce = await Promise.all(Array.from({ length: 12 }, choose));
    expect((await all(atOnce, refresh)).filter((one) => one === '201')).toHaveLength(LIMIT);
    expect(await refresh(own)).toBe('201');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailedCode, outcome, PASSWORD, wrongCode, type Answer } from '#testing';
import { Shop, type LoggedIn } from './shop.js';

/** What a protected write answers that passed the second factor: its empty document is looked at. */
const PASSED = '422 901';

type Agent = Awaited<ReturnType<Shop['agent']>>;

interface Pair {
  readonly agent: Agent;
  readonly customer: LoggedIn;
  /** Of the session in which the agent acts for the customer. */
  readonly acting: string;
  readonly refreshToken: string;
}

describe('Rule 9: an agent who acts for a customer', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  const impersonate = async (token: string, { customerReference }: LoggedIn) =>
    (await shop.app.api.post('/agent-customer-impersonation-access-tokens', { customerReference }, { token })).json.data
      .attributes as { accessToken: string; refreshToken: string };
  const pair = async ({ agentMfa = false, customerMfa = false } = {}): Promise<Pair> => {
    const [agent, customer] = await Promise.all([shop.agent(), shop.customer()]);
    if (agentMfa) await shop.enableMfa(agent.token, agent.username);
    if (customerMfa) await shop.enableMfa(customer.token, customer.email);
    const { accessToken, refreshToken } = await impersonate(agent.token, customer);
    return { agent, customer, acting: accessToken, refreshToken };
  };
  const write = async ({ customer }: Pair, token: string, code?: string): Promise<string> =>
    outcome(await shop.app.api.patch(`/customer-password/${customer.customerReference}`, {}, { token, code }));
  const endpoint = async (name: string, token: string, code?: string): Promise<string> =>
    outcome(await shop.app.api.post(`/multi-factor-auth-${name}`, { type: 'email' }, { token, code }));
  const types = (token: string): Promise<Answer> => shop.app.api.get('/multi-factor-auth-types', { token });
  const status = async (token: string): Promise<number> =>
    (await types(token)).json.data[0].attributes.status as number;
  const sendTo = async (token: string, email: string): Promise<string> => {
    expect(await endpoint('trigger', token)).toBe('204');
    return mailedCode(shop.app.mailbox, email);
  };
  const mailsTo = (email: string): number => shop.app.mailbox.mails.filter(({ to }) => to.includes(email)).length;
  const counters = async (kind: string, id: string): Promise<unknown> =>
    (
      await shop.app.dataSource.query(
        `SELECT miss_count::int AS misses, failure_count AS failures, locked_until AS "lockedUntil", sends_until AS "sendsUntil"
         FROM mfa_account WHERE account_kind = $1 AND account_id = $2`,
        [kind, id],
      )
    )[0];

  /** The protected writes of customers, each with a path of this customer. */
  const protectedWrites = ({ customerReference }: LoggedIn): [string, string][] => [
    ['PATCH', `/customer-password/${customerReference}`],
    ['PATCH', `/customers/${customerReference}`],
    ['DELETE', `/customers/${customerReference}`],
    ['POST', `/customers/${customerReference}/addresses`],
    ['PATCH', `/customers/${customerReference}/addresses/0fbf1ccc-dca1-54e6-8f57-5ee43b0c0ab2`],
    ['POST', '/carts'],
    ['DELETE', '/carts/0fbf1ccc-dca1-54e6-8f57-5ee43b0c0ab2'],
    ['POST', '/checkout'],
    ['POST', '/order-payments'],
  ];

  describe('where neither has a second factor', () => {
    it('passes without a code, and with any', async () => {
      const both = await pair();
      expect(await write(both, both.acting)).toBe(PASSED);
      expect(await write(both, both.acting, '123456')).toBe(PASSED);
    });

    it('passes while either set-up is in progress only', async () => {
      const both = await pair();
      expect(await endpoint('type-activate', both.customer.token)).toBe('204');
      expect(await endpoint('type-activate', both.acting)).toBe('204');
      expect(await write(both, both.acting)).toBe(PASSED);
    });

    it('changes what it says', async () => {
      const { customer, acting } = await pair();
      const attributes = { password: PASSWORD, newPassword: 'Harbor-Test-02!', confirmPassword: 'Harbor-Test-02!' };
      const path = `/customer-password/${customer.customerReference}`;
      expect(outcome(await shop.app.api.patch(path, attributes, { token: acting }))).toBe('204');
      expect(await shop.login(customer.email, 'Harbor-Test-02!')).toBeDefined();
    });
  });

  describe('where the customer has a second factor and the agent has none', () => {
    it('answers 5913 to every protected write, with and without a code', async () => {
      const { customer, acting } = await pair({ customerMfa: true });
      const code = await sendTo(customer.token, customer.email);
      for (const [method, path] of protectedWrites(customer)) {
        for (const given of [undefined, '123456', code]) {
          const body = { data: {} };
          const answer = await shop.app.api.call(method, path, { token: acting, code: given, body });
          expect([method, path, outcome(answer)]).toEqual([method, path, '403 5913']);
        }
      }
      expect(await endpoint('type-deactivate', customer.token, code)).toBe('204');
    });

    it('lets reads and unprotected writes pass', async () => {
      const { customer, acting } = await pair({ customerMfa: true });
      for (const path of [
        '/multi-factor-auth-types',
        '/customers',
        `/customers/${customer.customerReference}/addresses`,
        '/carts',
      ]) {
        expect([path, (await shop.app.api.get(path, { token: acting })).status]).toEqual([path, 200]);
      }
      const attributes = { idCompanyUser: '0fbf1ccc-dca1-54e6-8f57-5ee43b0c0ab2' };
      const answer = await shop.app.api.post('/company-user-access-tokens', attributes, { token: acting });
      expect(outcome(answer)).toBe('401 003');
    });

    it('still answers 5913 while the agent’s own set-up is in progress, and asks for the agent’s code after it', async () => {
      const both = await pair({ customerMfa: true });
      const { agent, acting } = both;
      expect(await endpoint('type-activate', acting)).toBe('204');
      expect(await write(both, acting)).toBe('403 5913');
      const code = mailedCode(shop.app.mailbox, agent.username);
      expect(await write(both, acting, code)).toBe('403 5913');
      expect(await endpoint('type-verify', acting, code)).toBe('204');
      expect(await write(both, acting)).toBe('403 5900');
      expect(await write(both, acting, code)).toBe(PASSED);
    });

    it('answers 5913 from the moment that the customer’s factor is active, and passes when it is gone', async () => {
      const both = await pair();
      expect(await write(both, both.acting)).toBe(PASSED);
      const code = await shop.enableMfa(both.customer.token, both.customer.email);
      expect(await write(both, both.acting)).toBe('403 5913');
      expect(await endpoint('type-deactivate', both.customer.token, code)).toBe('204');
      expect(await write(both, both.acting)).toBe(PASSED);
    });

    it('asks the customer, in a session of their own, for the customer’s code as ever', async () => {
      const both = await pair({ customerMfa: true });
      const code = await sendTo(both.customer.token, both.customer.email);
      expect(await write(both, both.customer.token)).toBe('403 5900');
      expect(await write(both, both.customer.token, code)).toBe(PASSED);
    });
  });

  describe.each([false, true])('where the agent has a second factor (and the customer: %s)', (customerMfa) => {
    let both: Pair;

    beforeAll(async () => {
      both = await pair({ agentMfa: true, customerMfa });
    });

    it('asks for a code at every protected write', async () => {
      const { customer, acting } = both;
      for (const [method, path] of protectedWrites(customer)) {
        const answer = await shop.app.api.call(method, path, { token: acting, body: { data: {} } });
        expect([method, path, outcome(answer)]).toEqual([method, path, '403 5900']);
      }
    });

    it('mails the code to the agent, not to the customer, and takes it in this session', async () => {
      const { agent, customer, acting } = both;
      const before = mailsTo(customer.email);
      const code = await sendTo(acting, agent.username);
      expect(mailsTo(customer.email)).toBe(before);
      expect(await write(both, acting, wrongCode(code))).toBe('403 5901');
      expect(await write(both, acting, code)).toBe(PASSED);
      expect(await write(both, acting, code)).toBe(PASSED);
      expect((await types(acting)).json.meta).toEqual({ grantExpiresAt: expect.any(String) });
    });
  });

  describe('Codes', () => {
    it('of the agent’s own session are worth nothing here, and the other way round', async () => {
      const both = await pair({ agentMfa: true });
      const { agent, acting } = both;
      const own = await sendTo(agent.token, agent.username);
      expect(await write(both, acting, own)).toBe('403 5901');
      const here = await sendTo(acting, agent.username);
      expect(await endpoint('type-deactivate', agent.token, here)).toBe('403 5901');
      expect(await write(both, acting, here)).toBe(PASSED);
      expect(await endpoint('type-deactivate', agent.token, here)).toBe('403 5901');
    });

    it('of another session for the same customer, or for another one, are worth nothing here', async () => {
      const both = await pair({ agentMfa: true });
      const { agent, customer, acting } = both;
      const again = (await impersonate(agent.token, customer)).accessToken;
      const forOther = (await impersonate(agent.token, await shop.customer())).accessToken;
      const code = await sendTo(acting, agent.username);
      for (const token of [again, forOther]) expect(await write(both, token, code)).not.toBe(PASSED);
      expect(await write(both, again, code)).toBe('403 5901');
      shop.app.clock.advance(60);
      const next = await sendTo(again, agent.username);
      expect(await write(both, again, next)).toBe(PASSED);
      expect(await write(both, acting, next)).toBe('403 5901');
    });

    it('of the customer are worth nothing here, nor is the customer’s grant', async () => {
      const both = await pair({ agentMfa: true, customerMfa: true });
      const { customer, acting } = both;
      const unused = await sendTo(customer.token, customer.email);
      expect(await write(both, acting, unused)).toBe('403 5901');
      expect(await write(both, customer.token, unused)).toBe(PASSED);
      expect(await write(both, acting, unused)).toBe('403 5901');
    });

    it('of the agent are worth nothing in the customer’s own session', async () => {
      const both = await pair({ agentMfa: true, customerMfa: true });
      const code = await sendTo(both.acting, both.agent.username);
      expect(await write(both, both.customer.token, code)).toBe('403 5901');
      expect(await write(both, both.acting, code)).toBe(PASSED);
    });

    it('are voided by a login of the agent, and not by one of the customer or by another impersonation', async () => {
      const both = await pair({ agentMfa: true, customerMfa: true });
      const { agent, customer, acting } = both;
      const code = await sendTo(acting, agent.username);
      await shop.login(customer.email);
      await impersonate(agent.token, customer);
      await impersonate((await shop.agent()).token, customer);
      expect(await write(both, acting, code)).toBe(PASSED);
      await shop.app.api.post('/agent-access-tokens', { username: agent.username, password: PASSWORD });
      expect(await write(both, acting, code)).toBe('403 5901');
    });

    it('and their grant are kept over a refresh, and end with the session', async () => {
      const both = await pair({ agentMfa: true });
      const { agent, acting, refreshToken } = both;
      const code = await sendTo(acting, agent.username);
      const next = (await shop.app.api.post('/refresh-tokens', { refreshToken })).json.data.attributes;
      expect(await write(both, next.accessToken, code)).toBe(PASSED);
      expect(await write(both, acting, code)).toBe(PASSED);
      expect(outcome(await shop.app.api.delete('/refresh-tokens/mine', { token: next.accessToken }))).toBe('204');
      const rows = await shop.app.dataSource.query(
        `SELECT session_id FROM mfa_grant WHERE account_id = $1 AND session_id <> $2`,
        [agent.id, JSON.parse(Buffer.from(agent.token.split('.')[1]!, 'base64url').toString()).sid],
      );
      expect(rows).toEqual([]);
      expect((await types(agent.token)).json.meta).toEqual({ grantExpiresAt: expect.any(String) });
    });

    it('live ten minutes, and their grant thirty', async () => {
      const both = await pair({ agentMfa: true });
      const late = await sendTo(both.acting, both.agent.username);
      shop.app.clock.advance(600);
      expect(await write(both, both.acting, late)).toBe('403 5901');
      const code = await sendTo(both.acting, both.agent.username);
      expect(await write(both, both.acting, code)).toBe(PASSED);
      shop.app.clock.advance(1799);
      expect(await write(both, both.acting, code)).toBe(PASSED);
      shop.app.clock.advance(1);
      expect(await write(both, both.acting, code)).toBe('403 5901');
    });
  });

  describe('Counters', () => {
    it('are the agent’s: wrong codes void the codes of all sessions of the agent, and none of the customer', async () => {
      const both = await pair({ agentMfa: true, customerMfa: true });
      const { agent, customer, acting } = both;
      const customers = await sendTo(customer.token, customer.email);
      const before = await counters('customer', customer.id);
      const own = await sendTo(agent.token, agent.username);
      for (let n = 0; n < 3; n += 1) expect(await write(both, acting, wrongCode(own))).toBe('403 5901');
      expect(await endpoint('type-deactivate', agent.token, own)).toBe('403 5901');
      expect(await counters('customer', customer.id)).toEqual(before);
      expect(await counters('user', agent.id)).toMatchObject({ misses: 4, failures: 4 });
      expect(await write(both, customer.token, customers)).toBe(PASSED);
    });

    it('lock the agent in every session with the tenth miss, and not the customer', async () => {
      const both = await pair({ agentMfa: true, customerMfa: true });
      const { agent, customer, acting } = both;
      const other = (await impersonate(agent.token, await shop.customer())).accessToken;
      for (let n = 0; n < 10; n += 1) expect(await write(both, acting, 'never issued')).toBe('403 5901');
      expect(await write(both, acting, 'x')).toBe('429 5911');
      expect(await write(both, acting)).toBe('403 5900');
      for (const token of [acting, agent.token, other]) {
        expect(await endpoint('trigger', token)).toBe('429 5911');
        expect(await endpoint('type-deactivate', token, '123456')).toBe('429 5911');
      }
      const code = await sendTo(customer.token, customer.email);
      expect(await write(both, customer.token, code)).toBe(PASSED);
      shop.app.clock.advance(1800);
      expect(await write(both, acting, await sendTo(acting, agent.username))).toBe(PASSED);
    });

    it('are not the customer’s to exhaust: a customer who is locked locks no agent', async () => {
      const both = await pair({ agentMfa: true, customerMfa: true });
      for (let n = 0; n < 10; n += 1) await write(both, both.customer.token, 'x');
      expect(await write(both, both.customer.token, 'x')).toBe('429 5911');
      expect(await write(both, both.acting, await sendTo(both.acting, both.agent.username))).toBe(PASSED);
    });

    it('count the sends of all sessions of the agent together, and none for the customer', async () => {
      const { agent, customer, acting } = await pair({ agentMfa: true, customerMfa: true });
      const tokens = [acting, agent.token, (await impersonate(agent.token, customer)).accessToken];
      for (let n = 0; n < 4; n += 1) expect(await endpoint('trigger', tokens[n % 3]!)).toBe('204');
      for (const token of tokens) expect(await endpoint('trigger', token)).toBe('429 5912');
      expect(await endpoint('trigger', customer.token)).toBe('204');
    });

    it('hold for parallel guesses from several sessions and instances', async () => {
      const both = await pair({ agentMfa: true });
      const { agent, acting } = both;
      const other = await shop.app.anotherInstance();
      const again = (await impersonate(agent.token, both.customer)).accessToken;
      const path = `/customer-password/${both.customer.customerReference}`;
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, n) =>
          (n % 2 ? other : shop.app.api).patch(path, {}, { token: n % 3 ? acting : again, code: `guess ${n}` }),
        ),
      );
      const results = answers.map(outcome);
      expect(results.filter((result) => result === '403 5901')).toHaveLength(10);
      expect(results.filter((result) => result === '429 5911')).toHaveLength(20);
      expect(await counters('user', agent.id)).toMatchObject({ misses: 10, failures: 10 });
    });
  });

  describe('The five endpoints', () => {
    it('show and change the factors of the agent, seen in every session of theirs', async () => {
      const { agent, customer, acting } = await pair();
      const other = (await impersonate(agent.token, await shop.customer())).accessToken;
      const all = async (): Promise<number[]> => Promise.all([acting, agent.token, other, customer.token].map(status));
      expect(await endpoint('type-activate', acting)).toBe('204');
      expect(await all()).toEqual([1, 1, 1, 0]);
      const code = mailedCode(shop.app.mailbox, agent.username);
      expect(await endpoint('type-verify', agent.token, code)).toBe('403 5901');
      expect(await endpoint('type-verify', acting, code)).toBe('204');
      expect(await all()).toEqual([2, 2, 2, 0]);
      expect(mailsTo(customer.email)).toBe(0);
      const metas = await Promise.all(
        [acting, agent.token, customer.token].map(async (t) => (await types(t)).json.meta),
      );
      expect(metas).toEqual([{ grantExpiresAt: expect.any(String) }, undefined, undefined]);
      expect(await endpoint('type-deactivate', acting, code)).toBe('204');
      expect(await all()).toEqual([0, 0, 0, 0]);
    });

    it('leave the factors of the customer alone', async () => {
      const { agent, customer, acting } = await pair({ customerMfa: true });
      expect([await status(acting), await status(customer.token)]).toEqual([0, 2]);
      expect(await endpoint('trigger', acting)).toBe('400 5906');
      expect(await endpoint('type-deactivate', acting, '123456')).toBe('400 5906');
      expect(await endpoint('type-activate', acting)).toBe('204');
      expect(mailsTo(agent.username)).toBe(1);
      expect([await status(acting), await status(customer.token)]).toEqual([1, 2]);
    });

    it('serve an agent who names themself in the agent’s header alone, and the customer beside it', async () => {
      const { agent, customer } = await pair({ agentMfa: true });
      const headers = { 'x-agent-authorization': `Bearer ${agent.token}` };
      const statusOf = async (token?: string): Promise<number> =>
        (await shop.app.api.get('/multi-factor-auth-types', { headers, token })).json.data[0].attributes.status;
      expect([await statusOf(), await statusOf(customer.token)]).toEqual([2, 0]);
      const before = mailsTo(agent.username);
      const sent = await shop.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { headers });
      expect([sent.status, mailsTo(agent.username)]).toEqual([204, before + 1]);
    });
  });

  it('leaves log events that name the agent, and the customer who is acted for', async () => {
    const both = await pair({ agentMfa: true });
    await write(both, both.acting, await sendTo(both.acting, both.agent.username));
    expect(shop.app.loggedEvents('mfa.step_up_passed').at(-1)).toMatchObject({
      accountKind: 'user',
      accountId: both.agent.id,
      actsForKind: 'customer',
      actsForId: both.customer.id,
    });
  });
});

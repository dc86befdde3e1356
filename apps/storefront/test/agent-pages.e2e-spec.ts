import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer, User } from '#auth';
import {
  BROKEN_OUT,
  createCustomer,
  createUser,
  HOSTILE_TEXTS,
  interleave,
  mailedCode,
  PageClient,
  PASSWORD,
  trailOf,
  type PageResponse,
} from '#testing';
import { ROUTES } from './routes.js';
import { Shop } from './shop.js';

const IDLE_SECONDS = 1800;
const SESSION_SECONDS = 43_200;
const SIGN_IN = '/agent/sign-in';
const CUSTOMER_COOKIE = '__Host-account-session';
const AGENT_COOKIE = '__Host-agent-session';
const OWN_ACCOUNT = ROUTES.filter(({ path }) => /^\/account\/(mfa|sessions)/.test(path));

describe('The pages of agents', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  const browser = (): PageClient => new PageClient(shop.app.api.url);
  const customer = (overrides: Partial<Customer> = {}): Promise<Customer> =>
    createCustomer(shop.app.dataSource, overrides);
  const agent = (overrides: Partial<User> = {}): Promise<User> =>
    createUser(shop.app.dataSource, { roles: ['agent'], ...overrides });
  const signIn = (client: PageClient, username: string, password = PASSWORD): Promise<PageResponse> =>
    client.post(SIGN_IN, { username, password });
  const signedIn = async (one?: User): Promise<PageClient> => {
    const client = browser();
    await signIn(client, (one ?? (await agent())).username);
    return client;
  };
  const pathOf = ({ customerReference }: Customer): string => `/agent/customers/${customerReference}`;
  const actFor = (client: PageClient, one: Customer): Promise<PageResponse> => client.post(pathOf(one));
  const acting = async (): Promise<{ client: PageClient; by: User; one: Customer }> => {
    const [by, one] = [await agent(), await customer()];
    const client = await signedIn(by);
    await actFor(client, one);
    return { client, by, one };
  };
  const enableMfa = async (client: PageClient, username: string, base = '/agent'): Promise<void> => {
    await client.post(`${base}/mfa/email/activate`);
    await client.post(`${base}/mfa/email/verify`, { code: mailedCode(shop.app.mailbox, username) });
  };
  const isActing = async (client: PageClient): Promise<boolean> => (await client.get('/account')).status === 200;
  const sql = (text: string, values: unknown[]): Promise<any[]> => shop.app.dataSource.query(text, values);
  const DROP_ROLE = `UPDATE user_account SET roles = '{back-office}' WHERE id = $1`;

  describe('are closed', () => {
    const pages = ROUTES.filter(({ access }) => access === 'agent-page');

    it.each(pages)('to everybody who is not signed in: $method $path', async ({ method, path }) => {
      const url = path.replace(/:\w+/, 'x');
      const { status, location } = await (method === 'GET' ? browser().get(url) : browser().post(url));
      expect([status, location]).toEqual([303, SIGN_IN]);
    });

    it('to customers, to users who are no agents, and to the cookie of the customers’ pages', async () => {
      const [one, user] = [await customer(), await createUser(shop.app.dataSource, { roles: ['administrator'] })];
      expect((await signIn(browser(), one.email)).status).toBe(422);
      expect((await signIn(browser(), user.username)).status).toBe(422);
      const { client } = await acting();
      const [forAgents, forCustomers] = [AGENT_COOKIE, CUSTOMER_COOKIE].map((name) => client.cookies.get(name)!);
      client.cookies.set(AGENT_COOKIE, forCustomers!).set(CUSTOMER_COOKIE, forAgents!);
      expect((await client.get('/agent')).location).toBe(SIGN_IN);
      expect((await client.get('/account')).location).toBe('/account/sign-in');
    });

    it('to forms of other sites', async () => {
      const [client, one] = [await signedIn(), await customer()];
      const { status } = await client.post(pathOf(one), {}, { 'sec-fetch-site': 'cross-site' });
      expect([status, client.cookies.has(CUSTOMER_COOKIE)]).toEqual([403, false]);
    });

    it('for a while after nine wrong passwords, as the API is', async () => {
      const { username } = await agent();
      for (let miss = 0; miss < 9; miss += 1) expect((await signIn(browser(), username, 'Wrong-1!')).status).toBe(422);
      const { status, headers } = await signIn(browser(), username);
      expect([status, headers.get('retry-after')]).toEqual([429, '360']);
    });
  });

  describe('find customers', () => {
    it('by what the API finds them by, and lead to each of them', async () => {
      const client = await signedIn();
      const one = await customer({ lastName: 'Zimmerli' });
      for (const q of [one.customerReference, one.email.toUpperCase(), 'zimmer', 'Zi']) {
        const { status, text } = await client.get(`/agent/customers?q=${encodeURIComponent(q)}`);
        expect([status, text.includes(`href="${pathOf(one)}"`)]).toEqual([200, true]);
      }
      const shown = await client.get(pathOf(one));
      expect([shown.heading, shown.text.includes('Zimmerli'), shown.text.includes(one.email)]).toEqual([
        'Act for a customer',
        true,
        true,
      ]);
    });

    it('in pages of ten', async () => {
      const client = await signedIn();
      for (let n = 0; n < 12; n += 1) await customer({ firstName: 'Quirinus' });
      const first = await client.get('/agent/customers?q=Quirinus');
      expect([first.text.match(/<th scope="row">/g)?.length, first.text.includes('1 to 10 of 12')]).toEqual([10, true]);
      const next = /href="([^"]*)">Next</.exec(first.text)![1]!.replaceAll('&amp;', '&');
      const last = await client.get(next);
      expect(last.text.match(/<th scope="row">/g)).toHaveLength(2);
      expect([next, last.text.includes('11 to 12 of 12')]).toEqual(['/agent/customers?q=Quirinus&offset=10', true]);
      expect([last.text.includes('>Next<'), last.text.includes('>Previous<')]).toEqual([false, true]);
    });

    it.each([...HOSTILE_TEXTS, '%_\\'])('by whatever is typed, and show it as text: %j', async (q) => {
      const { status, text } = await (await signedIn()).get(`/agent/customers?q=${encodeURIComponent(q)}`);
      expect(status).toBe(200);
      expect(text).toContain('Nothing was found.');
      expect(text).not.toMatch(BROKEN_OUT);
    });

    it('whose names are hostile, and show them as text', async () => {
      const one = await customer({ firstName: '<b>Ada</b>', lastName: '"><script>x</script>' });
      const client = await signedIn();
      for (const path of [`/agent/customers?q=${one.customerReference}`, pathOf(one)]) {
        const { text } = await client.get(path);
        expect([text.includes('&lt;b>Ada&lt;/b>'), /<b>|<script>/.test(text)]).toEqual([true, false]);
      }
    });

    it('and answer wrong pages and unknown customers as pages', async () => {
      const client = await signedIn();
      expect((await client.get('/agent/customers?offset=x')).heading).toBe('This request cannot be read');
      for (const reference of ['DE--nobody', '%00', '%3Cb%3E']) {
        expect((await client.get(`/agent/customers/${reference}`)).heading).toBe('Page not found');
        expect((await client.post(`/agent/customers/${reference}`)).status).toBe(404);
      }
    });
  });

  describe('let an agent act for a customer', () => {
    it('on the customer’s pages, which say so, until the agent ends it', async () => {
      const [by, one] = [await agent(), await customer({ locale: 'de_DE' })];
      const client = await signedIn(by);
      expect((await actFor(client, one)).location).toBe('/account');
      for (const path of ['/account', '/account/password']) {
        const { status, text } = await client.get(path);
        expect([status, text.includes(`You act for ${one.email} (${one.customerReference}).`)]).toEqual([200, true]);
        expect(text).not.toContain('/account/mfa');
      }
      const ended = await client.post('/account/sign-out');
      expect([ended.location, client.cookies.has(CUSTOMER_COOKIE)]).toEqual(['/agent', false]);
      expect((await client.get('/agent')).status).toBe(200);
    });

    it('but not move the customer’s e-mail address, to which codes go', async () => {
      const one = await customer();
      const client = await signedIn();
      await actFor(client, one);
      expect((await client.get('/account/email')).text).not.toContain('name="email"');
      expect((await client.post('/account/email', { email: 'thief@customers.example' })).status).toBe(403);
      const [{ email }] = await shop.app.dataSource.query('SELECT email FROM customer WHERE id = $1', [one.id]);
      expect(email).toBe(one.email);
    });

    it('and end the account without its password, which they do not know', async () => {
      const { client, one } = await acting();
      expect((await client.get('/account/delete')).text).not.toContain('name="password"');
      expect((await client.post('/account/delete', { confirmed: 'yes' })).location).toBe('/account/sign-in?deleted');
      const [{ ended }] = await shop.app.dataSource.query(
        'SELECT anonymized_at IS NOT NULL AS ended FROM customer WHERE id = $1',
        [one.id],
      );
      expect(ended).toBe(true);
    });

    it('in place of whoever was signed in there', async () => {
      const [own, one] = [await customer(), await customer()];
      const client = await signedIn();
      await client.post('/account/sign-in', { username: own.email, password: PASSWORD });
      const former = client.copy();
      await actFor(client, one);
      expect([await isActing(client), (await former.get('/account')).location]).toEqual([true, '/account/sign-in']);
      await client.post('/account/sign-in', { username: own.email, password: PASSWORD });
      expect((await client.get('/account')).text).not.toContain('You act for');
    });

    it.each(OWN_ACCOUNT)(
      'but not see methods or sessions there: $method $path leads to the agent’s own',
      async ({ method, path }) => {
        const { client } = await acting();
        const url = path.replace(':type', 'email');
        const { status, location } = await (method === 'GET' ? client.get(url) : client.post(url));
        expect([status, location]).toEqual([303, url.replace('/account', '/agent')]);
      },
    );

    it('under a line that says for whom, also where nothing is found', async () => {
      const { client, one } = await acting();
      const { status, text } = await client.get('/account/addresses/nothing');
      expect([status, text.includes('class="acting"'), text.includes(one.email)]).toEqual([404, true, true]);
    });

    it('with an entry in the trail of both', async () => {
      const [by, one] = [await agent(), await customer()];
      await shop.enableMfa(await shop.login(one.email), one.email);
      const client = await signedIn(by);
      await enableMfa(client, by.username);
      await actFor(client, one);
      for (const [kind, { id }] of [
        ['user', by],
        ['customer', one],
      ] as const) {
        const entry = (await trailOf(shop.app.dataSource, { kind, id }, 'signed-in')).at(-1);
        expect(entry).toMatchObject({ actor: `user ${by.id}`, details: { by: 'impersonation' } });
      }
    });

    it('unless the customer is not confirmed', async () => {
      const client = await signedIn();
      const { status, text } = await actFor(client, await customer({ confirmed: false }));
      expect([status, text.includes('Nobody can act for this customer')]).toEqual([422, true]);
      expect(client.cookies.has(CUSTOMER_COOKIE)).toBe(false);
    });

    it('after a code, where the shop protects that', async () => {
      const env = { STOREFRONT_MFA_PROTECTED_RESOURCES: 'agent-customer-impersonation-access-tokens' };
      const other = await Shop.open(env);
      try {
        const [by, one] = [
          await createUser(other.app.dataSource, { roles: ['agent'] }),
          await createCustomer(other.app.dataSource),
        ];
        const client = new PageClient(other.app.api.url);
        await signIn(client, by.username);
        await client.post('/agent/mfa/email/activate');
        await client.post('/agent/mfa/email/verify', { code: mailedCode(other.app.mailbox, by.username) });
        other.app.clock.advance(1700);
        await client.get('/agent');
        other.app.clock.advance(300);
        const asked = await client.post(pathOf(one));
        expect([asked.status, asked.heading]).toEqual([403, 'Confirm that it is you']);
        const code = mailedCode(other.app.mailbox, by.username);
        expect((await client.post(pathOf(one), { code })).location).toBe('/account');
      } finally {
        await other.app.stop();
      }
    });
  });

  describe('ask an agent who acts for a customer', () => {
    const change = { password: PASSWORD, newPassword: 'Another-Secret-77!', confirmPassword: 'Another-Secret-77!' };

    it('for a code of the agent, and keep the form until it comes', async () => {
      const { client, by, one } = await acting();
      await enableMfa(client, by.username);
      const asked = await client.post('/account/password', change);
      expect([asked.status, asked.heading]).toEqual([403, 'Confirm that it is you']);
      expect(asked.text).toContain(`You act for ${one.email}`);
      const kept = /name="kept" value="([^"]*)"/.exec(asked.text)![1]!;
      const done = await client.post('/account/password', { kept, code: mailedCode(shop.app.mailbox, by.username) });
      expect(done.location).toBe('/account/sign-in?password');
      expect(await shop.login(one.email, change.newPassword)).toBeDefined();
      expect(shop.app.mailbox.mails.some(({ to, text }) => to.includes(one.email) && /\b\d{6}\b/.test(text))).toBe(
        false,
      );
    });

    it('to set up a method of the agent, where the customer has one', async () => {
      const { client, one } = await acting();
      await shop.enableMfa(await shop.login(one.email), one.email);
      expect((await client.post('/account/password', change)).location).toBe('/agent/mfa?required');
      expect((await client.get('/agent/mfa?required')).text).toContain('the shop requires a second factor');
    });

    it.each([
      ['customers', null],
      ['role', 'agent'],
    ])('for a method that a policy of either requires: %s', async (appliesTo, value) => {
      const { client } = await acting();
      await sql(
        `INSERT INTO step_up_policy (uuid, applies_to, value, methods, required_from, created_at, updated_at)
         VALUES (gen_random_uuid(), $1, $2, '{email}', '2020-01-01', now(), now())`,
        [appliesTo, value],
      );
      try {
        expect((await client.get('/account')).text).toContain('The shop requires a second factor.');
        expect((await client.post('/account/password', change)).location).toBe('/agent/mfa?required');
      } finally {
        await sql('DELETE FROM step_up_policy', []);
      }
    });
  });

  describe('end the acting', () => {
    it.each<[string, (pair: { client: PageClient; by: User; one: Customer }) => Promise<unknown>]>([
      ['the agent signs out', ({ client }) => client.post('/agent/sign-out')],
      ['the agent loses the role', ({ by }) => sql(DROP_ROLE, [by.id])],
      [
        'the agent is deactivated',
        ({ by }) => sql(`UPDATE user_account SET status = 'inactive' WHERE id = $1`, [by.id]),
      ],
      [
        'the customer is deleted',
        ({ one }) => sql('UPDATE customer SET anonymized_at = now() WHERE id = $1', [one.id]),
      ],
      [
        'the agent’s session is idle for too long',
        ({ by }) =>
          sql(
            `UPDATE page_session SET last_used_at = last_used_at - interval '1 hour'
             WHERE session_id IN (SELECT id FROM login_session WHERE account_kind = 'user' AND account_id = $1)`,
            [by.id],
          ),
      ],
    ])('when %s', async (_, end) => {
      const pair = await acting();
      expect(await isActing(pair.client)).toBe(true);
      await end(pair);
      expect((await pair.client.get('/account')).location).toBe('/account/sign-in');
    });

    it('with the agent’s session at the latest, however late it began', async () => {
      const client = await signedIn();
      const begun = shop.app.clock.now().getTime();
      const secondsLeft = (): number => SESSION_SECONDS - (shop.app.clock.now().getTime() - begun) / 1000;
      while (secondsLeft() > 1500) {
        shop.app.clock.advance(1500);
        await client.get('/agent');
      }
      await actFor(client, await customer());
      shop.app.clock.advance(secondsLeft() - 1);
      expect(await isActing(client)).toBe(true);
      shop.app.clock.advance(1);
      expect(await isActing(client)).toBe(false);
    });

    it('not while the agent is at work on the customer’s pages, which counts for the agent’s session too', async () => {
      const { client } = await acting();
      for (let n = 0; n < 3; n += 1) {
        shop.app.clock.advance(IDLE_SECONDS - 60);
        expect(await isActing(client)).toBe(true);
      }
      expect((await client.get('/agent')).status).toBe(200);
      shop.app.clock.advance(IDLE_SECONDS);
      expect([await isActing(client), (await client.get('/agent')).status]).toEqual([false, 303]);
    });

    it('of every browser that begins while the agent signs out', async () => {
      for (let round = 0; round < 5; round += 1) {
        const [client, one] = [await signedIn(), await customer()];
        const browsers = Array.from({ length: 6 }, () => client.copy());
        await Promise.all([...browsers.map((each) => actFor(each, one)), client.copy().post('/agent/sign-out')]);
        expect(await Promise.all(browsers.map(isActing))).toEqual(browsers.map(() => false));
      }
    });

    it('before it begins, if the agent loses the role or the customer is deleted at that moment', async () => {
      const [by, one] = [await agent(), await customer()];
      const client = await signedIn(by);
      const lost = await interleave(shop.app.dataSource, {
        lock: (transaction) => transaction.query('SELECT FROM user_account WHERE id = $1 FOR UPDATE', [by.id]),
        work: () => actFor(client, one),
        change: (transaction) => transaction.query(DROP_ROLE, [by.id]),
      });
      const deleted = await interleave(shop.app.dataSource, {
        lock: (transaction) => transaction.query('SELECT FROM customer WHERE id = $1 FOR UPDATE', [one.id]),
        work: async () => actFor(await signedIn(), one),
        change: (transaction) => transaction.query('UPDATE customer SET anonymized_at = now() WHERE id = $1', [one.id]),
      });
      expect([lost.status, deleted.status, client.cookies.has(CUSTOMER_COOKIE)]).toEqual([422, 404, false]);
    });
  });
});

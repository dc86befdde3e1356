import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Customer } from '#auth';
import {
  createCustomer,
  interleave,
  mailedCode,
  PageClient,
  PASSWORD,
  trailOf,
  wrongCode,
  type PageResponse,
} from '#testing';
import { ROUTES } from './routes.js';
import { Shop } from './shop.js';

const COOKIE = '__Host-account-session';
const SIGN_IN = '/account/sign-in';
const STEP = '/account/sign-in/code';
const IDLE_SECONDS = 1800;
const SESSION_SECONDS = 43_200;

describe('The pages of customers', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  const browser = (): PageClient => new PageClient(shop.app.api.url);
  const customer = (overrides: Partial<Customer> = {}): Promise<Customer> =>
    createCustomer(shop.app.dataSource, overrides);
  const customerWithMfa = async (): Promise<Customer> => {
    const one = await shop.customer();
    await shop.enableMfa(one.token, one.email);
    return one;
  };
  const signIn = (client: PageClient, email: string, password = PASSWORD): Promise<PageResponse> =>
    client.post(SIGN_IN, { username: email, password });
  const signedIn = async (one?: Customer): Promise<PageClient> => {
    const client = browser();
    await signIn(client, (one ?? (await customer())).email);
    return client;
  };
  const code = ({ email }: Customer): string => mailedCode(shop.app.mailbox, email);
  const isSignedIn = async (client: PageClient): Promise<boolean> => (await client.get('/account')).status === 200;
  const rows = (sql: string, values: unknown[]): Promise<any[]> => shop.app.dataSource.query(sql, values);

  describe('are closed to', () => {
    const pages = ROUTES.filter(({ access }) => access === 'page');

    it.each(pages)('everybody who is not signed in: $method $path leads to the sign-in', async ({ method, path }) => {
      const client = browser();
      const url = path.replace(':type', 'email');
      const { status, location } = await (method === 'GET' ? client.get(url) : client.post(url));
      expect([status, location]).toEqual([303, SIGN_IN]);
    });

    it.each(pages.filter(({ path }) => !path.startsWith(STEP)))(
      'who has not taken the second step: $method $path leads back to it',
      async ({ method, path }) => {
        const client = await signedIn(await customerWithMfa());
        const url = path.replace(':type', 'email');
        const { status, location } = await (method === 'GET' ? client.get(url) : client.post(url));
        expect([status, location]).toEqual([303, STEP]);
      },
    );

    it('tokens of the API, and the API is closed to their cookies', async () => {
      const { token } = await shop.customer();
      const client = await signedIn();
      expect((await client.get('/account', { authorization: `Bearer ${token}` })).status).toBe(200);
      expect((await browser().get('/account', { authorization: `Bearer ${token}` })).location).toBe(SIGN_IN);
      expect((await client.get('/multi-factor-auth-types')).status).toBe(403);
    });
  });

  it.each([
    ['of a proxy that asks for a password', { authorization: 'Basic cHJveHk6c2VjcmV0' }],
    ['with a token that is none', { authorization: 'Bearer x.y.z' }],
    ['with no token in it', { authorization: 'Bearer' }],
    ['of an agent that is none', { 'x-agent-authorization': 'Bearer x.y.z' }],
    ['of a guest and a proxy', { authorization: 'Basic cHJveHk6', 'x-anonymous-customer-unique-id': 'guest' }],
  ])('ignore a header %s', async (_, headers) => {
    const one = await customer();
    const client = browser();
    const { text } = await client.get(SIGN_IN, headers);
    const [stylesheet = ''] = /\/assets\/[^"]*\.css/.exec(text) ?? [];
    expect((await client.get(stylesheet, headers)).status).toBe(200);
    expect((await client.get('/customer-confirmation', headers)).location).toBe('/account/confirm');
    const form = { username: one.email, password: PASSWORD };
    const answer = await client.post(SIGN_IN, form, { ...headers, 'sec-fetch-site': 'same-origin' });
    expect([answer.status, answer.location]).toEqual([303, '/account']);
    expect((await client.get('/account', headers)).text).toContain(one.email);
  });

  describe('take a sign-in', () => {
    it('with the right password, and lead to the overview', async () => {
      const one = await customer();
      const client = browser();
      const { status, location } = await signIn(client, ` ${one.email} `);
      expect([status, location]).toEqual([303, '/account']);
      const { heading, text } = await client.get('/account');
      expect([heading, text.includes(one.email)]).toEqual(['Your account', true]);
    });

    it('with a cookie that scripts and other hosts never see, of which the database has the SHA-256', async () => {
      const one = await customer();
      const client = browser();
      const { headers } = await signIn(client, one.email);
      expect(headers.getSetCookie()).toEqual([
        expect.stringMatching(/^__Host-account-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
      ]);
      const hash = createHash('sha256').update(client.cookies.get(COOKIE)!).digest();
      expect(await rows('SELECT token_hash AS hash FROM page_session WHERE token_hash = $1', [hash])).toEqual([
        { hash },
      ]);
    });

    it('and say the same, in the same status, to whatever is wrong', async () => {
      const [one, unconfirmed] = [await customer(), await customer({ confirmed: false })];
      const attempts = [
        await signIn(browser(), one.email, 'Wrong-Pass-01!'),
        await signIn(browser(), 'nobody@customers.example'),
        await signIn(browser(), 'nobody@customers.example\0'),
        await signIn(browser(), unconfirmed.email),
      ];
      const said = attempts.map(({ status, text, headers }) => [
        status,
        text.replace(/value="[^"]*"/, ''),
        headers.getSetCookie(),
      ]);
      expect(new Set(said.map((each) => JSON.stringify(each))).size).toBe(1);
      expect(said[0]![0]).toBe(422);
    });

    it('and keep what was typed, but never a password', async () => {
      const { text } = await signIn(browser(), 'ada"><b>@customers.example', 'Wrong-Pass-01!');
      expect(text).toContain('value="ada&quot;>&lt;b>@customers.example"');
      expect(text).not.toContain('Wrong-Pass-01!');
    });

    it('and name each field that is empty', async () => {
      const { status, text } = await browser().post(SIGN_IN);
      expect(status).toBe(422);
      expect(text).toContain('<a href="#username">Enter your e-mail address.</a>');
      expect(text).toContain('<a href="#password">Enter your password.</a>');
      expect(text.match(/aria-invalid="true"/g)).toHaveLength(2);
    });

    it('not any more after ten wrong passwords, and say how long', async () => {
      const { email } = await customer();
      for (let attempt = 0; attempt < 10; attempt += 1) await signIn(browser(), email, 'Wrong-Pass-01!');
      const { status, headers, text } = await signIn(browser(), email);
      expect([status, headers.get('retry-after')]).toEqual([429, '300']);
      expect(text).toContain('Please wait 5 minutes.');
    });

    it('in German, where the browser asks for it, and then in the language of the account', async () => {
      expect((await browser().get(SIGN_IN, { 'accept-language': 'de-AT' })).heading).toBe('Anmelden');
      const client = await signedIn(await customer({ locale: 'de_DE' }));
      const { heading, text } = await client.get('/account', { 'accept-language': 'en' });
      expect([heading, text.includes('<html lang="de">')]).toEqual(['Ihr Konto', true]);
    });

    it('with a session of its own each time: the token that was there before is good for nothing', async () => {
      const one = await customer();
      const client = browser();
      client.cookies.set(COOKIE, 'a'.repeat(43));
      await signIn(client, one.email);
      const before = client.copy();
      expect(before.cookies.get(COOKIE)).not.toBe('a'.repeat(43));
      await signIn(client, one.email);
      expect([await isSignedIn(before), await isSignedIn(client)]).toEqual([false, true]);
    });

    it('as an entry of the trail where the account has MFA, which says that the code is still missing', async () => {
      const one = await customerWithMfa();
      await signedIn(one);
      const entries = await trailOf(shop.app.dataSource, { kind: 'customer', id: one.id });
      expect(entries.findLast(({ event }) => event === 'signed-in')).toMatchObject({
        details: { app: 'storefront', by: 'password', awaitsSecondStep: true },
      });
    });
  });

  describe('ask for a second step', () => {
    it('where MFA is on: a code goes out at once, and opens the account with a new token', async () => {
      const one = await customerWithMfa();
      const client = browser();
      expect((await signIn(client, one.email)).location).toBe(`${STEP}?sent`);
      const before = client.copy();
      expect((await client.get(`${STEP}?sent`)).text).toContain('A code is on its way to your e-mail address.');
      const spaced = code(one).replace(/(?<=^...)/, ' ');
      expect((await client.post(STEP, { code: spaced })).location).toBe('/account');
      expect([await isSignedIn(client), await isSignedIn(before)]).toEqual([true, false]);
    });

    it('and refuse a wrong code as the API does, in words, without the code that was typed', async () => {
      const one = await customerWithMfa();
      const client = await signedIn(one);
      const wrong = wrongCode(code(one));
      const { status, text } = await client.post(STEP, { code: wrong });
      expect(status).toBe(403);
      expect(text).toContain('<a href="#code">This code is wrong or has expired. Try again.</a>');
      expect(text).not.toContain(wrong);
      expect(await isSignedIn(client)).toBe(false);
    });

    it('with an empty field too', async () => {
      const client = await signedIn(await customerWithMfa());
      const { status, text } = await client.post(STEP, { code: ' ' });
      expect([status, text.includes('Enter a code.')]).toEqual([403, true]);
    });

    it('until the account is locked, and say for how long', async () => {
      const one = await customerWithMfa();
      const client = await signedIn(one);
      for (let miss = 0; miss < 10; miss += 1) await client.post(STEP, { code: 'wrong' });
      const { status, headers, text } = await client.post(STEP, { code: code(one) });
      expect([status, headers.get('retry-after')]).toEqual([429, '1800']);
      expect(text).toContain('try again in 30 minutes.');
    });

    it('and send no more codes than the API, and say when the next one can be sent', async () => {
      const client = await signedIn(await customerWithMfa());
      const answers: number[] = [];
      for (let send = 0; send < 4; send += 1) answers.push((await client.post(STEP, { send: 'email' })).status);
      const { status, text } = await client.post(STEP, { send: 'email' });
      expect([answers[0], status]).toEqual([303, 429]);
      expect(text).toMatch(/You can ask for another one in (60 seconds|\d+ seconds)\./);
    });

    it('that expires with its code', async () => {
      const one = await customerWithMfa();
      const client = await signedIn(one);
      const late = code(one);
      shop.app.clock.advance(601);
      expect((await client.post(STEP, { code: late })).status).toBe(403);
    });

    it('for which the code of another session is not good', async () => {
      const one = await customerWithMfa();
      const client = await signedIn(one);
      const first = code(one);
      const other = await signedIn(one);
      expect((await client.post(STEP, { code: first })).status).toBe(403);
      expect((await other.post(STEP, { code: code(one) })).status).toBe(303);
    });

    it('although a policy requires another method; that one is set up behind the sign-in', async () => {
      const one = await customerWithMfa();
      const [policy] = await rows(
        `INSERT INTO step_up_policy (uuid, applies_to, methods, required_from, created_at, updated_at)
         VALUES (gen_random_uuid(), 'customers', '{totp}', $1, $1, $1) RETURNING uuid`,
        [shop.app.clock.now()],
      );
      const client = await signedIn(one);
      const { location } = await client.post(STEP, { code: code(one) });
      const { text } = await client.get('/account');
      await rows('DELETE FROM step_up_policy WHERE uuid = $1', [policy.uuid]);
      expect(location).toBe('/account');
      expect(text).toContain('The shop requires a second factor.');
    });

    it('to which one of two requests with the same code at once gets the new token', async () => {
      const one = await customerWithMfa();
      const client = await signedIn(one);
      const value = code(one);
      const twins = Array.from({ length: 4 }, () => client.copy());
      const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      const answers = await interleave(shop.app.dataSource, {
        lock: (transaction) => transaction.query('SELECT FROM page_session FOR UPDATE'),
        work: () => Promise.all(twins.map((twin) => twin.post(STEP, { code: value }))),
        // all of them were let in by the old token before one gets the new one
        change: () => vi.waitUntil(async () => (await rows(waiting, [])).length === twins.length, { timeout: 10_000 }),
      });
      expect(answers.filter(({ headers }) => headers.getSetCookie().length > 0)).toHaveLength(1);
      const open = await Promise.all(twins.map(isSignedIn));
      expect(open.filter(Boolean)).toHaveLength(1);
      expect(await isSignedIn(client)).toBe(false);
    });
  });

  describe('end', () => {
    it('with the sign-out, for every copy of the cookie', async () => {
      const client = await signedIn();
      const copy = client.copy();
      const { location, headers } = await client.post('/account/sign-out');
      expect([location, headers.getSetCookie()[0]]).toEqual([
        '/account/sign-in?out',
        expect.stringMatching(/^__Host-account-session=;.*Expires=Thu, 01 Jan 1970/),
      ]);
      expect([client.cookies.size, await isSignedIn(copy)]).toEqual([0, false]);
    });

    it('with the sign-out before the second step as well', async () => {
      const client = await signedIn(await customerWithMfa());
      const copy = client.copy();
      await client.post('/account/sign-out');
      expect((await copy.get(STEP)).location).toBe(SIGN_IN);
    });

    it('when nothing was asked for half an hour, and not before', async () => {
      const client = await signedIn();
      for (let use = 0; use < 3; use += 1) {
        shop.app.clock.advance(IDLE_SECONDS - 60);
        expect(await isSignedIn(client)).toBe(true);
      }
      shop.app.clock.advance(IDLE_SECONDS);
      expect(await isSignedIn(client)).toBe(false);
    });

    it('twelve hours after the sign-in, however busy they are', async () => {
      const client = await signedIn();
      for (let passed = 0; passed < SESSION_SECONDS - 1500; passed += 1500) {
        expect(await isSignedIn(client)).toBe(true);
        shop.app.clock.advance(1500);
      }
      shop.app.clock.advance(1500);
      expect(await isSignedIn(client)).toBe(false);
    });

    it.each(['a sign-out everywhere', 'a new password', 'the end of the account'])('with %s', async (reason) => {
      const one = await shop.customer();
      const client = await signedIn(one);
      if (reason === 'a sign-out everywhere') await shop.app.api.delete('/refresh-tokens/mine', { token: one.token });
      if (reason === 'the end of the account') {
        await shop.app.api.delete(`/customers/${one.customerReference}`, { token: one.token });
      }
      if (reason === 'a new password') {
        const attributes = { password: PASSWORD, newPassword: 'Other-Harbor-02!', confirmPassword: 'Other-Harbor-02!' };
        await shop.app.api.patch(`/customer-password/${one.customerReference}`, attributes, { token: one.token });
      }
      expect(await isSignedIn(client)).toBe(false);
    });

    it('so that the next sign-in sweeps what is left of them', async () => {
      const one = await customer();
      await signedIn(one);
      shop.app.clock.advance(SESSION_SECONDS);
      await signedIn(one);
      const left = await rows(`SELECT FROM login_session WHERE account_kind = 'customer' AND account_id = $1`, [
        one.id,
      ]);
      expect(left).toHaveLength(1);
    });
  });

  describe('show and change the methods', () => {
    const turnOn = async (client: PageClient, one: Customer): Promise<PageResponse> => {
      await client.post('/account/mfa/email/activate');
      return client.post('/account/mfa/email/verify', { code: code(one) });
    };

    it('of an account without MFA, which is told what it protects and how', async () => {
      const client = await signedIn();
      expect((await client.get('/account')).text).toContain('Protect your account with a second factor');
      const { text } = await client.get('/account/mfa');
      for (const name of ['Code by e-mail', 'Authenticator app', 'Recovery codes']) expect(text).toContain(name);
    });

    it('by a code of the mailbox; the token is a new one then', async () => {
      const one = await customer();
      const client = await signedIn(one);
      const before = client.copy();
      expect((await turnOn(client, one)).location).toBe('/account/mfa?on=email');
      expect([await isSignedIn(before), await isSignedIn(client)]).toEqual([false, true]);
    });

    it('with a code for each method that is turned on beside another, in the grace period too', async () => {
      const one = await customer();
      const client = await signedIn(one);
      await turnOn(client, one);
      for (const type of ['totp', 'recovery-code']) {
        const { status, text } = await client.post(`/account/mfa/${type}/activate`);
        expect([status, text.includes('Enter a code.')]).toEqual([403, true]);
      }
      const codes = await client.post('/account/mfa/recovery-code/activate', { code: code(one) });
      expect([codes.status, codes.heading, codes.text.match(/<li>(?!<a)/g)?.length]).toEqual([
        200,
        'Your recovery codes',
        10,
      ]);
    });

    it('and turn one off with a code alone, in the grace period too', async () => {
      const one = await customer();
      const client = await signedIn(one);
      await turnOn(client, one);
      expect((await client.post('/account/mfa/email/deactivate')).status).toBe(403);
      const sent = await client.post('/account/mfa/email/send', { for: 'deactivate', method: 'email' });
      expect(sent.location).toBe('/account/mfa/email/deactivate?sent');
      const { location } = await client.post('/account/mfa/email/deactivate', { code: code(one) });
      expect(location).toBe('/account/mfa?off=email');
      expect((await client.get('/account/mfa/email/deactivate')).location).toBe('/account/mfa/email');
    });

    it('that a policy requires, which they announce', async () => {
      const client = await signedIn();
      await rows(
        `INSERT INTO step_up_policy (uuid, applies_to, methods, required_from, created_at, updated_at)
         VALUES (gen_random_uuid(), 'customers', '{email}', '2099-12-01T10:00:00Z', now(), now())`,
        [],
      );
      const { text } = await client.get('/account');
      await rows('DELETE FROM step_up_policy', []);
      expect(text).toContain('From December 1, 2099 on the shop requires a second factor.');
    });

    it('and have no page for a method that there is not', async () => {
      const client = await signedIn();
      const answers = await Promise.all([
        client.get('/account/mfa/courier'),
        client.get('/account/mfa/courier/deactivate'),
        client.post('/account/mfa/courier/activate'),
        client.get('/account/nothing'),
      ]);
      expect(answers.map(({ status, heading }) => [status, heading])).toEqual(
        Array.from({ length: 4 }, () => [404, 'Page not found']),
      );
    });
  });

  describe('answer', () => {
    it.each(['cross-site', 'same-site'])('no form that another page sends (%s): nothing is done', async (site) => {
      const client = await signedIn();
      for (const path of ['/account/sign-out', '/%61ccount/sign-out', '/account/sign-out/', '/account/sign-out?x']) {
        const { status } = await client.post(path, {}, { 'sec-fetch-site': site, origin: 'https://evil.example' });
        expect([path, status]).toEqual([path, 403]);
      }
      const { status, heading } = await client.post('/account/sign-out', {}, { origin: 'https://evil.example' });
      expect([status, heading]).toEqual([403, 'This is not allowed']);
      expect(await isSignedIn(client)).toBe(true);
    });

    it('no form of the front ends that may call the API either', async () => {
      const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://www.shop.example' };
      const api = await shop.app.anotherInstance({ CORS_ORIGINS: headers.origin });
      const sent = { username: (await customer()).email, password: PASSWORD };
      expect((await api.post('/access-tokens', sent, { headers })).status).toBe(201);
      expect((await new PageClient(api.url).post('/account/sign-in', sent, headers)).status).toBe(403);
    });

    it('with a policy that allows nothing from elsewhere and nothing inline, and keep out of caches', async () => {
      const client = await signedIn();
      for (const path of ['/account', SIGN_IN, '/account/nothing']) {
        const { headers, text } = await client.get(path);
        expect(headers.get('cache-control'), path).toBe('no-store');
        expect(text).not.toMatch(/<style|style="|<script(?! src="\/assets\/)| on\w+="|https?:\/\//);
        if (!text) continue;
        expect(headers.get('content-security-policy')).toBe(
          "default-src 'none';style-src 'self';script-src 'self';img-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
        );
      }
    });

    it('with files whose names change with them, which may be kept for ever, and come to less than 60 kB with the page', async () => {
      const { text } = await browser().get(SIGN_IN);
      const files = [...text.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
      const answers = await Promise.all(files.map((path) => browser().get(path)));
      expect(
        answers.map(({ status, headers }) => [status, headers.get('cache-control'), headers.get('content-type')]),
      ).toEqual([
        [200, 'public, max-age=31536000, immutable', 'text/css; charset=utf-8'],
        [200, 'public, max-age=31536000, immutable', 'text/javascript; charset=utf-8'],
      ]);
      expect([text, ...answers.map((answer) => answer.text)].join('').length).toBeLessThan(60_000);
      expect((await browser().get('/assets/pages.css')).status).toBe(404);
    });

    it('without a code in a URL, a log or the database', async () => {
      const one = await customerWithMfa();
      const client = await signedIn(one);
      const value = code(one);
      await client.post(STEP, { code: value });
      expect(shop.app.logged()).not.toContain(client.cookies.get(COOKIE));
      expect(shop.app.logged()).not.toMatch(new RegExp(`\\b${value}\\b`));
    });
  });
});

import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '#auth';
import { createCustomer, mailedCode, PageClient, PASSWORD, type Answer } from '#testing';
import { Shop } from './shop.js';

const PATH = '/account/sessions';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };

describe('The list of sessions', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  const customer = (): Promise<Customer> => createCustomer(shop.app.dataSource);
  const signIn = async ({ email }: Customer, userAgent = FIREFOX): Promise<PageClient> => {
    const client = new PageClient(shop.app.api.url);
    const headers = { ...SAME_ORIGIN, 'user-agent': userAgent };
    await client.post('/account/sign-in', { username: email, password: PASSWORD }, headers);
    return client;
  };
  const logIn = async ({ email }: Customer, userAgent = SAFARI): Promise<{ token: string; refreshToken: string }> => {
    const attributes = { username: email, password: PASSWORD };
    const { json } = await shop.app.api.post('/access-tokens', attributes, { headers: { 'user-agent': userAgent } });
    const { accessToken, refreshToken } = json.data.attributes;
    return { token: accessToken, refreshToken };
  };
  /** Each row of the table as its cells' texts. */
  const rows = async (client: PageClient): Promise<string[][]> => {
    const { text } = await client.get(PATH);
    const [, body = ''] = /<tbody>(.*)<\/tbody>/s.exec(text) ?? [];
    return body
      .split('</tr>')
      .slice(0, -1)
      .map((row) =>
        row
          .split(/<\/t[hd]>/)
          .slice(0, -1)
          .map((cell) =>
            cell
              .replaceAll(/<[^>]*>/g, ' ')
              .replaceAll(/\s+/g, ' ')
              .trim(),
          ),
      );
  };
  const idOf = (token: string): string => (jwt.decode(token) as jwt.JwtPayload)['sid'] as string;
  const end = (client: PageClient, session: string) => client.post(`${PATH}/end`, { session });
  const answers = async (token: string): Promise<number> => (await shop.app.api.get('/customers', { token })).status;
  const isSignedIn = async (client: PageClient): Promise<boolean> => (await client.get('/account')).status === 200;

  it('says of each which device it is, from where, since when, and when it was last used; this one is marked', async () => {
    const one = await customer();
    await logIn(one);
    shop.app.clock.advance(3600);
    const client = await signIn(one);
    const [own, other, ...more] = await rows(client);
    const now = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
    const at = (secondsAgo: number): string => `${now.format(shop.app.clock.now().getTime() - secondsAgo * 1000)} UTC`;
    expect(own).toEqual(['Firefox on Windows Pages', '127.0.0.1', at(0), at(0), 'This one']);
    expect(other).toEqual(['Safari on iPhone App or program', '127.0.0.1', at(3600), at(3600), 'End']);
    expect(more).toEqual([]);
  });

  it('counts a refresh of tokens as a use', async () => {
    const one = await customer();
    const { refreshToken } = await logIn(one);
    shop.app.clock.advance(7200);
    await shop.app.api.post('/refresh-tokens', { refreshToken });
    const [, other = []] = (await rows(await signIn(one))).toSorted(([a = ''], [b = '']) => a.localeCompare(b));
    expect(other[2]).not.toBe(other[3]);
  });

  it('has nothing that is over: ended, idle for too long, or expired', async () => {
    const one = await customer();
    const idle = await signIn(one);
    const { token, refreshToken } = await logIn(one);
    await shop.app.api.delete(`/refresh-tokens/${refreshToken}`, { token });
    shop.app.clock.advance(1801);
    expect(await isSignedIn(idle)).toBe(false);
    expect(await rows(await signIn(one))).toHaveLength(1);
  });

  it('tells that a sign-in has not shown its code yet', async () => {
    const one = await shop.customer();
    await shop.enableMfa(one.token, one.email);
    const client = await signIn(one);
    await client.post('/account/sign-in/code', { code: mailedCode(shop.app.mailbox, one.email) });
    await signIn(one, SAFARI);
    expect((await rows(client)).map(([device]) => device)).toContain(
      'Safari on iPhone Pages The code is still missing',
    );
  });

  it('shows nothing of what a stranger calls a program, and keeps no more than the beginning', async () => {
    const one = await customer();
    await logIn(one, `<script>alert(1)</script> ${'x'.repeat(1000)}`);
    const client = await signIn(one);
    const { text } = await client.get(PATH);
    expect([text.includes('Unknown device'), text.includes('alert(1)')]).toEqual([true, false]);
    const kept = 'SELECT max(char_length(user_agent)) AS most FROM login_session WHERE account_id = $1';
    expect(await shop.app.dataSource.query(kept, [one.id])).toEqual([{ most: 256 }]);
  });

  it('knows of sessions of before neither device nor address', async () => {
    const one = await customer();
    const { token } = await logIn(one);
    const forget = 'UPDATE login_session SET client_address = NULL, user_agent = NULL WHERE id = $1';
    await shop.app.dataSource.query(forget, [idOf(token)]);
    expect((await rows(await signIn(one))).map((row) => row.slice(0, 2))).toContainEqual([
      'Unknown device App or program',
      '',
    ]);
  });

  it('ends one of tokens, and one of pages', async () => {
    const one = await customer();
    const [{ token }, other, client] = [await logIn(one), await signIn(one, SAFARI), await signIn(one)];
    expect((await end(client, idOf(token))).location).toBe(`${PATH}?ended`);
    expect(await answers(token)).toBe(401);
    const { text } = await client.get(PATH);
    const [, id = ''] = /name="session" value="([^"]*)"/.exec(text) ?? [];
    await end(client, id);
    expect([await isSignedIn(other), await isSignedIn(client)]).toEqual([false, true]);
    expect((await client.get(`${PATH}?ended`)).text).toContain('The session is ended.');
  });

  it('ends all others, with their codes and grants', async () => {
    const one = await shop.customer();
    await shop.enableMfa(one.token, one.email);
    const client = await signIn(one);
    await client.post('/account/sign-in/code', { code: mailedCode(shop.app.mailbox, one.email) });
    const { token } = await logIn(one);
    await shop.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token });
    const code = mailedCode(shop.app.mailbox, one.email);
    const path = `/customers/${one.customerReference}`;
    expect((await shop.app.api.patch(path, { firstName: 'Grace' }, { token, code })).status).toBe(200);
    const grants = async (): Promise<number> =>
      (await shop.app.dataSource.query('SELECT FROM mfa_grant WHERE session_id = $1', [idOf(token)])).length;
    expect(await grants()).toBe(1);
    expect((await client.post(`${PATH}/end-others`)).location).toBe(`${PATH}?others`);
    expect([await answers(token), await grants(), await isSignedIn(client)]).toEqual([401, 0, true]);
    expect(await rows(client)).toHaveLength(1);
  });

  it('forgets with its end where a session was opened, however it ends', async () => {
    const one = await customer();
    const reused = (await logIn(one)).refreshToken;
    for (let use = 0; use < 2; use += 1) await shop.app.api.post('/refresh-tokens', { refreshToken: reused });
    await logIn(one);
    const client = await signIn(one);
    await client.post(`${PATH}/end-others`);
    await signIn(one);
    const known = (): Promise<unknown[]> =>
      shop.app.dataSource.query(
        `SELECT FROM login_session WHERE account_id = $1 AND coalesce(client_address, user_agent) IS NOT NULL`,
        [one.id],
      );
    expect(await known()).toHaveLength(2);
    await client.post('/account/delete', { confirmed: 'yes', password: PASSWORD });
    expect(await known()).toEqual([]);
  });

  it('ends nothing of somebody else, nor what is no session', async () => {
    const [other, one] = [await customer(), await customer()];
    const { token } = await logIn(other);
    const client = await signIn(one);
    for (const id of [idOf(token), randomUUID(), '', 'x', "' OR true --"]) {
      expect((await end(client, id)).location).toBe(`${PATH}?ended`);
    }
    await client.post(`${PATH}/end-others`);
    expect([await answers(token), await isSignedIn(client)]).toEqual([200, true]);
  });

  it('shows and ends what somebody of the shop opened, but not where they sit', async () => {
    const one = await customer();
    const agent = await shop.agent();
    const headers = { 'x-agent-authorization': `Bearer ${agent.token}`, 'user-agent': SAFARI };
    const path = '/agent-customer-impersonation-access-tokens';
    const answer: Answer = await shop.app.api.post(path, { customerReference: one.customerReference }, { headers });
    const token = answer.json.data.attributes.accessToken as string;
    const client = await signIn(one);
    expect((await rows(client)).map((row) => row.slice(0, 2))).toContainEqual([
      'Somebody of the shop, who acts for you App or program',
      '',
    ]);
    await end(client, idOf(token));
    expect([await answers(token), await rows(client)]).toEqual([401, [expect.anything()]]);
  });

  it('lets two windows end each other at the same moment without an error', async () => {
    const one = await customer();
    const clients = await Promise.all(Array.from({ length: 4 }, () => signIn(one)));
    const all = await Promise.all(clients.map((client) => client.post(`${PATH}/end-others`)));
    expect(all.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
  });

  it.each(['end', 'end-others'])('takes no form of another site (%s)', async (form) => {
    const one = await customer();
    const { token } = await logIn(one);
    const client = await signIn(one);
    const fields = { session: idOf(token) };
    expect((await client.post(`${PATH}/${form}`, fields, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await answers(token)).toBe(200);
  });
});

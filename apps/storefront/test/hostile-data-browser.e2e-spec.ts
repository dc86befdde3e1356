import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ApiClient,
  AreaUser,
  createCustomer,
  createUser,
  HOSTILE_TEXTS,
  HostileVisitor,
  mailedCode,
  PASSWORD,
  STORABLE_TEXTS,
} from '#testing';
import { AccountBrowser } from './account-browser.js';

describe('Hostile texts that a shop keeps, or sends on, in a browser', { timeout: 120_000 }, () => {
  let account: AccountBrowser;

  beforeAll(async () => {
    account = await AccountBrowser.launch();
  });
  afterAll(() => account?.close());

  /** Has a registration confirmed, a method turned on, and a password forgotten; what cannot be where it is asked for is left out. */
  const causeMails = async (api: ApiClient, text: string, index: number): Promise<void> => {
    const ofAddress = text.replace(/[^\w!#$%&'*+/=?^`{|}~-]/g, '').slice(0, 50);
    const header = Buffer.from(text.replace(/\p{Cc}/gu, '')).toString('latin1');
    const headers = { 'user-agent': `${header} Chrome/1 (X11; Linux) ${header}`, 'x-forwarded-for': header };
    const names = STORABLE_TEXTS.includes(text) ? { firstName: text, lastName: text } : {};
    const email = `${ofAddress}${index}@a.example`;
    const passwords = { password: PASSWORD, confirmPassword: PASSWORD };
    const person = { ...{ salutation: 'Ms', firstName: 'Ada', lastName: 'Kessler', gender: 'Female' }, ...names };
    const registration = { ...person, ...passwords, email, acceptedTerms: true };
    expect((await api.post('/customers', registration, { headers })).status).toBe(201);

    const one = await createCustomer(account.shop.app.dataSource, { ...names, email: `known${email}` });
    const answer = await api.post('/access-tokens', { username: one.email, password: PASSWORD }, { headers });
    const token = answer.json.data!.attributes.accessToken as string;
    const attributes = { type: 'email' };
    await api.post('/multi-factor-auth-type-activate', attributes, { token, headers });
    const code = mailedCode(account.shop.app.mailbox, one.email);
    await api.post('/multi-factor-auth-type-verify', attributes, { token, headers, code });
    expect((await api.post('/customer-forgotten-password', { email: one.email }, { headers })).status).toBe(204);
  };

  it('are kept in a form that waits for a code, and shown as text in the dialog', async () => {
    const { page } = await account.protected();
    const visitor = await HostileVisitor.beside(page);
    const action = '/account/profile';
    for (const text of STORABLE_TEXTS) {
      await visitor.page.goto(action);
      await visitor.page.locator('#gender').selectOption('Female');
      for (const name of ['firstName', 'lastName']) await visitor.page.locator(`#${name}`).fill(text);
      await visitor.page.locator('main form button').click();
      await visitor.page.locator('dialog[open]').waitFor();
      await visitor.send({ open: async () => {}, action, text }); // in the dialog
      await visitor.page.locator('dialog [role=alert]').waitFor();
      await visitor.page.keyboard.press('Escape');
      expect(await visitor.page.locator('#lastName').inputValue()).toBe(text);
    }
    expect(visitor.faults).toEqual([]);
    await page.context().close();
  });

  it('are shown as text to agents, where names and addresses of customers have them', async () => {
    const { dataSource, mailbox } = account.shop.app;
    const { username } = await createUser(dataSource, { roles: ['agent'] });
    const page = await account.open();
    await new AreaUser(page, '/agent', username, mailbox).signIn();
    await page.waitForURL('**/agent');
    const visitor = await HostileVisitor.beside(page);
    for (const [index, text] of STORABLE_TEXTS.entries()) {
      const email = `${text.slice(0, 60).toLowerCase()}${index}@a.example`;
      const one = await createCustomer(dataSource, { firstName: text, lastName: text, email });
      const reference = encodeURIComponent(one.customerReference);
      await visitor.read(`/agent/customers?q=${reference}`, text);
      await visitor.read(`/agent/customers/${reference}`, text);
      await visitor.page.locator('main form button').first().click();
      await visitor.page.waitForURL('**/account');
      await visitor.read('/account', email);
    }
    expect(visitor.faults).toEqual([]);
    await page.context().close();
  });

  it('change nothing in mails and in the mailbox, as names, addresses, browsers and clients', async () => {
    const { app } = account.shop;
    const { mails, url } = app.mailbox;
    app.mailbox.clear();
    const api = await app.anotherInstance({ TRUSTED_PROXIES: '127.0.0.1' });
    for (const [index, text] of HOSTILE_TEXTS.entries()) await causeMails(api, text, index);
    await app.mailsSent();
    expect(mails).toHaveLength(4 * HOSTILE_TEXTS.length);

    const page = await account.browser.open(url);
    await page.goto('/');
    const { host, ports } = app.settings;
    const visitor = await HostileVisitor.beside(page, `http://${host}:${ports.storefront}`);
    await visitor.read(url, `${mails.length} mails`);
    for (const { id, to, text, html } of mails) {
      await visitor.read(`${url}/mails/${id}`, to[0]!);
      await visitor.readMail(html, text.split('\n')[0]!);
    }
    expect(visitor.faults).toEqual([]);
    await page.context().close();
  });
});

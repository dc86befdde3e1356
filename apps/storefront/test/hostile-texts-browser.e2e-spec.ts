import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, createUser, HOSTILE_TEXTS, HostileVisitor, mailedCode, PASSWORD } from '#testing';
import { CustomerAddress } from '../src/addresses/customer-address.entity.js';
import { AccountBrowser } from './account-browser.js';
import { ROUTES } from './routes.js';

/** Forms that have nothing to type in. */
const WITHOUT_TEXT =
  /\/(sign-out|sessions\/end|sessions\/end-others|mfa\/:type\/send)$|^\/account\/(delete|addresses\/:id\/delete)$|^\/agent\/customers\/:reference$/;
const EVERYBODY = [
  '/account/sign-in',
  '/account/register',
  '/account/confirm',
  '/account/forgotten-password',
  '/account/new-password',
  '/agent/sign-in',
];
const CUSTOMERS = ['/account/profile', '/account/email', '/account/password'];

/** Opens the page of a form. */
type Open = (page: Page) => Promise<unknown>;

describe('Hostile texts in a browser', { timeout: 120_000 }, () => {
  let account: AccountBrowser;
  const sent = new Set<string>();

  beforeAll(async () => {
    account = await AccountBrowser.launch();
  });
  afterAll(() => account?.close());

  const sendAll = async (page: Page, action: string, open?: Open): Promise<void> => {
    expect(await HostileVisitor.sendAll(page, action, open)).toEqual([]);
    sent.add(action);
  };

  it.each(EVERYBODY)('are shown as text where everybody can type them: %s', async (path) => {
    const page = await account.open();
    await page.goto(path);
    await sendAll(page, path);
    await page.context().close();
  });

  it.each(CUSTOMERS)('are shown as text where customers can type them: %s', async (path) => {
    const { page } = await account.signedIn();
    await sendAll(page, path);
    await page.context().close();
  });

  it('are shown as text in addresses, those that are stored too', async () => {
    const { one, page } = await account.signedIn();
    await sendAll(page, '/account/addresses/new');
    const addresses = account.shop.app.dataSource.getRepository(CustomerAddress);
    const stored = await addresses.findOneByOrFail({ customerId: one.id });
    await sendAll(page, `/account/addresses/${stored.uuid}`);
    await page.context().close();
  });

  describe.each(['/account', '/agent'])('are shown as text where codes are typed, at %s', (base) => {
    /** Somebody who has signed in with the password, and how to take the second step. */
    const person = async (): Promise<{ page: Page; address: string }> => {
      const { dataSource } = account.shop.app;
      const address =
        base === '/account'
          ? (await createCustomer(dataSource)).email
          : (await createUser(dataSource, { roles: ['agent'] })).username;
      const page = await account.open();
      await signIn(page, address);
      await page.waitForURL(`**${base}`);
      return { page, address };
    };
    const submit = (page: Page): Promise<void> => page.locator('main form button').first().click();
    const signIn = async (page: Page, address: string): Promise<void> => {
      await page.goto(`${base}/sign-in`);
      await page.locator('#username').fill(address);
      await page.locator('#password').fill(PASSWORD);
      await submit(page);
    };
    const begin = async (page: Page, type: string): Promise<void> => {
      await page.goto(`${base}/mfa/${type}`);
      await submit(page);
      await page.locator('#code').waitFor();
    };

    it('to set methods up', async () => {
      const { page } = await person();
      for (const type of ['email', 'totp']) await begin(page, type);
      for (const type of ['email', 'totp']) {
        await sendAll(page, `${base}/mfa/${type}/verify`, (at) => at.goto(`${base}/mfa/${type}`));
      }
      await page.context().close();
    });

    it('to get recovery codes, to turn a method off, and to sign in', async () => {
      const { page, address } = await person();
      await begin(page, 'email');
      await page.locator('#code').fill(mailedCode(account.shop.app.mailbox, address));
      await submit(page);
      await page.waitForURL('**?on=email');
      await sendAll(page, `${base}/mfa/recovery-code/activate`, (at) => at.goto(`${base}/mfa/recovery-code`));
      await sendAll(page, `${base}/mfa/email/deactivate`);
      await page.context().clearCookies();
      await signIn(page, address);
      await page.waitForURL('**/sign-in/code?*');
      await sendAll(page, `${base}/sign-in/code`);
      await page.context().close();
    });
  });

  it('are kept in a form that waits for a code, and shown as text in the dialog', async () => {
    const { page } = await account.protected();
    const visitor = await HostileVisitor.beside(page);
    const action = '/account/profile';
    for (const text of HOSTILE_TEXTS.filter((one) => !one.includes('\0'))) {
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
    const { dataSource } = account.shop.app;
    const { username } = await createUser(dataSource, { roles: ['agent'] });
    const page = await account.open();
    await page.goto('/agent');
    await page.locator('#username').fill(username);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('main form button').first().click();
    await page.waitForURL('**/agent');
    const visitor = await HostileVisitor.beside(page);
    for (const [index, text] of HOSTILE_TEXTS.filter((one) => !one.includes('\0')).entries()) {
      const email = `${text.slice(0, 60).toLowerCase()}${index}@a.example`;
      const names = { firstName: text, lastName: text };
      const one = await createCustomer(dataSource, { ...names, email });
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

  it('were sent in all forms that have something to type in', () => {
    const paths = ROUTES.filter(({ method, access }) => method === 'POST' && access.endsWith('page')).map(
      ({ path }) => path,
    );
    const isSent = (path: string): boolean => {
      const pattern = new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
      return [...sent].some((action) => pattern.test(action));
    };
    expect(paths.filter((path) => !WITHOUT_TEXT.test(path) && !isSent(path))).toEqual([]);
  });
});

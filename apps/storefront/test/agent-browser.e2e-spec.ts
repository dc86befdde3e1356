import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '#auth';
import { createCustomer, createUser, faultsOf, mailedCode, PASSWORD, TestBrowser } from '#testing';
import { Shop } from './shop.js';

describe('An agent in a browser', { timeout: 120_000 }, () => {
  let shop: Shop;
  let browser: TestBrowser;

  beforeAll(async () => {
    shop = await Shop.open();
    browser = await TestBrowser.launch();
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.app.stop();
  });

  const open = (options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> =>
    browser.open(shop.app.api.url, options);
  const agent = (overrides: Partial<User> = {}): Promise<User> =>
    createUser(shop.app.dataSource, { roles: ['agent'], ...overrides });
  const code = ({ username }: User): string => mailedCode(shop.app.mailbox, username);
  const submit = (page: Page, form = 'main form'): Promise<void> => page.locator(`${form} button`).first().click();
  const signIn = async (page: Page, { username }: User): Promise<void> => {
    await page.goto('/agent');
    await page.locator('#username').fill(username);
    await page.locator('#password').fill(PASSWORD);
    await submit(page);
    await page.waitForURL('**/agent');
  };
  const turnOnEmail = async (page: Page, by: User): Promise<void> => {
    await page.goto('/agent/mfa/email');
    await submit(page);
    await page.locator('#code').fill(code(by));
    await submit(page);
    await page.waitForURL('**/agent/mfa?on=email');
  };

  describe.each([true, false])('whose scripts run: %s', (javaScriptEnabled) => {
    it('finds a customer, acts for them, is asked for the own code, and finds the form as it was', async () => {
      const [by, one] = [await agent(), await createCustomer(shop.app.dataSource)];
      const page = await open({ javaScriptEnabled });
      await signIn(page, by);
      await turnOnEmail(page, by);
      await page.getByRole('link', { name: 'Customers' }).click();
      await page.getByLabel('Reference, e-mail address or name').fill(one.lastName);
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('link', { name: `Act for ${one.customerReference}` }).click();
      await page.getByRole('button', { name: 'Act for this customer' }).click();
      await page.waitForURL('**/account');
      await page.getByText(`You act for ${one.email} (${one.customerReference}).`).waitFor();

      await page.goto('/account/password');
      await page.getByLabel('Current password').fill(PASSWORD);
      await page.getByLabel('New password', { exact: true }).fill('Another-Secret-77!');
      await page.getByLabel('New password again').fill('Another-Secret-77!');
      await page.getByRole('button', { name: 'Change the password' }).click();
      await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
      if (javaScriptEnabled) {
        await page.keyboard.press('Escape');
        expect(await page.getByLabel('Current password').inputValue()).toBe(PASSWORD);
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
      }
      await page.locator('#code').fill(code(by));
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('Your password is changed.').waitFor();
      expect(await shop.login(one.email, 'Another-Secret-77!')).toBeDefined();
      await page.context().close();
    });

    it('ends the acting, and is an agent again', async () => {
      const page = await open({ javaScriptEnabled });
      await signIn(page, await agent());
      await page.goto(`/agent/customers/${(await createCustomer(shop.app.dataSource)).customerReference}`);
      await submit(page);
      await page.getByRole('button', { name: 'End' }).click();
      await page.waitForURL('**/agent');
      await page.goto('/account');
      expect(page.url()).toContain('/account/sign-in');
      await page.context().close();
    });
  });

  it.each([
    ['light', 'en-US'],
    ['dark', 'de-DE'],
  ] as const)('finds nothing in the way on any page, with a %s screen (%s)', async (colorScheme, locale) => {
    const by = await agent({ locale: locale.replace('-', '_') });
    const one = await createCustomer(shop.app.dataSource, {});
    const unconfirmed = await createCustomer(shop.app.dataSource, { confirmed: false });
    for (let n = 0; n < 10; n += 1) await createCustomer(shop.app.dataSource);
    const page = await open({ colorScheme, locale });
    const faults: string[] = [];
    const look = async (path?: string): Promise<void> => {
      if (path !== undefined) await page.goto(path);
      faults.push(...(await faultsOf(page)));
    };
    await look('/agent/sign-in');
    await signIn(page, by);
    await look();
    await look('/agent/customers');
    await look('/agent/customers?q=nobody-has-this-name');
    await look(`/agent/customers/${unconfirmed.customerReference}`);
    await submit(page);
    await page.waitForSelector('[role=alert]');
    await look();
    await turnOnEmail(page, by);
    await look();
    await page.goto(`/agent/customers/${one.customerReference}`);
    await submit(page);
    await page.waitForURL('**/account');
    await look();
    await page.goto('/account/password');
    for (const field of ['password', 'newPassword', 'confirmPassword']) await page.locator(`#${field}`).fill(PASSWORD);
    await submit(page);
    await page.waitForSelector('dialog');
    await look();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

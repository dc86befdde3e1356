import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '#testing';
import { AccountBrowser } from './account-browser.js';

const PATHS = ['/account', '/account/addresses', '/account/profile'];
const NEW = 'Another-Secret-77!';

/** Chromium keeps pages with `no-store` too, until a cookie of theirs changes. */
describe('A browser that keeps pages to go back to', { timeout: 60_000 }, () => {
  let account: AccountBrowser;

  beforeAll(async () => {
    account = await AccountBrowser.launch({ keepsPages: true });
  });
  afterAll(() => account?.close());

  const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor();
  const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const signOut = async (page: Page): Promise<void> => {
    await press(page, 'Sign out');
    await page.waitForURL('**/account/sign-in?out');
  };

  it.each<[string, (page: Page) => Promise<void>]>([
    ['the sign-out', signOut],
    [
      'the sign-out in another tab',
      async (page) => {
        const tab = await page.context().newPage();
        await tab.goto('/account');
        await signOut(tab);
      },
    ],
    [
      'a change of the password',
      async (page) => {
        await page.goto('/account/password');
        await page.locator('#password').fill(PASSWORD);
        for (const field of ['newPassword', 'confirmPassword']) await page.locator(`#${field}`).fill(NEW);
        await press(page, 'Change the password');
        await page.waitForURL('**/account/sign-in?password');
      },
    ],
  ])('shows nothing of the account after %s', async (_, end) => {
    const { one, page } = await account.signedIn();
    for (const path of PATHS) await page.goto(path);
    await end(page);
    for (let steps = 0; steps < PATHS.length - 1; steps += 1) {
      await page.evaluate(() => history.back());
      await page.waitForURL('**/account/sign-in');
      await heading(page, 'Sign in');
      const shown = await page.content();
      expect([shown.includes(one.email), shown.includes(one.lastName)]).toEqual([false, false]);
    }
    await page.context().close();
  });

  it('shows a form that was left as it was, and it can be sent', async () => {
    const { page } = await account.signedIn();
    await page.goto('/account/profile');
    await page.getByLabel('First name').fill('Grace');
    await page.getByRole('link', { name: 'Addresses' }).click();
    await heading(page, 'Addresses');
    await page.evaluate(() => history.back());
    await heading(page, 'Your data');
    expect(await page.getByLabel('First name').inputValue()).toBe('Grace');
    await press(page, 'Save');
    await page.getByText('Your changes are saved.').waitFor();
    await page.context().close();
  });
});

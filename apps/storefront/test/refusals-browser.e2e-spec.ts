import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCustomer, PASSWORD } from '#testing';
import { AccountBrowser } from './account-browser.js';

const NEW = 'Another-Secret-77!';
const CODE = '/account/sign-in/code';

describe('A customer whose codes or passwords are refused', { timeout: 120_000 }, () => {
  let account: AccountBrowser;

  beforeAll(async () => {
    account = await AccountBrowser.launch();
  });
  afterAll(() => account?.close());

  const advance = (seconds: number): void => account.shop.app.clock.advance(seconds);
  const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();
  const confirm = async (page: Page, value: string): Promise<void> => {
    await page.locator('#code').fill(value);
    await press(page, 'Continue');
  };
  /** Waits for what is said after a click, so that the next one is not sent with it. */
  const said = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
  const passwordForm = async (page: Page): Promise<void> => {
    await page.goto('/account/password');
    await page.locator('#password').fill(PASSWORD);
    for (const field of ['newPassword', 'confirmPassword']) await page.locator(`#${field}`).fill(NEW);
    await press(page, 'Change the password');
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
  };

  describe.each([true, false])('and whose scripts run: %s', (javaScriptEnabled) => {
    it('is told at the sign-in that too many codes were asked for, and how long to wait', async () => {
      const { one, page } = await account.protected({ javaScriptEnabled });
      await press(page, 'Sign out');
      advance(600);
      await account.signIn(page, one);
      await page.waitForURL(`**${CODE}?sent`);
      for (let sent = 1; sent < 5; sent += 1) {
        await page.goto(CODE); // the button of a page that was just sent to counts down
        await page.locator('button[name=send]').click();
        await page.waitForURL(`**${CODE}?sent`);
      }
      await page.goto(CODE);
      await page.locator('button[name=send]').click();
      await said(page, 'Too many codes were sent. You can ask for another one in 60 seconds.');
      advance(60);
      await page.goto(CODE);
      await page.locator('button[name=send]').click();
      await page.waitForURL(`**${CODE}?sent`);
      await confirm(page, account.codeOf(one));
      await page.waitForURL('**/account');
      await page.context().close();
    });

    it('is told so where a form waits for the code, which is sent when the time is over', async () => {
      const { one, page } = await account.protected({ javaScriptEnabled });
      await passwordForm(page);
      const form = page.locator(javaScriptEnabled ? 'dialog' : 'main');
      const ask = async (): Promise<void> => {
        await press(page, 'Continue'); // the answer's button does not count down
        await form.getByText('Enter a code.').first().waitFor();
        await form.locator('button[name=send]').click();
      };
      for (let sent = 1; sent < 5; sent += 1) {
        await ask();
        await form.getByText('A code is on its way').waitFor();
      }
      await ask();
      await form.getByText('Too many codes were sent. You can ask for another one in').first().waitFor();
      expect(await form.getByRole('alert').innerText()).toMatch(/in \d+ seconds\./);
      await confirm(page, account.codeOf(one));
      await said(page, 'Your password is changed.');
      await page.context().close();
    });

    it('is told so where a form waits for the code, that codes are locked, and loses nothing of it', async () => {
      const { one, page } = await account.protected({ javaScriptEnabled });
      await passwordForm(page);
      const form = page.locator(javaScriptEnabled ? 'dialog' : 'main');
      const miss = async (): Promise<void> => {
        await confirm(page, '000000x');
        await vi.waitFor(async () => expect(await page.locator('#code').inputValue()).toBe(''), { timeout: 10_000 });
      };
      for (let misses = 0; misses < 10; misses += 1) await miss();
      await form.getByText(/codes are locked for your account until \d\d?:\d\d/).waitFor();
      await confirm(page, account.codeOf(one));
      await form.getByText('Codes are locked for your account; try again in 30 minutes.').first().waitFor();
      advance(1000);
      await (await page.context().newPage()).goto('/account'); // who stays signed in
      advance(800);
      await form.locator('button[name=send]').click();
      await form.getByText('A code is on its way').waitFor();
      await confirm(page, account.codeOf(one));
      await said(page, 'Your password is changed.');
      await page.context().close();
    });
  });

  it.each([
    ['en-US', 'Too many attempts to sign in. Please wait 5 minutes.'],
    ['de-DE', 'Zu viele Anmeldeversuche. Bitte warten Sie 5 Minuten.'],
  ])('is told at the sign-in how long to wait, after too many wrong passwords (%s)', async (locale, text) => {
    const one = await createCustomer(account.shop.app.dataSource);
    const page = await account.open({ locale });
    for (let misses = 0; misses < 10; misses += 1) {
      await account.signIn(page, one, 'Wrong-Secret-77!');
      await page.getByRole('alert').waitFor();
    }
    await account.signIn(page, one);
    await said(page, text);
    expect(await page.locator('#username').inputValue()).toBe(one.email);
    expect(await page.locator('#password').inputValue()).toBe('');
    advance(300);
    await account.signIn(page, one);
    await page.waitForURL('**/account');
    await page.context().close();
  });
});

import jsQR from 'jsqr';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, faultsOf, PASSWORD, submit, totpStep, totpValue } from '#testing';
import { AccountBrowser } from './account-browser.js';

describe('A customer in a browser', { timeout: 120_000 }, () => {
  let account: AccountBrowser;

  beforeAll(async () => {
    account = await AccountBrowser.launch();
  });
  afterAll(() => account?.close());

  const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();
  const confirm = async (page: Page, value: string, button: string): Promise<void> => {
    await page.getByLabel(/^(Recovery code|Code)$/).fill(value);
    await page.getByRole('button', { name: button }).click();
  };
  /** The secret of the QR code, as the camera of a phone reads it. */
  const scanned = async (page: Page): Promise<string> => {
    const png = await page.locator('.qr').screenshot();
    const pixels = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      return [...context.getImageData(0, 0, bitmap.width, bitmap.height).data, bitmap.width, bitmap.height];
    }, png.toString('base64'));
    const [height, width] = [pixels.pop()!, pixels.pop()!];
    const { data = '' } = jsQR.default(Uint8ClampedArray.from(pixels), width, height) ?? {};
    return new URL(data).searchParams.get('secret')!;
  };

  describe.each([true, false])('whose scripts run: %s', (javaScriptEnabled) => {
    it('signs in, turns on e-mail, an app and recovery codes, and signs in with each of them', async () => {
      const one = await createCustomer(account.shop.app.dataSource);
      const page = await account.open({ javaScriptEnabled });
      await account.signIn(page, one);
      expect(await heading(page)).toBe('Your account');
      await page.getByRole('link', { name: 'Set it up' }).click();
      await page.getByRole('link', { name: /Code by e-mail/ }).click();
      await page.getByRole('button', { name: 'Turn on' }).click();
      await confirm(page, account.codeOf(one), 'Confirm');
      expect(await page.getByRole('status').first().innerText()).toBe('Code by e-mail is on now.');

      await page.getByRole('link', { name: /Recovery codes/ }).click();
      await confirm(page, account.codeOf(one), 'Turn on');
      const [recoveryCode = ''] = await page.locator('#codes li').allInnerTexts();
      expect(await page.getByRole('button', { name: 'Copy' }).isVisible()).toBe(javaScriptEnabled);

      await page.getByRole('link', { name: 'Back to your methods' }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      expect(await heading(page)).toBe('Sign in');
      await page.goBack();
      expect(await heading(page)).toBe('Sign in');

      await account.signIn(page, one);
      expect(await heading(page)).toBe('Confirm that it is you');
      await confirm(page, account.codeOf(one), 'Continue');
      expect(await heading(page)).toBe('Your account');

      await page.goto('/account/mfa/totp');
      await confirm(page, account.codeOf(one), 'Turn on');
      const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '');
      if (javaScriptEnabled) expect(await scanned(page)).toBe(secret);
      await confirm(page, totpValue(secret, totpStep(account.shop.app.clock.now())), 'Confirm');
      expect(await page.getByRole('status').first().innerText()).toBe('Authenticator app is on now.');

      account.shop.app.clock.advance(60);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await account.signIn(page, one);
      await confirm(page, totpValue(secret, totpStep(account.shop.app.clock.now())), 'Continue');
      expect(await heading(page)).toBe('Your account');

      await page.getByRole('button', { name: 'Sign out' }).click();
      await account.signIn(page, one);
      await page.getByRole('button', { name: 'Use a recovery code' }).click();
      await confirm(page, recoveryCode, 'Continue');
      expect(await heading(page)).toBe('Your account');
      await page.context().close();
    });
  });

  describe.each([true, false])('whose grant is over, and whose scripts run: %s', (javaScriptEnabled) => {
    it('is asked for a code, and finds the form as it was', async () => {
      const { one, page, user } = await account.signedIn({ javaScriptEnabled });
      await user.turnOnEmail();
      account.shop.app.clock.advance(1750);
      await page.goto('/account/password');
      account.shop.app.clock.advance(60);
      await page.getByLabel('Current password').fill(PASSWORD);
      await page.getByLabel('New password', { exact: true }).fill('Another-Secret-77!');
      await page.getByLabel('New password again').fill('Another-Secret-77!');
      await page.getByRole('button', { name: 'Change the password' }).click();
      await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
      if (javaScriptEnabled) {
        const focused = (): Promise<unknown> =>
          page.evaluate('document.activeElement.id || document.activeElement.textContent');
        expect(await focused()).toBe('code');
        expect(await page.locator('dialog button[name=send]').innerText()).toMatch(/^Send a new code \(\d+\)$/);
        await page.keyboard.press('Escape');
        expect(await focused()).toBe('Change the password');
        expect(await page.getByLabel('Current password').inputValue()).toBe(PASSWORD);
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
      }
      await confirm(page, '000000x', 'Continue');
      await page.getByText('This code is wrong').first().waitFor();
      await confirm(page, account.codeOf(one), 'Continue');
      await page.getByText('Your password is changed.').waitFor();
      expect(page.url()).toContain('/account/sign-in');
      await page.context().close();
    });
  });

  it('keeps a form that the shop did not answer, and does not send it twice', async () => {
    const { page } = await account.signedIn();
    await page.goto('/account/password');
    await page.getByLabel('Current password').fill(PASSWORD);
    await page.getByLabel('New password', { exact: true }).fill('Another-Secret-77!');
    await page.getByLabel('New password again').fill('Another-Secret-77!');
    let sent = 0;
    await page.route('**/account/password', (route) => {
      sent += 1;
      return route.abort();
    });
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The shop did not answer.').waitFor();
    expect([sent, await page.getByLabel('Current password').inputValue()]).toEqual([1, PASSWORD]);
    await page.unroute('**/account/password');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Your password is changed.').waitFor();
    await page.context().close();
  });

  it('is told in words when a code is over, when few attempts are left, and when codes are locked', async () => {
    const one = await createCustomer(account.shop.app.dataSource);
    await account.shop.enableMfa(await account.shop.login(one.email), one.email);
    const page = await account.open();
    await account.signIn(page, one);
    const late = account.codeOf(one);
    account.shop.app.clock.advance(601);
    await confirm(page, late, 'Continue');
    await page.getByText('The code of the mail is not good any more. Ask for a new one.').waitFor();
    await page.locator('button[name=send]').click();
    await page.getByText('A code is on its way').waitFor();
    const miss = () => Promise.all([page.waitForEvent('load'), confirm(page, '000000x', 'Continue')]);
    for (let misses = 1; misses < 6; misses += 1) await miss();
    for (const said of ['3 attempts are left', '2 attempts are left', 'One attempt is left', 'codes are locked for']) {
      await miss();
      await page.getByText(said).waitFor();
    }
    await confirm(page, account.codeOf(one), 'Continue');
    await page.getByText('try again in 30 minutes').first().waitFor();
    await page.context().close();
  });

  it('gets along with the keyboard alone, and is led to what is wrong', async () => {
    const one = await createCustomer(account.shop.app.dataSource);
    const page = await account.open();
    await page.goto('/account/sign-in');
    const focused = (): Promise<string> =>
      page.evaluate(() => `${document.activeElement?.id || document.activeElement?.textContent?.trim()}`);
    const outline = (): Promise<string> => page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
    const seen: string[] = [];
    for (let step = 0; step < 5; step += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
      expect(await outline(), seen.at(-1)).toBe('solid');
    }
    expect(seen).toEqual(['Skip to content', 'Sallyport', 'username', 'password', 'Sign in']);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=alert]');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('username');
    await page.keyboard.type(one.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/account');
    await page.context().close();
  });

  it('sends a form once, however often the button is pressed', async () => {
    const one = await createCustomer(account.shop.app.dataSource);
    const page = await account.open();
    await page.goto('/account/sign-in');
    await page.getByLabel('E-mail address').fill(one.email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).dblclick();
    await page.waitForURL('**/account');
    const sessions = `SELECT FROM login_session WHERE account_kind = 'customer' AND account_id = $1`;
    expect(await account.shop.app.dataSource.query(sessions, [one.id])).toHaveLength(1);
    await page.context().close();
  });

  describe.each([
    ['light', 'en-US'],
    ['dark', 'de-DE'],
  ] as const)('with a %s screen (%s)', (colorScheme, locale) => {
    it('finds nothing in the way on any page', async () => {
      const one = await createCustomer(account.shop.app.dataSource, { locale: locale.replace('-', '_') });
      const page = await account.open({ colorScheme, locale });
      const faults: string[] = [];
      const look = async (path?: string): Promise<void> => {
        if (path !== undefined) await page.goto(path);
        faults.push(...(await faultsOf(page)));
      };
      await look('/account/sign-in');
      await submit(page);
      await look();
      await page.locator('#username').fill(one.email);
      await page.locator('#password').fill(PASSWORD);
      await submit(page);
      await look();
      await look('/account/mfa');
      await look('/account/password');
      await look('/account/mfa/email');
      await submit(page);
      await look();
      await page.locator('#code').fill('000000x');
      await submit(page);
      await look();
      await page.locator('#code').fill(account.codeOf(one));
      await submit(page);
      await look();
      await look('/account');
      await look('/account/mfa/email');
      await look('/account/mfa/email/deactivate');
      await page.goto('/account/mfa/recovery-code');
      await page.locator('#code').fill(account.codeOf(one));
      await submit(page);
      await look();
      await look('/account/mfa/recovery-code');
      await look('/account/mfa/recovery-code?begin');
      await page.goto('/account/mfa/totp');
      await page.locator('#code').fill(account.codeOf(one));
      await submit(page);
      await look();
      await look('/account/mfa/totp');
      await look('/account/nothing');
      await page.goto('/account');
      await submit(page, 'header form');
      await look();
      await page.locator('#username').fill(one.email);
      await page.locator('#password').fill(PASSWORD);
      await submit(page);
      await look();
      await page.getByRole('button', { name: /recovery|Wiederherstellung/i }).click();
      await look();
      expect(faults).toEqual([]);
      await page.context().close();
    });
  });
});

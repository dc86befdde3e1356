import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '#auth';
import { createCustomer, mailedCode, PASSWORD, startTestApp, TestBrowser, type TestApp } from '#testing';
import { createStorefront } from '../../apps/storefront/src/storefront.js';
import { Camera } from './camera.js';

describe('The pages of the storefront', () => {
  const camera = new Camera();
  let app: TestApp;
  let browser: TestBrowser;
  let nele: Customer;
  let page: Page;

  beforeAll(async () => {
    app = await startTestApp(createStorefront, { PAGES_NAME: 'Harbor Supply' });
    browser = await TestBrowser.launch();
    nele = await createCustomer(app.dataSource, {
      email: 'nele.hansen@harborsupply.example',
      firstName: 'Nele',
      lastName: 'Hansen',
    });
    page = await browser.open(app.api.url);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const code = (): string => mailedCode(app.mailbox, nele.email);
  const press = (name: string | RegExp): Promise<void> => page.getByRole('main').getByRole('button', { name }).click();
  const signIn = async (): Promise<void> => {
    await page.goto('/account/sign-in');
    await page.getByLabel('E-mail address').fill(nele.email);
    await page.getByLabel('Password').fill(PASSWORD);
    await press('Sign in');
  };
  const enterCode = async (value: string, button: string): Promise<void> => {
    await page.getByLabel(/^(Recovery code|Code)$/).fill(value);
    await press(button);
  };

  it('of customers', async () => {
    await camera.visit(page, '/account/sign-in', 'account/sign-in');
    await press('Sign in');
    await camera.take(page, 'account/sign-in-incomplete');
    await signIn();
    await camera.take(page, 'account/overview-without-mfa');
    await camera.visit(page, '/account/mfa', 'account/methods');
    await camera.visit(page, '/account/mfa/email', 'account/email-off');
    await press('Turn on');
    await camera.take(page, 'account/email-code');
    await enterCode(code(), 'Confirm');
    await page.goto('/account/mfa/totp');
    await enterCode(code(), 'Turn on');
    await camera.take(page, 'account/app-qr-code');
    await page.goto('/account/mfa/recovery-code');
    await enterCode(code(), 'Turn on');
    await camera.take(page, 'account/recovery-codes');
    await camera.visit(page, '/account/mfa', 'account/methods-on');
    await camera.visit(page, '/account/mfa/email', 'account/email-on');
    await camera.visit(page, '/account/mfa/email/deactivate', 'account/email-deactivation');
    await camera.visit(page, '/account', 'account/overview');
    await camera.visit(page, '/account/password', 'account/password');
    await camera.visit(page, '/account/nothing', 'account/not-found');
    app.clock.advance(1750);
    await page.goto('/account/password');
    app.clock.advance(60);
    await page.getByLabel('Current password').fill(PASSWORD);
    await page.getByLabel('New password', { exact: true }).fill('Another-Secret-77!');
    await page.getByLabel('New password again').fill('Another-Secret-77!');
    await press('Change the password');
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await camera.take(page, 'account/dialog');
    await page.keyboard.press('Escape');
    await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
    await camera.take(page, 'account/signed-out');
    await signIn();
    await camera.take(page, 'account/second-step');
    await enterCode('000000', 'Continue');
    await camera.take(page, 'account/second-step-wrong');
    await press('Use a recovery code');
    await camera.take(page, 'account/second-step-recovery');
    expect(camera.faults).toEqual([]);
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { User } from '#auth';
import { mailedCode, PASSWORD, TestBrowser } from '#testing';
import { BothApps } from './both-apps.js';

let apps: BothApps;
let browser: TestBrowser;

beforeAll(async () => {
  apps = await BothApps.open();
  browser = await TestBrowser.launch();
});
afterAll(async () => {
  await browser?.close();
  await apps?.close();
});

const signIn = async (page: Page, base: string, { username }: User): Promise<void> => {
  await page.goto(base);
  await page.getByLabel('E-mail address').fill(username);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
};
const confirm = async (page: Page, { username }: User, button: string): Promise<void> => {
  await page.getByLabel('Code', { exact: true }).fill(mailedCode(apps.backend.mailbox, username));
  await page.getByRole('button', { name: button }).click();
};

it('MFA that an agent turns on at the storefront is the second step of the Back Office, and is turned off there for both', async () => {
  const agent = await apps.agent();
  const storefront = await browser.open(apps.api('storefront').url);
  await signIn(storefront, '/agent', agent);
  await storefront.getByRole('link', { name: 'Set it up' }).click();
  await storefront.getByText('This is the same account as in the Back Office').waitFor();
  await storefront.goto('/agent/mfa/email');
  await storefront.getByRole('button', { name: 'Turn on' }).click();
  await confirm(storefront, agent, 'Confirm');
  await storefront.getByText('Code by e-mail is on now.').waitFor();

  const backend = await browser.open(apps.api('backend').url);
  await signIn(backend, '/back-office', agent);
  await backend.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
  await backend.goto('/back-office/mfa');
  expect(new URL(backend.url()).pathname).toBe('/back-office/sign-in/code');
  await confirm(backend, agent, 'Continue');
  await backend.getByText('Your account is protected by a second factor.').waitFor();

  apps.backend.clock.advance(60);
  await backend.goto('/back-office/mfa/email/deactivate');
  await backend.getByRole('button', { name: /Send/ }).click();
  await confirm(backend, agent, 'Turn off');
  await backend.getByText('Code by e-mail is off now.').waitFor();
  await storefront.goto('/agent');
  await storefront.getByRole('link', { name: 'Set it up' }).waitFor();
}, 60_000);

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

/** Who signs in, by the name that is typed. */
interface Person {
  readonly username: string;
}

const signIn = async (page: Page, base: string, { username }: Person): Promise<void> => {
  await page.goto(base);
  await page.getByLabel('E-mail address').fill(username);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
};
const confirm = async (page: Page, { username }: Person, button: string): Promise<void> => {
  await page.getByLabel('Code', { exact: true }).fill(mailedCode(apps.backend.mailbox, username));
  await page.getByRole('button', { name: button }).click();
};

const turnOnEmail = async (page: Page, base: string, person: Person): Promise<void> => {
  await page.goto(`${base}/mfa/email`);
  await page.getByRole('button', { name: 'Turn on' }).click();
  await confirm(page, person, 'Confirm');
  await page.getByText('Code by e-mail is on now.').waitFor();
};

it('MFA that an agent turns on at the storefront is the second step of the Back Office, and is turned off there for both', async () => {
  const agent = await apps.agent();
  const storefront = await browser.open(apps.api('storefront').url);
  await signIn(storefront, '/agent', agent);
  await storefront.getByRole('link', { name: 'Set it up' }).click();
  await storefront.getByText('This is the same account as in the Back Office').waitFor();
  await turnOnEmail(storefront, '/agent', agent);

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

it('whose MFA an administrator removes in the Back Office, comes in with the password alone', async () => {
  const { email, firstName, lastName } = await apps.customer();
  const customer = { username: email };
  const storefront = await browser.open(apps.api('storefront').url);
  await signIn(storefront, '/account', customer);
  await turnOnEmail(storefront, '/account', customer);
  await storefront.getByRole('button', { name: 'Sign out' }).click();

  const admin = await apps.agent({ roles: ['administrator'] });
  const backend = await browser.open(apps.api('backend').url);
  await signIn(backend, '/back-office', admin);
  await turnOnEmail(backend, '/back-office', admin);
  await backend.goto(`/back-office/customers?q=${lastName}`);
  await backend.getByRole('link', { name: `${firstName} ${lastName}` }).click();
  await backend.getByRole('link', { name: 'Remove: Code by e-mail' }).click();
  await backend.getByLabel('Reason').fill('Lost the mailbox; identity checked by phone');
  await backend.getByRole('button', { name: 'Remove now' }).click();
  await backend.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
  await confirm(backend, admin, 'Continue');
  await backend.getByRole('heading', { level: 1, name: `${firstName} ${lastName}` }).waitFor();

  await signIn(storefront, '/account', customer);
  await storefront.getByRole('link', { name: 'Set it up' }).waitFor();
}, 60_000);

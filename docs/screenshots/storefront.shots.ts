import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, createUser, startTestApp, TestBrowser, totpStep, totpValue, type TestApp } from '#testing';
import { createStorefront } from '../../apps/storefront/src/storefront.js';
import { Camera } from './camera.js';
import { Person } from './person.js';

const NELE = { email: 'nele.hansen@harborsupply.example', firstName: 'Nele', lastName: 'Hansen' };
const PAT = { username: 'pat.agent@harborsupply.example', firstName: 'Pat', lastName: 'Agent', roles: ['agent'] };
/** By the labels of the form. */
const ADDRESS = {
  ...{ 'First name': 'Nele', 'Last name': 'Hansen', Street: 'Am Sandtorkai', Number: '4' },
  ...{ Postcode: '20457', City: 'Hamburg' },
};

describe('The pages of the storefront', () => {
  const camera = new Camera();
  let app: TestApp;
  let browser: TestBrowser;

  beforeAll(async () => {
    app = await startTestApp(createStorefront, { PAGES_NAME: 'Harbor Supply' });
    browser = await TestBrowser.launch();
    await createCustomer(app.dataSource, NELE);
    await createUser(app.dataSource, PAT);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('for everybody', async () => {
    const page = await browser.open(app.api.url);
    for (const name of ['sign-in', 'register', 'forgotten-password', 'confirm', 'new-password']) {
      await camera.visit(page, `/account/${name}`, `account/${name}`);
    }
    await page.goto('/account/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await camera.take(page, 'account/sign-in-incomplete');
    await camera.visit(page, '/account/nothing', 'account/not-found');
  });

  it('of customers', async () => {
    const page = await browser.open(app.api.url);
    const nele = new Person(page, app, '/account', NELE.email);
    await nele.signIn();
    await camera.take(page, 'account/overview-without-mfa');
    await camera.visit(page, '/account/mfa', 'account/methods');
    await camera.visit(page, '/account/mfa/email', 'account/email-off');
    await nele.press('Turn on');
    await camera.take(page, 'account/email-code');
    await nele.enterCode('Confirm');
    await page.goto('/account/mfa/recovery-code');
    await nele.enterCode('Turn on');
    await camera.take(page, 'account/recovery-codes');
    await page.goto('/account/mfa/totp');
    await nele.enterCode('Turn on');
    await camera.take(page, 'account/app-qr-code');
    const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '');
    await nele.enterCode('Confirm', totpValue(secret, totpStep(app.clock.now())));
    await page.getByRole('status').first().waitFor();
    await camera.visit(page, '/account/mfa', 'account/methods-on');
    await camera.visit(page, '/account/mfa/email/deactivate', 'account/email-deactivation');
    await camera.visit(page, '/account', 'account/overview');
    await page.goto('/account/addresses/new');
    for (const [label, text] of Object.entries(ADDRESS)) await page.getByLabel(label).fill(text);
    await page.getByLabel('Salutation').selectOption('Ms');
    await page.getByLabel('Country').selectOption('Germany');
    await page.getByLabel('Deliver here').check();
    await nele.press('Save');
    await page.waitForURL('**/account/addresses?saved');
    await page.getByRole('link', { name: /^Change/ }).click();
    await camera.take(page, 'account/addresses-one');
    await camera.visit(page, `${page.url()}/delete`, 'account/addresses-deletion');
    await camera.visit(page, '/account/mfa/email', 'account/email-on');
    for (const path of ['profile', 'email', 'addresses', 'addresses/new', 'password', 'sessions', 'delete']) {
      await camera.visit(page, `/account/${path}`, `account/${path.replace('/', '-')}`);
    }
    await nele.waitForEndOfGrant('/account/password');
    await page.getByLabel('Current password').fill('Harbor-Test-01!');
    await page.getByLabel('New password', { exact: true }).fill('Another-Secret-77!');
    await page.getByLabel('New password again').fill('Another-Secret-77!');
    await nele.press('Change the password');
    await nele.dialog();
    await camera.take(page, 'account/dialog');
    await page.keyboard.press('Escape');
    await nele.signOut();
    await camera.take(page, 'account/signed-out');
    await nele.signIn();
    await camera.take(page, 'account/second-step');
    await nele.enterCode('Continue', '000000');
    await camera.take(page, 'account/second-step-wrong');
    await nele.press('Use a recovery code');
    await camera.take(page, 'account/second-step-recovery');
    expect(camera.faults).toEqual([]);
  });

  it('of agents', async () => {
    const page = await browser.open(app.api.url);
    const pat = new Person(page, app, '/agent', PAT.username);
    for (const name of ['sign-in', 'forgotten-password', 'new-password'])
      await camera.visit(page, `/agent/${name}`, `agent/${name}`);
    await pat.signIn();
    await camera.take(page, 'agent/overview');
    await camera.visit(page, '/agent/mfa', 'agent/methods');
    await camera.visit(page, '/agent/sessions', 'agent/sessions');
    await camera.visit(page, '/agent/customers?q=Hansen', 'agent/customers');
    await page.getByRole('link', { name: /^Act for/ }).click();
    await camera.take(page, 'agent/act-for');
    await pat.turnOnEmail();
    await page.goBack();
    await page.goto('/agent/customers?q=Hansen');
    await page.getByRole('link', { name: /^Act for/ }).click();
    await pat.press('Act for this customer');
    await page.waitForURL('**/account');
    await camera.take(page, 'agent/acting');
    await page.goto('/agent');
    await pat.signOut();
    await pat.signIn();
    await camera.take(page, 'agent/second-step');
    expect(camera.faults).toEqual([]);
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createCustomer,
  faultsOf,
  mailedCode,
  mailsTo,
  PASSWORD,
  startTestApp,
  TestBrowser,
  type TestApp,
} from '#testing';
import { createStorefront } from '../src/storefront.js';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0';

/** The first lines of the mails, the newest first. */
const TOLD = {
  en_US: [
    /^Somebody asked for a new password for your account\./,
    /^\d{6} is your code to sign in\.$/,
    /^\d{6} is your code to switch off a method of multi-factor authentication\.$/,
    /^The method “e-mail” of multi-factor authentication was switched on for your account on /,
    /^\d{6} is your code to switch on multi-factor authentication by e-mail\.$/,
  ],
  de_DE: [
    /^Jemand hat ein neues Passwort für Ihr Konto angefordert\./,
    /^\d{6} ist Ihr Code zum Anmelden\.$/,
    /^\d{6} ist Ihr Code zum Ausschalten einer Methode der Multi-Faktor-Authentifizierung\.$/,
    /^Die Methode „E-Mail“ der Multi-Faktor-Authentifizierung wurde am /,
    /^\d{6} ist Ihr Code zum Einschalten der Multi-Faktor-Authentifizierung per E-Mail\.$/,
  ],
};

describe.each([
  ['light', 'en_US', 'From: 127.0.0.1, Firefox on Windows', 'rgb(247, 248, 250)'],
  ['dark', 'de_DE', 'Von: 127.0.0.1, Firefox unter Windows', 'rgb(20, 23, 28)'],
] as const)('Mails on a %s screen (%s)', { timeout: 120_000 }, (colorScheme, locale, from, ground) => {
  let app: TestApp;
  let browser: TestBrowser;
  let page: Page;
  const SCREEN = { colorScheme, locale: locale.replace('_', '-'), userAgent: FIREFOX };
  let email: string;

  beforeAll(async () => {
    app = await startTestApp(createStorefront, { PAGES_NAME: 'Harbor & Söhne', PAGES_COLOR: '#ffcc00' });
    browser = await TestBrowser.launch();
    page = await browser.open(app.api.url, SCREEN);
    ({ email } = await createCustomer(app.dataSource, { locale }));
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('tell what for, from which browser, and nothing of it is stored', async () => {
    const submit = (form = 'main form'): Promise<void> => page.locator(`${form} button`).first().click();
    const signIn = async (): Promise<void> => {
      await page.goto('/account/sign-in');
      await page.locator('#username').fill(email);
      await page.locator('#password').fill(PASSWORD);
      await submit();
    };
    await signIn();
    await page.goto('/account/mfa/email');
    await submit();
    await page.locator('#code').fill(mailedCode(app.mailbox, email));
    await submit();
    await mailsTo(app, email);
    await page.goto('/account/mfa/email/deactivate');
    await page.locator('form[action$="/send"] button').click();
    await page.waitForURL('**?sent');
    await submit('header form');
    await signIn();
    await page.waitForURL('**?sent');
    expect((await app.api.post('/customer-forgotten-password', { email })).status).toBe(204);

    const mails = await mailsTo(app, email);
    expect(mails.map(({ text }) => text.split('\n')[0])).toEqual(
      TOLD[locale].map((line) => expect.stringMatching(line)),
    );
    for (const { text } of mails) expect(text).toMatch(/^(From|Von): 127\.0\.0\.1/m);
    for (const { text, subject } of mails.filter((mail) => /^\d{6} /.test(mail.text))) {
      expect(text.split('\n')).toContain(from);
      expect(subject).not.toMatch(/\d/);
    }
    const [stored] = await app.dataSource.query(`SELECT json_agg(e)::text AS entries FROM mfa_audit_event e`);
    expect(stored.entries).toContain('127.0.0.1');
    expect(stored.entries + app.logged()).not.toContain('Firefox');
  });

  it('are listed and shown by the mailbox, which has nothing in the way', async () => {
    const window = await browser.open(app.mailbox.url, SCREEN);
    await window.goto('/');
    const items = window.getByRole('listitem');
    expect(await items.count()).toBe(TOLD[locale].length);
    for (const [index, line] of TOLD[locale].entries()) {
      const { from: sender, subject } = app.mailbox.mails[index]!;
      const [title, preview, rest] = await items.nth(index).locator('a, p').allInnerTexts();
      expect([title, rest]).toEqual([subject, expect.stringContaining(`${sender} to ${email}, 2`)]);
      expect(preview!.replace(/…$/, '')).toMatch(new RegExp(line.source.replace('\\.$', '')));
    }
    const faults = await faultsOf(window);
    await items.nth(1).getByRole('link').click();
    const code = window.frameLocator('iframe').getByText(mailedCode(app.mailbox, email), { exact: true });
    expect(await code.isVisible()).toBe(true);
    expect([...faults, ...(await faultsOf(window))]).toEqual([]);
    await window.goto('/mails/unknown');
    expect(await faultsOf(window)).toEqual([]);
    expect(await window.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(ground);
  });

  it('have nothing in the way themselves, and the colours of the screen', async () => {
    for (const { html } of app.mailbox.mails) {
      await page.goto('about:blank');
      await page.setContent(html);
      expect(await faultsOf(page)).toEqual([]);
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(ground);
    }
  });
});

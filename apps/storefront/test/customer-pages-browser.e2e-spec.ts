import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '#auth';
import { faultsOf, mailsTo, PASSWORD } from '#testing';
import { AccountBrowser } from './account-browser.js';

const NEW = 'Another-Secret-77!';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe('A customer in a browser, from the registration to the end', { timeout: 120_000 }, () => {
  let account: AccountBrowser;

  beforeAll(async () => {
    account = await AccountBrowser.launch();
  });
  afterAll(() => account?.close());

  const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();
  const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const follow = (page: Page, name: string): Promise<void> => page.getByRole('link', { name, exact: true }).click();
  const confirm = async (page: Page, one: Customer): Promise<void> => {
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await page.locator('#code').fill(account.codeOf(one));
    await press(page, 'Continue');
  };
  /** The link and the key of the newest mail, as they stand in it. */
  const mailed = async (email: string): Promise<{ path: string; key: string }> => {
    const [mail] = await mailsTo(account.shop.app, email);
    const [link = ''] = /http:\S+/.exec(mail!.text) ?? [];
    const { pathname, hash } = new URL(link);
    return { path: pathname + hash, key: /^Key: (\S+)$/m.exec(mail!.text)![1]! };
  };
  /** Opens the link of a mail; where scripts do not run, the key is pasted. */
  const openMail = async (page: Page, email: string, hasScripts: boolean): Promise<void> => {
    const { path, key } = await mailed(email);
    await page.goto(path);
    const field = page.getByLabel('Key of the mail');
    if (hasScripts) {
      expect([await field.isVisible(), page.url().includes(key), page.url().includes('#')]).toEqual([
        false,
        false,
        false,
      ]);
    } else await field.fill(key);
  };

  describe.each([true, false])('whose scripts run: %s', (javaScriptEnabled) => {
    it('registers, confirms with the mail, signs in, forgets the password, and sets a new one with the mail', async () => {
      const email = `${randomUUID().slice(0, 8)}@new.example`;
      const page = await account.open({ javaScriptEnabled });
      await page.goto('/account/sign-in');
      await follow(page, 'Create an account');
      await press(page, 'Create the account');
      await page.getByRole('alert').waitFor();
      await page.getByLabel('Salutation').selectOption('Ms');
      await page.getByLabel('First name').fill('Nele');
      await page.getByLabel('Last name').fill('Hansen');
      await page.getByLabel('Gender').selectOption('Female');
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.getByLabel('Password again').fill(PASSWORD);
      await page.getByLabel('I accept the terms').check();
      await press(page, 'Create the account');
      await page.getByText('We have sent you a mail.').waitFor();

      await openMail(page, email, javaScriptEnabled);
      await press(page, 'Confirm');
      await page.getByText('Your address is confirmed.').waitFor();
      await account.signIn(page, { email });
      await page.waitForURL('**/account');
      await press(page, 'Sign out');

      await follow(page, 'Forgotten your password?');
      await page.getByLabel('E-mail address').fill(email);
      await press(page, 'Send the mail');
      await page.getByText('If there is an account with this address').waitFor();
      await page.goto('/account/new-password'); // then the link changes nothing but the fragment
      await openMail(page, email, javaScriptEnabled);
      await page.getByLabel('New password', { exact: true }).fill(NEW);
      await page.getByLabel('New password again').fill('Another-Secret-78!');
      await press(page, 'Set the password');
      await page.getByText('The two are not the same.').first().waitFor();
      await page.getByLabel('New password', { exact: true }).fill(NEW);
      await page.getByLabel('New password again').fill(NEW);
      await press(page, 'Set the password');
      await page.getByText('Your password is changed.').waitFor();
      await account.signIn(page, { email }, NEW);
      await page.waitForURL('**/account');
      await page.context().close();
    });

    it('is asked for a code for a new address, and finds the form as it was', async () => {
      const { one, page } = await account.protected({ javaScriptEnabled });
      await page.goto('/account/addresses/new');
      await page.getByLabel('Salutation').selectOption('Dr');
      const texts = {
        'First name': 'Ada',
        'Last name': 'Kessler',
        Street: 'Am Sandtorkai',
        Number: '4',
        City: 'Hamburg',
      };
      for (const [label, text] of Object.entries({ ...texts, Postcode: '20457' }))
        await page.getByLabel(label).fill(text);
      await page.getByLabel('Country').selectOption('Germany');
      await page.getByLabel('Deliver here').check();
      await press(page, 'Save');
      await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
      if (javaScriptEnabled) {
        await page.keyboard.press('Escape');
        expect(await page.getByLabel('City').inputValue()).toBe('Hamburg');
        expect(await page.getByLabel('Deliver here').isChecked()).toBe(true);
        await press(page, 'Save');
      }
      await confirm(page, one);
      await page.getByText('The address is saved.').waitFor();
      expect(await page.locator('.cards').innerText()).toMatch(/Am Sandtorkai 4\n20457 Hamburg\nGermany/);
      await page.context().close();
    });
  });

  it('is asked for a code to end the account, and for the password after the second factor is off', async () => {
    const { one, page } = await account.protected();
    const toTheEnd = async (): Promise<void> => {
      await page.goto('/account/profile');
      await follow(page, 'What is lost, and how to do it');
      await page.getByLabel('I understand this').check();
      await press(page, 'Delete my account');
    };
    await toTheEnd();
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await page.goto('/account/mfa/email/deactivate');
    await page.locator('#code').fill(account.codeOf(one));
    await press(page, 'Turn off');
    await page.getByText('Code by e-mail is off now.').waitFor();
    await toTheEnd();
    await page.getByText('Fill this in.').first().waitFor();
    expect(await page.getByLabel('I understand this').isChecked()).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel('Current password').fill(PASSWORD);
    await press(page, 'Delete my account');
    await page.getByText('Your account is deleted.').waitFor();
    expect(await page.context().cookies()).toEqual([]);
    await page.goBack();
    await page.goto('/account');
    expect(await heading(page)).toBe('Sign in');
    await page.context().close();
  });

  it('signs out in a second tab, and the first one is led to the sign-in', async () => {
    const { page } = await account.signedIn();
    await page.goto('/account/profile');
    const second = await page.context().newPage();
    await second.goto('/account');
    await press(second, 'Sign out');
    expect(await heading(second)).toBe('Sign in');
    await press(page, 'Save');
    await page.waitForURL('**/account/sign-in');
    expect(await heading(page)).toBe('Sign in');
    await page.context().close();
  });

  it('goes back, and sends twice, without harm', async () => {
    const { one, page } = await account.signedIn();
    await page.goto('/account/profile');
    await page.getByLabel('First name').fill('Grace');
    await page.getByRole('button', { name: 'Save' }).dblclick();
    await page.getByText('Your changes are saved.').waitFor();
    await page.goBack();
    await page.goForward();
    await page.reload();
    expect(await page.getByLabel('First name').inputValue()).toBe('Grace');
    await page.goto('/account/addresses');
    await page.goBack();
    expect(await heading(page)).toBe('Your data');
    const changed = `SELECT FROM customer WHERE id = $1 AND first_name = 'Grace'`;
    expect(await account.shop.app.dataSource.query(changed, [one.id])).toHaveLength(1);
    await page.context().close();
  });

  it('sees the other sessions, and ends them', async () => {
    const { one, page } = await account.signedIn();
    const other = await account.open({ userAgent: FIREFOX });
    await account.signIn(other, one);
    await other.waitForURL('**/account');
    await page.goto('/account');
    await follow(page, 'Sessions');
    expect(await page.locator('tbody tr').count()).toBe(2);
    expect(await page.locator('tbody').innerText()).toContain('Firefox on Windows');
    await press(page, 'End all others');
    await page.getByText('All other sessions are ended.').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
    await other.goto('/account');
    expect(await heading(other)).toBe('Sign in');
    await other.context().close();
    await page.context().close();
  });

  describe.each([
    ['light', 'en-US'],
    ['dark', 'de-DE'],
  ] as const)('with a %s screen (%s)', (colorScheme, locale) => {
    it('finds nothing in the way on any page', async () => {
      const faults: string[] = [];
      const look = async (page: Page, path?: string): Promise<void> => {
        if (path !== undefined) await page.goto(path);
        faults.push(...(await faultsOf(page)));
      };
      const submit = async (page: Page): Promise<void> => {
        await page.locator('main form button').first().click();
        await page.waitForSelector('[role=alert]');
      };
      const stranger = await account.open({ colorScheme, locale });
      for (const path of ['register', 'forgotten-password', 'confirm', 'new-password']) {
        await look(stranger, `/account/${path}`);
        await submit(stranger);
        await look(stranger);
      }
      await look(stranger, '/account/sign-in?deleted');
      await look(stranger, '/account/register?sent');
      await look(stranger, '/account/forgotten-password?sent');
      await stranger.context().close();

      const { one, page } = await account.signedIn({ colorScheme, locale }, { locale: locale.replace('-', '_') });
      for (const path of ['email', 'delete', 'addresses/new']) {
        await look(page, `/account/${path}`);
        await submit(page);
        await look(page);
      }
      await page.locator('#salutation').selectOption('Ms');
      const fields = { firstName: 'Ada', lastName: 'Kessler', address1: 'Am Sandtorkai', address2: '4' };
      for (const [name, text] of Object.entries({ ...fields, zipCode: '20457', city: 'Hamburg' })) {
        await page.locator(`#${name}`).fill(text);
      }
      await page.locator('#iso2Code').selectOption('DE');
      await page.locator('main form button').first().click();
      await page.waitForURL('**/account/addresses?saved');
      await look(page);
      const path = await page.locator('.cards a').first().getAttribute('href');
      await look(page, path!);
      await look(page, `${path}/delete`);
      await look(page, '/account/profile');
      await account.shop.login(one.email);
      await look(page, '/account/sessions');
      expect(faults).toEqual([]);
      await page.context().close();
    });
  });
});

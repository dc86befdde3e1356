import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { User } from '#auth';
import { createCustomer, faultsOf, jobsDone, mailedCode, PASSWORD, TestBrowser } from '#testing';
import { Warehouse } from '../src/warehouse-user-assignments/warehouse.entity.js';
import { BackOffice } from './back-office.js';
import { storedMfa, storeFactor } from './stored-factors.js';

const BASE = '/back-office';

describe('An administrator in a browser', { timeout: 240_000 }, () => {
  let office: BackOffice;
  let browser: TestBrowser;

  beforeAll(async () => {
    office = await BackOffice.open();
    browser = await TestBrowser.launch();
  });
  afterAll(async () => {
    await browser?.close();
    await office?.app.stop();
  });

  const codeOf = ({ username }: User): string => mailedCode(office.app.mailbox, username);
  const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor();
  /** Signs in, turns MFA on by e-mail, and stays until the grant is over. */
  const administrator = async (
    options: Parameters<Browser['newContext']>[0] = {},
    overrides: Partial<User> = {},
  ): Promise<{ page: Page; user: User }> => {
    const user = await office.user({ roles: ['administrator'], ...overrides });
    const page = await browser.open(office.app.api.url, options);
    await page.goto(BASE);
    await page.locator('#username').fill(user.username);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('main button').click();
    await page.locator('.card h2').waitFor();
    await page.goto(`${BASE}/mfa/email`);
    await page.locator('main button').first().click();
    await page.locator('#code').waitFor();
    await page.locator('#code').fill(codeOf(user));
    await page.locator('main button').first().click();
    await page.locator('.note.good').waitFor();
    return { page, user };
  };
  const endGrant = async (page: Page): Promise<void> => {
    office.app.clock.advance(1000);
    await page.goto(BASE);
    office.app.clock.advance(1000);
  };
  const confirm = async (page: Page, user: User): Promise<void> => {
    await page.getByLabel('Code', { exact: true }).fill(codeOf(user));
    await page.getByRole('button', { name: 'Continue' }).click();
  };

  describe.each([true, false])('whose scripts run: %s', (javaScriptEnabled) => {
    it('creates a user, is asked for a code, and loses nothing of the form', async () => {
      const { page, user } = await administrator({ javaScriptEnabled });
      await endGrant(page);
      const username = `${randomUUID()}@users.example`;
      await page.goto(`${BASE}/users`);
      await page.getByRole('link', { name: 'Create a user' }).click();
      await page.getByLabel('E-mail address').fill(username);
      await page.getByLabel('First name').fill('Wim');
      await page.getByLabel('Last name').fill('Dekker');
      await page.getByLabel('warehouse', { exact: true }).check();
      await page.getByLabel(/^Works in warehouses/).check();
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Create a user' }).click();
      await heading(page, 'Confirm that it is you');
      if (javaScriptEnabled) {
        await page.keyboard.press('Escape');
        expect(await page.getByLabel('First name').inputValue()).toBe('Wim');
        await page.getByRole('button', { name: 'Create a user' }).click();
        await heading(page, 'Confirm that it is you');
      }
      await confirm(page, user);
      await heading(page, 'Wim Dekker');
      expect(await page.getByRole('status').first().innerText()).toBe('The user is created.');
      const created = await office.app.dataSource.getRepository(User).findOneByOrFail({ username });
      expect(created).toMatchObject({ roles: ['warehouse'], isWarehouseUser: true });
      await page.context().close();
    });

    it('removes the second factor of a customer, who has none afterwards', async () => {
      const { page, user } = await administrator({ javaScriptEnabled });
      const customer = await createCustomer(office.app.dataSource);
      const account = { kind: 'customer', id: customer.id } as const;
      await storeFactor(office.app.dataSource, account);
      await endGrant(page);
      await page.goto(`${BASE}/customers`);
      await page.getByLabel('Search for a customer').fill(customer.lastName);
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('link', { name: `Ada ${customer.lastName}` }).click();
      await page.getByRole('link', { name: 'Remove: Code by e-mail' }).click();
      await page.getByRole('button', { name: 'Remove now' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByLabel('Reason').fill('Lost the phone; identity checked by phone');
      await page.getByRole('button', { name: 'Remove now' }).click();
      await heading(page, 'Confirm that it is you');
      expect((await storedMfa(office.app.dataSource, account)).factors).toEqual(['email']);
      await confirm(page, user);
      await heading(page, `Ada ${customer.lastName}`);
      expect((await storedMfa(office.app.dataSource, account)).factors).toEqual([]);
      await page.getByRole('link', { name: /audit trail says/ }).click();
      expect(await page.getByRole('cell', { name: 'Removed' }).count()).toBe(1);
      await page.context().close();
    });
  });

  it('is led to the set-up first, without MFA', async () => {
    const user = await office.user({ roles: ['administrator'] });
    const customer = await createCustomer(office.app.dataSource);
    const page = await browser.open(office.app.api.url);
    await page.goto(BASE);
    await page.locator('#username').fill(user.username);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('main button').click();
    await page.getByRole('link', { name: 'Customers' }).click();
    await page.goto(`${BASE}/customers/${customer.customerReference}/remove-mfa`);
    await page.getByLabel('Reason').fill('Asked for it');
    await page.getByRole('button', { name: 'Remove now' }).click();
    await heading(page, 'Second factor');
    expect(await page.locator('.note.urgent').innerText()).toContain('requires a second factor');
    await page.context().close();
  });

  it('downloads what was found in the audit trail', async () => {
    const { page } = await administrator();
    await page.goto(`${BASE}/audit?event=activated`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /as CSV/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^audit-trail-\d{4}-\d\d-\d\d\.csv$/);
    expect(await download.failure()).toBeNull();
    await page.context().close();
  });

  it('reads the labels of charts on a narrow screen, which scrolls down alone', async () => {
    const { page } = await administrator({ viewport: { width: 320, height: 700 } });
    await page.goto(BASE);
    await jobsDone(office.app.dataSource);
    await page.goto(`${BASE}?days=90`);
    const drawn = await page.locator('.chart > svg').evaluateAll((charts) =>
      charts.map((chart) => {
        const { left, right } = chart.getBoundingClientRect();
        const texts = [...chart.querySelectorAll('text')].filter((text) => text.getClientRects().length > 0);
        const boxes = texts.map((text) => text.getBoundingClientRect());
        const sizes = texts.map((text) => parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.d ?? 0));
        const { a: scale = 0, e: begin = 0 } = chart.querySelector('polyline')?.getScreenCTM() ?? {};
        return {
          isInside: boxes.every((box) => box.left >= left - 1 && box.right <= right + 1),
          smallest: Math.min(...sizes),
          labels: texts.length,
          begins: Math.round(begin - left),
          ends: Math.round(right - begin - 100 * scale),
        };
      }),
    );
    const readable = { isInside: true, smallest: 12, labels: 5, begins: 52, ends: 0 };
    expect(drawn).toEqual([readable, readable]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.context().close();
  });

  describe.each([
    ['light', 'en-US'],
    ['dark', 'de-DE'],
  ] as const)('with a %s screen (%s)', (colorScheme, locale) => {
    it('finds nothing in the way on any page', async () => {
      const { page, user } = await administrator({ colorScheme, locale }, { locale: locale.replace('-', '_') });
      const customer = await createCustomer(office.app.dataSource, { locale: locale.replace('-', '_') });
      await storeFactor(office.app.dataSource, { kind: 'customer', id: customer.id });
      await office.app.dataSource.getRepository(Warehouse).save({ uuid: randomUUID(), name: 'Quay', isActive: true });
      const worker = await office.user({ roles: ['warehouse'], isWarehouseUser: true });
      const faults: string[] = [];
      const look = async (path?: string): Promise<void> => {
        if (path !== undefined) await page.goto(`${BASE}${path}`);
        faults.push(...(await faultsOf(page)));
      };
      const submit = async (): Promise<void> => {
        await page.locator('main form[method=post] button').first().click();
        await page.waitForLoadState();
      };
      await page.goto(BASE);
      await jobsDone(office.app.dataSource);
      await look('?days=7');
      for (const path of ['customers', 'users', 'audit', 'policies', 'assignments', 'profile']) await look(`/${path}`);
      await look(`/customers/${customer.customerReference}`);
      await look(`/customers/${customer.customerReference}/remove-mfa`);
      await look(`/users/${worker.uuid}`);
      await look(`/users/${worker.uuid}/deactivate`);
      for (const path of ['users/new', 'policies/new', 'assignments/new', 'profile/password']) {
        await page.goto(`${BASE}/${path}`);
        await submit();
        await page.getByRole('alert').waitFor();
        await look();
      }
      await page.goto(`${BASE}/audit?userUuid=${user.uuid}`);
      await page.locator('tbody a').first().click();
      await look();
      await look('/audit?occurredFrom=x');
      await page.goto(`${BASE}/policies/new`);
      await page.locator('#appliesTo').selectOption('customers');
      await page.locator('#requiredFrom').fill('2027-01-31T08:00');
      await page.locator('#methods').check();
      await submit();
      await page.locator('dialog #code').waitFor();
      await look();
      await page.locator('dialog #code').fill(codeOf(user));
      await page.locator('dialog button').first().click();
      await page.locator('main .note.good').waitFor();
      await look();
      await page.locator('tbody a').first().click();
      await look();
      await page.locator('main .danger').click();
      await look();
      await page.goto(`${BASE}/assignments/new`);
      await page.locator('#username').fill(worker.username);
      await page.locator('#warehouse').selectOption({ index: 1 });
      await submit();
      await page.locator('.note.good').waitFor();
      await look();
      await page.locator('main .danger').click();
      await look();
      await look(`/users/${randomUUID()}`);
      expect(faults).toEqual([]);
      await page.context().close();
    });
  });
});

import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '#auth';
import { createCustomer, HOSTILE_TEXTS, HostileVisitor, PASSWORD, TestBrowser } from '#testing';
import { WarehouseUserAssignment } from '../src/warehouse-user-assignments/warehouse-user-assignment.entity.js';
import { Warehouse } from '../src/warehouse-user-assignments/warehouse.entity.js';
import { BackOfficePages } from './back-office-pages.js';
import { storeFactor } from './stored-factors.js';

const BASE = '/back-office';
/** The database takes no character 0. */
const STORED_TEXTS = HOSTILE_TEXTS.filter((text) => !text.includes('\0'));
/** The forms of pages that need no second factor. */
const COLLEAGUES = ['customers', 'users', 'audit', 'profile', 'profile/password', 'assignments/new'];

describe('Hostile texts in a browser', { timeout: 120_000 }, () => {
  let pages: BackOfficePages;
  let browser: TestBrowser;

  beforeAll(async () => {
    pages = await BackOfficePages.open();
    browser = await TestBrowser.launch();
    await warehouse('Quay');
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.app.stop();
  });

  const warehouse = (name: string): Promise<Warehouse> =>
    pages.app.dataSource.getRepository(Warehouse).save({ uuid: randomUUID(), name, isActive: true });
  const signedIn = async (role: string, base = BASE): Promise<{ page: Page; user: User }> => {
    const user = await pages.office.user({ roles: [role] });
    const page = await browser.open(pages.app.api.url);
    await page.goto(base);
    await page.locator('#username').fill(user.username);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('main form button').first().click();
    await page.waitForURL(`**${base}`);
    return { page, user };
  };
  const turnOnEmail = async (page: Page, user: User): Promise<void> => {
    await page.goto(`${BASE}/mfa/email`);
    await page.locator('main form button').first().click();
    await page.locator('#code').fill(pages.codeOf(user));
    await page.locator('main form button').first().click();
    await page.waitForURL('**?on=email');
  };

  it.each([BASE, '/merchant'])('are shown as text at the sign-in of %s', async (base) => {
    const page = await browser.open(pages.app.api.url);
    await page.goto(`${base}/sign-in`);
    expect(await HostileVisitor.sendAll(page, `${base}/sign-in`)).toEqual([]);
    await page.context().close();
  });

  it('are shown as text where merchants can type them', async () => {
    const { page } = await signedIn('merchant', '/merchant');
    expect(await HostileVisitor.sendAll(page, '/merchant/profile')).toEqual([]);
    await page.context().close();
  });

  it.each(COLLEAGUES)('are shown as text where administrators can type them: %s', async (path) => {
    const { page } = await signedIn('administrator');
    expect(await HostileVisitor.sendAll(page, `${BASE}/${path}`)).toEqual([]);
    await page.context().close();
  });

  it.each(['users/new', 'users/:id', 'policies/new', 'customers/:reference/remove-mfa', 'users/:id/remove-mfa'])(
    'are shown as text where administrators with a second factor can type them: %s',
    async (route) => {
      const { page, user } = await signedIn('administrator');
      await turnOnEmail(page, user);
      const [other, customer] = [await pages.office.user(), await createCustomer(pages.app.dataSource)];
      const path = route.replace(':id', other.uuid).replace(':reference', customer.customerReference);
      expect(await HostileVisitor.sendAll(page, `${BASE}/${path}`)).toEqual([]);
      await page.context().close();
    },
  );

  it('are shown as text in lists and profiles of customers and users, and in warehouses', async () => {
    const { dataSource } = pages.app;
    const { page } = await signedIn('administrator');
    const visitor = await HostileVisitor.beside(page);
    for (const text of STORED_TEXTS) {
      const names = { firstName: text, lastName: text };
      const { customerReference } = await createCustomer(dataSource, names);
      const user = await pages.office.user({ ...names, isWarehouseUser: true });
      const row = { uuid: randomUUID(), userId: user.id, warehouseId: (await warehouse(text)).id, isActive: true };
      await dataSource.getRepository(WarehouseUserAssignment).insert(row);
      const paths = [
        `customers?q=${customerReference}`,
        `customers/${customerReference}`,
        `customers/${customerReference}/remove-mfa`,
        `users?username=${user.username}`,
        `users/${user.uuid}`,
        `users/${user.uuid}/deactivate`,
        `users/${user.uuid}/remove-mfa`,
        'assignments',
        `assignments/${row.uuid}`,
        `assignments/${row.uuid}/delete`,
      ];
      for (const path of paths) await visitor.read(`${BASE}/${path}`, text);
    }
    expect(visitor.faults).toEqual([]);
    await page.context().close();
  });

  it('are shown as text in the audit trail, as reasons and as names', async () => {
    const { dataSource, clock } = pages.app;
    const admin = await pages.protectedReader();
    const { page } = await signedIn('administrator');
    const visitor = await HostileVisitor.beside(page);
    for (const text of STORED_TEXTS) {
      const { id, customerReference } = await createCustomer(dataSource, { firstName: text, lastName: text });
      await storeFactor(dataSource, { kind: 'customer', id });
      clock.advance(60); // for another code
      const path = `${BASE}/customers/${customerReference}/remove-mfa`;
      const { location } = await pages.submit(admin, path, { reason: text });
      expect(location, text).toBe(`${BASE}/customers/${customerReference}?removed`);
      await visitor.read(`${BASE}/audit?customerReference=${customerReference}`, text);
      await visitor.page.locator('tbody a').first().click();
      await visitor.page.getByText('Entry of the audit trail').first().waitFor();
      await visitor.read(visitor.page.url(), text);
      expect(await visitor.page.locator('dd', { hasText: text }).count()).toBeGreaterThan(1);
    }
    expect(visitor.faults).toEqual([]);
    await page.context().close();
  });

  it('are nowhere on the list of sessions, as names of browsers', async () => {
    const { page, user } = await signedIn('administrator');
    const visitor = await HostileVisitor.beside(page);
    for (const text of STORED_TEXTS.filter((one) => /^[\x20-\x7e]+$/.test(one))) {
      const body = new URLSearchParams({ username: user.username, password: PASSWORD });
      const headers = { 'user-agent': text, 'sec-fetch-site': 'same-origin' };
      await fetch(`${pages.app.api.url}${BASE}/sign-in`, { method: 'POST', body, headers, redirect: 'manual' });
      await visitor.read(`${BASE}/sessions`, 'Unknown');
      expect(await visitor.page.locator('body').textContent()).not.toContain(text);
    }
    expect(visitor.faults).toEqual([]);
    await page.context().close();
  });
});

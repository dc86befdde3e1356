import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, HostileVisitor, PASSWORD, STORABLE_TEXTS } from '#testing';
import { WarehouseUserAssignment } from '../src/warehouse-user-assignments/warehouse-user-assignment.entity.js';
import { BackOfficeBrowser } from './back-office-browser.js';
import { storeFactor } from './stored-factors.js';

const BASE = '/back-office';

describe('Hostile texts that a shop keeps, in a browser', { timeout: 120_000 }, () => {
  let staff: BackOfficeBrowser;

  beforeAll(async () => {
    staff = await BackOfficeBrowser.launch();
  });
  afterAll(() => staff?.close());

  it('are shown as text in lists and profiles of customers and users, in warehouses and in policies', async () => {
    const { dataSource } = staff.pages.app;
    const { page } = await staff.signedIn('administrator');
    const visitor = await HostileVisitor.beside(page);
    for (const text of STORABLE_TEXTS) {
      const names = { firstName: text, lastName: text };
      const { customerReference } = await createCustomer(dataSource, names);
      const user = await staff.pages.office.user({ ...names, isWarehouseUser: true });
      const row = {
        uuid: randomUUID(),
        userId: user.id,
        warehouseId: (await staff.warehouse(text)).id,
        isActive: true,
      };
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
        `policies/${await staff.policy(text)}/delete`,
      ];
      for (const path of paths) await visitor.read(`${BASE}/${path}`, text);
    }
    expect(visitor.faults).toEqual([]);
    await page.context().close();
  });

  it('are shown as text in the audit trail, as reasons and as names', async () => {
    const { dataSource, clock } = staff.pages.app;
    const admin = await staff.pages.protectedReader();
    const { page } = await staff.signedIn('administrator');
    const visitor = await HostileVisitor.beside(page);
    for (const text of STORABLE_TEXTS) {
      const { id, customerReference } = await createCustomer(dataSource, { firstName: text, lastName: text });
      await storeFactor(dataSource, { kind: 'customer', id });
      clock.advance(60); // for another code
      const path = `${BASE}/customers/${customerReference}/remove-mfa`;
      const { location } = await staff.pages.submit(admin, path, { reason: text });
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
    const { page, username } = await staff.signedIn('administrator');
    const visitor = await HostileVisitor.beside(page);
    for (const text of STORABLE_TEXTS.filter((one) => /^[\x20-\x7e]+$/.test(one))) {
      const body = new URLSearchParams({ username, password: PASSWORD });
      const headers = { 'user-agent': text, 'sec-fetch-site': 'same-origin' };
      await fetch(`${staff.pages.app.api.url}${BASE}/sign-in`, { method: 'POST', body, headers, redirect: 'manual' });
      await visitor.read(`${BASE}/sessions`, 'Unknown');
      expect(await visitor.page.locator('body').textContent()).not.toContain(text);
    }
    expect(visitor.faults).toEqual([]);
    await page.context().close();
  });
});

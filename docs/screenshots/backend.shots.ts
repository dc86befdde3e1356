import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '#auth';
import { createCustomer, createUser, jobsDone, startTestApp, TestBrowser, type TestApp } from '#testing';
import { createBackend } from '../../apps/backend/src/backend.js';
import { Warehouse } from '../../apps/backend/src/warehouse-user-assignments/warehouse.entity.js';
import { Camera } from './camera.js';
import { Person } from './person.js';

const ADMIN = { username: 'admin@harborsupply.example', firstName: 'Ana', lastName: 'Meyer', roles: ['administrator'] };
const MERCHANT = {
  username: 'merchant@harborsupply.example',
  firstName: 'Mo',
  lastName: 'Keller',
  roles: ['merchant'],
};
const BASE = '/back-office';
const ENTRY = ['sign-in', 'forgotten-password', 'new-password'];

const DAY_MS = 86_400_000;
/** As if people had entered codes for a month, fewer at weekends. */
const CODES_OF_A_MONTH = `
  INSERT INTO mfa_audit_event (account_kind, account_id, event, error_code, occurred_at, actor_kind, actor_id)
  SELECT 'customer', '1', event, CASE event WHEN 'refused' THEN '5901' END, at, 'customer', '1'
  FROM generate_series(1, 29) day, LATERAL (SELECT now() - day * interval '1 day' AS at) moment,
    LATERAL (VALUES ('code-sent', 18 + day * 7 % 11), ('accepted', 15 + day * 5 % 9), ('refused', day * 3 % 5), ('locked', day % 9 / 8))
      counted (event, count),
    LATERAL generate_series(1, CASE WHEN extract(isodow FROM at) > 5 THEN count / 4 ELSE count END)`;

describe('The pages of the backend', () => {
  const camera = new Camera();
  let app: TestApp;
  let browser: TestBrowser;
  let worker: User;

  beforeAll(async () => {
    app = await startTestApp(createBackend, { PAGES_NAME: 'Harbor Supply' });
    browser = await TestBrowser.launch();
    const createdAt = new Date(Date.now() - 60 * DAY_MS);
    await createUser(app.dataSource, { ...ADMIN, createdAt });
    await createUser(app.dataSource, { ...MERCHANT, createdAt });
    const roles = { roles: ['warehouse'], isWarehouseUser: true };
    worker = await createUser(app.dataSource, { firstName: 'Wim', lastName: 'Dekker', ...roles });
    for (const [firstName, lastName] of [
      ['Nele', 'Hansen'],
      ['Ada', 'Kessler'],
      ['Jan', 'Brandt'],
    ]) {
      const email = `${firstName}.${lastName}@harborsupply.example`.toLowerCase();
      const customer = await createCustomer(app.dataSource, { email, firstName, lastName, createdAt });
      if (lastName !== 'Brandt') await storeMethod(customer.id, lastName === 'Hansen' ? 25 : 12);
    }
    await app.dataSource.query(CODES_OF_A_MONTH);
    await app.dataSource.getRepository(Warehouse).save({ uuid: randomUUID(), name: 'Quay 4', isActive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const storeMethod = async (id: string, days: number): Promise<void> => {
    const text = `INSERT INTO mfa_account (account_kind, account_id, revision) VALUES ('customer', $1, 1)`;
    await app.dataSource.query(text, [id]);
    const factor = `INSERT INTO mfa_factor (account_kind, account_id, method, status, activated_at)
      VALUES ('customer', $1, 'email', 2, now() - $2 * interval '1 day')`;
    await app.dataSource.query(factor, [id, days]);
  };

  it('of the Back Office', async () => {
    const page = await browser.open(app.api.url);
    const ana = new Person(page, app, BASE, ADMIN.username);
    for (const name of ENTRY) await camera.visit(page, `${BASE}/${name}`, `back-office/${name}`);
    await ana.signIn();
    await ana.turnOnEmail();
    await page.goto(`${BASE}/policies/new`);
    await page.locator('#appliesTo').selectOption('customers');
    await page.locator('#requiredFrom').fill('2027-01-31T08:00');
    await page.locator('#methods').check();
    await ana.press(/./);
    await ana.dialog();
    await ana.enterCode('Continue');
    await page.locator('main .note.good').waitFor();
    await page.goto(`${BASE}/assignments/new`);
    await page.locator('#username').fill(worker.username);
    await page.locator('#warehouse').selectOption({ index: 1 });
    await ana.press(/./);
    await page.getByRole('status').first().waitFor();
    for (const path of ['', '/policies']) await page.goto(`${BASE}${path}`); // their figures are counted
    await jobsDone(app.dataSource);
    await camera.visit(page, `${BASE}?days=30`, 'back-office/dashboard');
    for (const summary of await page.locator('summary').all()) await summary.click();
    await camera.take(page, 'back-office/dashboard-tables');
    for (const path of ['customers', 'users', 'audit', 'policies', 'assignments', 'profile', 'mfa', 'sessions']) {
      await camera.visit(page, `${BASE}/${path}`, `back-office/${path}`);
    }
    for (const path of ['users/new', 'policies/new', 'assignments/new', 'profile/password']) {
      await camera.visit(page, `${BASE}/${path}`, `back-office/${path.replace('/', '-')}`);
    }
    await camera.visit(page, `${BASE}/users/${worker.uuid}`, 'back-office/user');
    await camera.visit(page, `${BASE}/users/${worker.uuid}/deactivate`, 'back-office/user-deactivation');
    await page.goto(`${BASE}/audit`);
    await page.locator('tbody a').first().click();
    await camera.take(page, 'back-office/audit-entry');
    for (const list of ['policies', 'assignments']) {
      await page.goto(`${BASE}/${list}`);
      await page.locator('tbody a').first().click();
      await camera.take(page, `back-office/${list}-one`);
      await page.locator('main .danger').click();
      await camera.take(page, `back-office/${list}-deletion`);
    }
    await page.goto(`${BASE}/customers?q=Hansen`);
    await page.getByRole('link', { name: 'Nele Hansen' }).click();
    await camera.take(page, 'back-office/customer');
    await page
      .getByRole('link', { name: /^Remove/ })
      .first()
      .click();
    await camera.take(page, 'back-office/removal');
    await page.getByLabel('Reason').fill('Lost the phone; identity checked by phone');
    await ana.press('Remove now');
    await ana.dialog();
    await camera.take(page, 'back-office/removal-dialog');
    await page.keyboard.press('Escape');
    await ana.signOut();
    await ana.signIn();
    await camera.take(page, 'back-office/second-step');
    expect(camera.faults).toEqual([]);
  });

  it('of the Merchant Portal', async () => {
    const page = await browser.open(app.api.url);
    const mo = new Person(page, app, '/merchant', MERCHANT.username);
    for (const name of ENTRY) await camera.visit(page, `/merchant/${name}`, `merchant/${name}`);
    await mo.signIn();
    await camera.take(page, 'merchant/overview');
    for (const path of ['profile', 'profile/password', 'mfa', 'sessions'])
      await camera.visit(page, `/merchant/${path}`, `merchant/${path.replace('/', '-')}`);
    await mo.turnOnEmail();
    await mo.signOut();
    await mo.signIn();
    await camera.take(page, 'merchant/second-step');
    expect(camera.faults).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, FEW_HOSTILE_TEXTS, HOSTILE_TEXTS, HostileForms } from '#testing';
import { BackOfficeBrowser } from './back-office-browser.js';
import { PAGES } from './routes.js';
import { storeFactor } from './stored-factors.js';

const BASE = '/back-office';
/** Forms of the app's own that have nothing to type in. */
const WITHOUT_TEXT = /\/(assignments|policies)\/:id\/delete$|\/assignments\/:id$|\/users\/:id\/deactivate$/;
const EVERYBODY = ['sign-in', 'forgotten-password', 'new-password'];
/** The forms of pages that need no second factor. */
const COLLEAGUES = ['customers', 'users', 'audit', 'profile', 'profile/password', 'assignments/new'];
const ADMINISTRATORS = [
  ...['users/new', 'users/:id', 'policies/new', 'policies/:policy', 'customers/:reference/remove-mfa'].map(
    (route) => [route, HOSTILE_TEXTS] as const,
  ),
  ...['customers/:reference/remove-mfa/email', 'users/:id/remove-mfa', 'users/:id/remove-mfa/email'].map(
    (route) => [route, FEW_HOSTILE_TEXTS] as const,
  ),
];

describe('Hostile texts in a browser', { timeout: 120_000 }, () => {
  let staff: BackOfficeBrowser;
  const forms = new HostileForms();

  beforeAll(async () => {
    staff = await BackOfficeBrowser.launch();
    await staff.warehouse('Quay');
  });
  afterAll(() => staff?.close());

  it.each([
    ...EVERYBODY.map((path) => [`${BASE}/${path}`, HOSTILE_TEXTS] as const),
    ...EVERYBODY.map((path) => [`/merchant/${path}`, FEW_HOSTILE_TEXTS] as const),
  ])('are shown as text where everybody can type them: %s', async (path, texts) => {
    const page = await staff.open();
    await page.goto(path);
    expect(await forms.send(page, path, texts)).toEqual([]);
    await page.context().close();
  });

  it('are shown as text where merchants can type them', async () => {
    const { page } = await staff.signedIn('merchant', '/merchant');
    for (const path of ['/merchant/profile', '/merchant/profile/password'])
      expect(await forms.send(page, path, FEW_HOSTILE_TEXTS)).toEqual([]);
    await page.context().close();
  });

  it.each(COLLEAGUES)('are shown as text where administrators can type them: %s', async (path) => {
    const { page } = await staff.signedIn('administrator');
    expect(await forms.send(page, `${BASE}/${path}`)).toEqual([]);
    await page.context().close();
  });

  it.each(ADMINISTRATORS)(
    'are shown as text where administrators with a second factor can type them: %s',
    async (route, texts) => {
      const { dataSource } = staff.pages.app;
      const administrator = await staff.signedIn('administrator');
      const { page } = administrator;
      await administrator.turnOnEmail();
      const [other, customer] = [await staff.pages.office.user(), await createCustomer(dataSource)];
      await storeFactor(dataSource, { kind: 'user', id: other.id });
      await storeFactor(dataSource, { kind: 'customer', id: customer.id });
      const path = route
        .replace(':id', other.uuid)
        .replace(':reference', customer.customerReference)
        .replace(':policy', await staff.policy('Harbor Supply'));
      expect(await forms.send(page, `${BASE}/${path}`, texts)).toEqual([]);
      await page.context().close();
    },
  );

  it.each([
    [BASE, 'administrator', HOSTILE_TEXTS],
    ['/merchant', 'merchant', FEW_HOSTILE_TEXTS],
  ])('are shown as text where codes set methods up, at %s', async (base, role, texts) => {
    const user = await staff.signedIn(role, base);
    expect(await forms.sendSetUps(user, texts)).toEqual([]);
    await user.page.context().close();
  });

  it.each([
    [BASE, 'administrator', HOSTILE_TEXTS],
    ['/merchant', 'merchant', FEW_HOSTILE_TEXTS],
  ])(
    'are shown as text where codes get recovery codes, turn methods off and sign in, at %s',
    async (base, role, texts) => {
      const user = await staff.signedIn(role, base);
      expect(await forms.sendCodes(user, texts)).toEqual([]);
      await user.page.context().close();
    },
  );

  it('were sent in all forms that have something to type in', () => {
    const routes = PAGES.filter((route) => route.startsWith('POST ')).map((route) => route.slice('POST '.length));
    expect(forms.unsent(routes, WITHOUT_TEXT)).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AreaUser, createUser, FEW_HOSTILE_TEXTS, HOSTILE_TEXTS, HostileForms } from '#testing';
import { CustomerAddress } from '../src/addresses/customer-address.entity.js';
import { AccountBrowser } from './account-browser.js';
import { ROUTES } from './routes.js';

/** Forms of the app's own that have nothing to type in. */
const WITHOUT_TEXT = /^\/account\/addresses\/:id\/delete$|^\/agent\/customers\/:reference$/;
const EVERYBODY = [
  '/account/sign-in',
  '/account/register',
  '/account/confirm',
  '/account/forgotten-password',
  '/account/new-password',
];
const AGENTS = ['/agent/sign-in', '/agent/forgotten-password', '/agent/new-password'];
const CUSTOMERS = ['/account/profile', '/account/email', '/account/password', '/account/delete'];

describe('Hostile texts in a browser', { timeout: 120_000 }, () => {
  let account: AccountBrowser;
  const forms = new HostileForms();

  beforeAll(async () => {
    account = await AccountBrowser.launch();
  });
  afterAll(() => account?.close());

  it.each([
    ...EVERYBODY.map((path) => [path, HOSTILE_TEXTS] as const),
    ...AGENTS.map((path) => [path, FEW_HOSTILE_TEXTS] as const),
  ])('are shown as text where everybody can type them: %s', async (path, texts) => {
    const page = await account.open();
    await page.goto(path);
    expect(await forms.send(page, path, texts)).toEqual([]);
    await page.context().close();
  });

  it.each(CUSTOMERS)('are shown as text where customers can type them: %s', async (path) => {
    const { page } = await account.signedIn();
    expect(await forms.send(page, path)).toEqual([]);
    await page.context().close();
  });

  it('are shown as text in addresses, those that are stored too', async () => {
    const { one, page } = await account.signedIn();
    expect(await forms.send(page, '/account/addresses/new')).toEqual([]);
    const addresses = account.shop.app.dataSource.getRepository(CustomerAddress);
    const stored = await addresses.findOneByOrFail({ customerId: one.id });
    expect(await forms.send(page, `/account/addresses/${stored.uuid}`)).toEqual([]);
    await page.context().close();
  });

  describe('are shown as text where customers type codes', () => {
    it('to set methods up', async () => {
      const { page, user } = await account.signedIn();
      expect(await forms.sendSetUps(user)).toEqual([]);
      await page.context().close();
    });

    it('to get recovery codes, to turn a method off, and to sign in', async () => {
      const { page, user } = await account.signedIn();
      expect(await forms.sendCodes(user)).toEqual([]);
      await page.context().close();
    });
  });

  it('are shown as text where agents type codes', async () => {
    const { dataSource, mailbox } = account.shop.app;
    for (const send of ['sendSetUps', 'sendCodes'] as const) {
      const { username } = await createUser(dataSource, { roles: ['agent'] });
      const user = new AreaUser(await account.open(), '/agent', username, mailbox);
      await user.signIn();
      await user.page.waitForURL('**/agent');
      expect(await forms[send](user, FEW_HOSTILE_TEXTS)).toEqual([]);
      await user.page.context().close();
    }
  });

  it('were sent in all forms that have something to type in', () => {
    const pages = ROUTES.filter(({ method, access }) => method === 'POST' && access.endsWith('page'));
    expect(
      forms.unsent(
        pages.map(({ path }) => path),
        WITHOUT_TEXT,
      ),
    ).toEqual([]);
  });
});

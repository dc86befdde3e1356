import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer } from '#auth';
import { PASSWORD } from '#testing';
import { AccountBrowser } from './account-browser.js';

const PROFILE = { salutation: 'Dr', firstName: 'Mallory', lastName: 'Craig' };
const FORMS = [
  ['/account/profile', PROFILE],
  ['/account/delete', { confirmed: 'yes' }],
  ['/account/email', { email: 'mallory@evil.example' }],
  ['/account/mfa/email/activate', {}],
  ['/account/sessions/end-others', {}],
  ['/account/sign-out', {}],
  ['/account/sign-in', { username: 'mallory@evil.example', password: PASSWORD }],
] as const;

/** Browsers send cookies with requests from another port of the same host, but not from another host. */
describe.each(['127.0.0.1', 'localhost'])('A customer who visits a page of somebody else at %s', (host) => {
  let account: AccountBrowser;
  let evil: Server;

  beforeAll(async () => {
    account = await AccountBrowser.launch();
    evil = createServer((request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(decodeURIComponent(request.url!.slice('/?'.length)));
    });
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await account?.close();
    evil?.close();
  });

  const shopUrl = (path: string): string => account.shop.app.api.url + path;
  /** Opens a page of the other site in a tab beside that of the shop. */
  const visit = async (page: Page, html: string): Promise<Page> => {
    const tab = await page.context().newPage();
    await tab.goto(`http://${host}:${(evil.address() as AddressInfo).port}/?${encodeURIComponent(html)}`);
    return tab;
  };
  const fieldsOf = (form: object): string =>
    Object.entries(form)
      .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
      .join('');
  /** What the customer has, and is shown. */
  const stateOf = async ({ id }: Customer, page: Page): Promise<unknown> => {
    const { manager } = account.shop.app.dataSource;
    const sessions = `SELECT id FROM login_session WHERE account_kind = 'customer' AND account_id = $1 ORDER BY id`;
    await page.goto('/account/profile');
    return [
      await manager.findOneByOrFail(Customer, { id }),
      await manager.query(sessions, [id]),
      await manager.query(`SELECT FROM mfa_factor WHERE account_kind = 'customer' AND account_id = $1`, [id]),
      await page.locator('h1').innerText(),
      await page.context().cookies(),
    ];
  };

  it('loses nothing to a form that sends itself, which is refused in words', { timeout: 60_000 }, async () => {
    const { one, page } = await account.signedIn();
    await account.shop.login(one.email);
    const before = await stateOf(one, page);
    for (const [path, form] of FORMS) {
      const html = `<form method="post" action="${shopUrl(path)}">${fieldsOf(form)}</form>`;
      const tab = await visit(page, html);
      const [response] = await Promise.all([
        tab.waitForResponse((answer) => answer.request().method() === 'POST'),
        tab.evaluate(() => document.forms[0]!.submit()),
      ]);
      await tab.getByRole('heading', { name: 'This is not allowed' }).waitFor();
      expect([path, response.status(), await stateOf(one, page)]).toEqual([path, 403, before]);
      await tab.close();
    }
    await page.context().close();
  });

  it('loses nothing to a script, which can read nothing either', { timeout: 60_000 }, async () => {
    const { one, page } = await account.signedIn();
    const before = await stateOf(one, page);
    const tab = await visit(page, '<h1>Prizes</h1>');
    const fetched = (path: string, options: RequestInit, fields?: Readonly<Record<string, string>>): Promise<string> =>
      tab.evaluate(
        ([url, init, form]) =>
          fetch(url, { ...init, credentials: 'include', body: form && new URLSearchParams(form) }).then(
            (response) => response.text(),
            (error: unknown) => String(error),
          ),
        [shopUrl(path), options, fields] as const,
      );
    const requests: string[] = [];
    tab.on('request', (request) => requests.push(new URL(request.url()).pathname));
    for (const [path, form] of FORMS)
      expect(await fetched(path, { method: 'POST', mode: 'no-cors' }, form), path).toBe('TypeError: Failed to fetch');
    expect(requests).toEqual(FORMS.map(([path]) => path));
    expect(await stateOf(one, page)).toEqual(before);
    for (const mode of ['cors', 'no-cors'] as const)
      expect(await fetched('/account/profile', { mode })).toBe('TypeError: Failed to fetch');
    await page.context().close();
  });

  it('sees no page of the shop in a frame of it', async () => {
    const { page } = await account.signedIn();
    for (const path of ['/account', '/account/sign-in', '/account/mfa/email', '/agent/sign-in']) {
      const tab = await visit(page, `<iframe src="${shopUrl(path)}"></iframe>`);
      const [, frame] = tab.frames();
      await frame!.waitForURL('chrome-error://chromewebdata/');
      expect(await frame!.locator('main, form').count()).toBe(0);
      await tab.close();
    }
    await page.context().close();
  });
});

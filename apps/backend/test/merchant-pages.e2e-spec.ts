import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, mailedCode, PageClient, PASSWORD, startTestApp, TestBrowser, type TestApp } from '#testing';
import { createBackend } from '../src/backend.js';
import { Staff } from './staff.js';

const PATH = '/merchant/profile';
const PROFILE = { firstName: 'Mara', lastName: 'Oduya', locale: 'de_DE' };

describe('The Merchant Portal', () => {
  let app: TestApp;
  let staff: Staff;

  beforeAll(async () => {
    app = await startTestApp(createBackend);
    staff = new Staff(app);
  });
  afterAll(() => app.stop());

  const signIn = async (username: string): Promise<PageClient> => {
    const client = new PageClient(app.api.url);
    await client.post('/merchant/sign-in', { username, password: PASSWORD });
    return client;
  };
  const stored = (username: string): Promise<unknown[]> =>
    app.dataSource.query(
      `SELECT first_name AS "firstName", last_name AS "lastName", locale FROM user_account WHERE username = $1`,
      [username],
    );

  describe.each(['merchant', 'merchant-agent'] as const)('lets a %s', (kind) => {
    it('see and change names and language, which the API does not', async () => {
      const { username, token } = await staff.login(kind);
      const client = await signIn(username);
      expect((await client.get(PATH)).text).toContain(username);
      expect((await client.post(PATH, PROFILE)).location).toBe(`${PATH}?saved`);
      const { heading, text } = await client.get(`${PATH}?saved`);
      expect([heading, text.includes('Ihre Änderungen sind gespeichert.'), text.includes('Oduya')]).toEqual([
        'Ihr Profil',
        true,
        true,
      ]);
      expect(await stored(username)).toEqual([PROFILE]);
      expect((await app.api.get('/users/mine', { token })).status).toBe(403);
    });

    it('do so with a code, where MFA is on and no grant is alive', async () => {
      const { username } = await staff.login(kind);
      const client = await signIn(username);
      await client.post('/merchant/mfa/email/activate');
      await client.post('/merchant/mfa/email/verify', { code: mailedCode(app.mailbox, username) });
      app.clock.advance(1000);
      await client.get('/merchant');
      app.clock.advance(1000);
      const asked = await client.post(PATH, PROFILE);
      expect([asked.status, asked.heading]).toEqual([403, 'Confirm that it is you']);
      expect(await stored(username)).not.toEqual([PROFILE]);
      const [, kept = ''] = /name="kept" value="([^"]*)"/.exec(asked.text)!;
      const done = await client.post(PATH, { kept, code: mailedCode(app.mailbox, username) });
      expect([done.location, await stored(username)]).toEqual([`${PATH}?saved`, [PROFILE]]);
    });
  });

  it('changes the password with the old one, with a code where MFA is on, and signs out', async () => {
    const { username } = await staff.login('merchant');
    const client = await signIn(username);
    await client.post('/merchant/mfa/email/activate');
    await client.post('/merchant/mfa/email/verify', { code: mailedCode(app.mailbox, username) });
    app.clock.advance(1790);
    expect((await client.get(PATH)).text).toContain(`<a href="${PATH}/password">`);
    app.clock.advance(20);
    const [password, newPassword] = [PASSWORD, 'Another-Secret-77!'];
    const form = { password, newPassword, confirmPassword: newPassword };
    const asked = await client.post(`${PATH}/password`, form);
    expect([asked.status, asked.heading, asked.text.includes(newPassword)]).toEqual([
      ...[403, 'Confirm that it is you', false],
    ]);
    const [, kept = ''] = /name="kept" value="([^"]*)"/.exec(asked.text)!;
    const done = await client.post(`${PATH}/password`, { kept, code: mailedCode(app.mailbox, username) });
    expect(done.location).toBe('/merchant/sign-in?password');
    expect((await client.get('/merchant')).location).toBe('/merchant/sign-in');
    const again = await new PageClient(app.api.url).post('/merchant/sign-in', { username, password: newPassword });
    expect(again.location).toBe('/merchant/sign-in/code?sent');
  });

  it('says what is wrong with a profile, keeps what was typed, and changes nothing else', async () => {
    const { username } = await staff.login('merchant');
    const client = await signIn(username);
    const before = await stored(username);
    const { status, text } = await client.post(PATH, {
      ...PROFILE,
      firstName: '',
      lastName: '"><b>x',
      locale: 'fr_FR',
    });
    expect(status).toBe(422);
    expect(text).toContain('<a href="#firstName">Fill this in.</a>');
    expect(text).toContain('<a href="#locale">Choose one of the list.</a>');
    expect(text).toContain('value="&quot;>&lt;b>x"');
    const others = { roles: 'administrator', username: 'thief@shop.example', newPassword: 'Another-Secret-77!' };
    expect(await stored(username)).toEqual(before);
    expect((await client.post(PATH, { ...PROFILE, ...others })).location).toBe(`${PATH}?saved`);
    const [row] = await app.dataSource.query('SELECT roles FROM user_account WHERE username = $1', [username]);
    expect(row.roles).toEqual(['merchant']);
    expect((await (await signIn(username)).get('/merchant')).status).toBe(200);
  });

  it('takes no form of another site', async () => {
    const client = await signIn((await staff.login('merchant')).username);
    expect((await client.post(PATH, PROFILE, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  describe('in a browser', { timeout: 60_000 }, () => {
    it.each([
      ['merchant', 'light', 'en-US'],
      ['merchant-agent', 'dark', 'de-DE'],
    ] as const)(
      'lets a %s sign in, change the profile and set MFA up, with nothing in the way',
      async (kind, colorScheme, locale) => {
        const { username } = await staff.login(kind);
        await app.dataSource.query('UPDATE user_account SET locale = $1 WHERE username = $2', [
          locale.replace('-', '_'),
          username,
        ]);
        const browser = await TestBrowser.launch();
        try {
          const page = await browser.open(app.api.url, { colorScheme, locale });
          const faults: string[] = [];
          const submit = (): Promise<void> => page.locator('main form button').first().click();
          const check = async (url: string): Promise<void> => {
            await page.waitForURL(url);
            faults.push(...(await faultsOf(page)));
          };
          await page.goto('/merchant');
          await check('**/merchant/sign-in');
          await page.locator('#username').fill(username);
          await page.locator('#password').fill(PASSWORD);
          await submit();
          await check('**/merchant');
          await page.goto(PATH);
          await page.locator('#firstName').fill('');
          await submit();
          await page.waitForSelector('[role=alert]');
          await check(`**${PATH}`);
          await page.locator('#firstName').fill('Mara');
          await submit();
          await check(`**${PATH}?saved`);
          await page.goto('/merchant/mfa/email');
          await submit();
          await page.locator('#code').fill(mailedCode(app.mailbox, username));
          await submit();
          await check('**/merchant/mfa?on=email');
          expect(faults).toEqual([]);
        } finally {
          await browser.close();
        }
      },
    );
  });
});

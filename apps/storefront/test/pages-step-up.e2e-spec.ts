import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '#auth';
import { createCustomer, mailedCode, PageClient, PASSWORD, totpStep, totpValue, type PageResponse } from '#testing';
import { Shop } from './shop.js';

const NEW_PASSWORD = 'Another-Secret-77!';
const PATH = '/account/password';
/** In a country that does not exist. */
const ADDRESS = {
  ...{ salutation: 'Ms', firstName: 'Ada', lastName: 'Kessler', address1: 'Quay', address2: '4' },
  ...{ zipCode: '20457', city: 'Hamburg', iso2Code: 'XX' },
};

describe('A form that needs a code', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  const codeOf = ({ email }: Customer): string => mailedCode(shop.app.mailbox, email);
  const signIn = async (one: Customer, password = PASSWORD): Promise<PageClient> => {
    const client = new PageClient(shop.app.api.url);
    await client.post('/account/sign-in', { username: one.email, password });
    return client;
  };
  /** Somebody with MFA, who took the second step so long ago that its grant is over. */
  const signedInLongAgo = async (): Promise<{ one: Customer; client: PageClient }> => {
    const one = await createCustomer(shop.app.dataSource);
    const client = await signIn(one);
    await client.post('/account/mfa/email/activate');
    await client.post('/account/mfa/email/verify', { code: codeOf(one) });
    shop.app.clock.advance(1000);
    await client.get('/account');
    shop.app.clock.advance(1000);
    return { one, client };
  };
  const change = { password: PASSWORD, newPassword: NEW_PASSWORD, confirmPassword: NEW_PASSWORD };
  const keptIn = ({ text }: PageResponse): string => /name="kept" value="([^"]*)"/.exec(text)?.[1] ?? '';

  it('is carried out at once where the account has no MFA', async () => {
    const one = await createCustomer(shop.app.dataSource);
    const client = await signIn(one);
    expect((await client.post(PATH, change)).location).toBe('/account/sign-in?password');
    expect((await client.get('/account')).location).toBe('/account/sign-in');
    expect((await (await signIn(one, NEW_PASSWORD)).get('/account')).status).toBe(200);
  });

  it('is kept, unreadable, until the mailed code comes; then it is carried out', async () => {
    const { one, client } = await signedInLongAgo();
    const asked = await client.post(PATH, change);
    expect([asked.status, asked.heading]).toEqual([403, 'Confirm that it is you']);
    expect(asked.text).toContain('A code is on its way');
    expect(asked.text).not.toContain(PASSWORD);
    expect(Buffer.from(keptIn(asked), 'base64url').toString('latin1')).not.toContain(NEW_PASSWORD);
    const done = await client.post(PATH, { kept: keptIn(asked), chosen: 'email', code: codeOf(one) });
    expect(done.location).toBe('/account/sign-in?password');
    expect((await (await signIn(one, NEW_PASSWORD)).get('/account')).location).toBe('/account/sign-in/code');
  });

  it.each([
    [PATH, { ...change, confirmPassword: PASSWORD }, 422, 'The two are not the same.'],
    [PATH, { ...change, newPassword: 'Harbor-Test-000!', confirmPassword: 'Harbor-Test-000!' }, 400, 'repeats one'],
    ['/account/addresses/new', ADDRESS, 400, 'Choose a country of the list.'],
  ])(
    'is refused before a code is asked for, where something is wrong with it: %s %j',
    async (path, form, status, words) => {
      const { client } = await signedInLongAgo();
      const refused = await client.post(path, form);
      expect([refused.status, refused.text.includes(words)]).toEqual([status, true]);
    },
  );

  it('is logged as the same action of the API is, with what became of it', async () => {
    const { one, client } = await signedInLongAgo();
    for (const password of ['Not-The-One-01!', PASSWORD]) {
      const asked = await client.post(PATH, { ...change, password });
      await client.post(PATH, { kept: keptIn(asked), chosen: 'email', code: codeOf(one) });
    }
    const events = shop.app.loggedEvents('mfa.step_up_passed').filter(({ accountId }) => accountId === one.id);
    const action = 'PasswordController.change';
    expect(events).toEqual([
      expect.objectContaining({ action, outcome: 'failed', method: 'email', reused: false }),
      expect.objectContaining({ action, outcome: 'succeeded', method: 'email', reused: true }),
    ]);
  });

  it('is kept over wrong codes and new ones, and says how many are left', async () => {
    const { one, client } = await signedInLongAgo();
    let page = await client.post(PATH, change);
    for (let miss = 0; miss < 7; miss += 1)
      page = await client.post(PATH, { kept: keptIn(page), chosen: 'email', code: '0' });
    expect([page.status, page.text.includes('3 attempts are left')]).toEqual([403, true]);
    expect(page.text).toContain('The code of the mail is not good any more.');
    shop.app.clock.advance(60);
    page = await client.post(PATH, { kept: keptIn(page), send: 'email' });
    expect(page.text).toContain('A code is on its way');
    const done = await client.post(PATH, {
      kept: keptIn(page),
      chosen: 'email',
      code: ` ${codeOf(one).slice(0, 3)} ${codeOf(one).slice(3)} `,
    });
    expect(done.location).toBe('/account/sign-in?password');
  });

  it('asks for no code within the grace period', async () => {
    const one = await createCustomer(shop.app.dataSource);
    await shop.enableMfa(await shop.login(one.email), one.email);
    const client = await signIn(one);
    await client.post('/account/sign-in/code', { code: codeOf(one) });
    expect((await client.post(PATH, change)).location).toBe('/account/sign-in?password');
  });

  it('says what is wrong before it asks for a code', async () => {
    const { client } = await signedInLongAgo();
    const { status, text } = await client.post(PATH, { ...change, newPassword: 'short' });
    expect([status, text.includes('<a href="#newPassword">At least 8 characters.</a>')]).toEqual([422, true]);
    expect(text).not.toContain(PASSWORD);
  });

  it('that was kept is good for its session and its page alone', async () => {
    const ofAnother = keptIn(await (await signedInLongAgo()).client.post(PATH, change));
    const { client } = await signedInLongAgo();
    const own = keptIn(await client.post(PATH, change));
    for (const kept of [ofAnother, '', 'x', `A${own}`]) {
      expect((await client.post(PATH, { kept, chosen: 'email', code: '0' })).status).toBe(422);
    }
    expect((await client.post(PATH, { kept: own, chosen: 'email', code: '0' })).status).toBe(403);
  });

  describe('with several methods', () => {
    /** Somebody with a mailbox, an app and recovery codes, whose grant is over. */
    const withAll = async () => {
      const { one, client } = await signedInLongAgo();
      const activate = async (type: string): Promise<PageResponse> => {
        await client.post('/account/mfa/email/send', { method: 'email' });
        return client.post(`/account/mfa/${type}/activate`, { code: codeOf(one) });
      };
      const recovery =
        /<li>([^<]+)<\/li>/.exec((await activate('recovery-code')).text.split('id="codes"')[1]!)?.[1] ?? '';
      const secret = /class="secret">([^<]*)</.exec((await activate('totp')).text)![1]!.replaceAll(' ', '');
      const appValue = (): string => totpValue(secret, totpStep(shop.app.clock.now()));
      await client.post('/account/mfa/totp/verify', { code: appValue() });
      for (const seconds of [1000, 1000]) {
        shop.app.clock.advance(seconds);
        await client.get('/account');
      }
      return { one, client, recovery, appValue };
    };
    const chosenIn = ({ text }: PageResponse): string => /name="chosen" value="([^"]*)"/.exec(text)?.[1] ?? '';
    const codesFor = ({ email }: Customer): number =>
      shop.app.mailbox.mails.filter(({ to, text }) => to.includes(email) && /^\d{6} /.test(text)).length;

    it('asks for the one that was used last, sends nothing by itself, and takes each of the others', async () => {
      const { one, client, recovery } = await withAll();
      const codes = codesFor(one);
      const asked = await client.post(PATH, change);
      expect([chosenIn(asked), codesFor(one) - codes]).toEqual(['totp', 0]);
      expect(asked.text).toContain('From your authenticator app.');
      const other = await client.post(PATH, { kept: keptIn(asked), method: 'recovery-code' });
      expect([chosenIn(other), other.text.includes('>Recovery code</label>')]).toEqual(['recovery-code', true]);
      const sent = await client.post(PATH, { kept: keptIn(other), send: 'email' });
      expect([chosenIn(sent), codesFor(one) - codes]).toEqual(['email', 1]);
      const done = await client.post(PATH, { kept: keptIn(sent), chosen: 'email', code: recovery });
      expect(done.location).toBe('/account/sign-in?password');
    });

    it('asks for the mailed one first, where that one was used last', async () => {
      const { one, client } = await withAll();
      await client.post('/account/sign-out');
      await client.post('/account/sign-in', { username: one.email, password: PASSWORD });
      await client.post('/account/sign-in/code', { send: 'email' });
      await client.post('/account/sign-in/code', { code: codeOf(one) });
      await client.post('/account/sign-out');
      await client.post('/account/sign-in', { username: one.email, password: PASSWORD });
      expect(chosenIn(await client.get('/account/sign-in/code'))).toBe('email');
    });

    it('says nothing about mails to whom enters a wrong code of another method', async () => {
      const { client } = await withAll();
      const asked = await client.post(PATH, change);
      const { text } = await client.post(PATH, { kept: keptIn(asked), chosen: 'totp', code: '0' });
      expect(text).toContain('This code is wrong or has expired. Try again.');
      expect(text).not.toContain('The code of the mail');
    });

    it('has no way that the account has not', async () => {
      const { client } = await withAll();
      const asked = await client.post(PATH, change);
      const { status, text } = await client.post(PATH, { kept: keptIn(asked), send: '__proto__' });
      expect([status, text.includes('This method is not set up')]).toEqual([400, true]);
      expect(chosenIn(await client.post(PATH, { kept: keptIn(asked), method: 'constructor' }))).toBe('totp');
    });
  });

  it('says for how long codes are locked, and keeps the form', async () => {
    const { one, client } = await signedInLongAgo();
    let page = await client.post(PATH, change);
    for (let miss = 0; miss < 11; miss += 1)
      page = await client.post(PATH, { kept: keptIn(page), chosen: 'email', code: '0' });
    expect([page.status, page.headers.get('retry-after')]).toEqual([429, '1800']);
    expect(page.text).toContain('Codes are locked for your account; try again in 30 minutes.');
    for (const seconds of [1000, 801]) {
      shop.app.clock.advance(seconds);
      await client.get('/account');
    }
    page = await client.post(PATH, { kept: keptIn(page), send: 'email' });
    const done = await client.post(PATH, { kept: keptIn(page), chosen: 'email', code: codeOf(one) });
    expect(done.location).toBe('/account/sign-in?password');
  });

  it('leads to the set-up first, where a policy in force requires a method', async () => {
    const client = await signIn(await createCustomer(shop.app.dataSource));
    const requiredFrom = (moment: string): Promise<unknown> =>
      shop.app.dataSource.query(
        `INSERT INTO step_up_policy (uuid, applies_to, methods, required_from, created_at, updated_at)
         VALUES (gen_random_uuid(), 'customers', '{email}', $1, now(), now())`,
        [moment],
      );
    await requiredFrom('2020-01-01T00:00:00Z');
    const { location } = await client.post(PATH, change);
    const page = await client.get(location ?? '');
    await shop.app.dataSource.query('DELETE FROM step_up_policy');
    expect(location).toBe('/account/mfa?required');
    expect(page.text).toContain('For what you wanted to do, the shop requires a second factor.');
  });
});

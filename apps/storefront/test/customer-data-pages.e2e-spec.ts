import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer, hashPassword } from '#auth';
import {
  createCustomer,
  interleave,
  mailedCode,
  PageClient,
  PASSWORD,
  STORABLE_TEXTS,
  type PageResponse,
} from '#testing';
import { CustomerAddress } from '../src/addresses/customer-address.entity.js';
import { Shop } from './shop.js';

const PROFILE = {
  salutation: 'Dr',
  firstName: 'Grace',
  lastName: 'Hopper',
  gender: 'Female',
  dateOfBirth: '1990-04-12',
};
const ADDRESS = {
  ...{ salutation: 'Ms', firstName: 'Ada', lastName: 'Kessler', address1: 'Am Sandtorkai', address2: '4' },
  ...{ zipCode: '20457', city: 'Hamburg', iso2Code: 'DE', company: '', address3: '', phone: '' },
};
const MISSING = [422, 'Fill this in.'];
const NEXT = 'Harbor-Next-02!';
const HOSTILE = `"><script>alert(1)</script>'&`;
const SHOWN = '&quot;>&lt;script>alert(1)&lt;/script>';

describe("The pages of a customer's data", () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  const signInOf = ({ email }: Customer) => ({ username: email, password: PASSWORD });
  const signIn = async (one: Customer): Promise<PageClient> => {
    const client = new PageClient(shop.app.api.url);
    await client.post('/account/sign-in', signInOf(one));
    return client;
  };
  const signedIn = async (overrides: Partial<Customer> = {}): Promise<{ one: Customer; client: PageClient }> => {
    const one = await createCustomer(shop.app.dataSource, overrides);
    return { one, client: await signIn(one) };
  };
  const code = ({ email }: Customer): string => mailedCode(shop.app.mailbox, email);
  const turnMfaOn = async (client: PageClient, one: Customer): Promise<void> => {
    await client.post('/account/mfa/email/activate');
    await client.post('/account/mfa/email/verify', { code: code(one) });
  };
  /** So long after the last code that its grant is over. */
  const passGrant = async (client: PageClient): Promise<void> => {
    shop.app.clock.advance(1000);
    await client.get('/account');
    shop.app.clock.advance(1000);
  };
  const rowOf = ({ id }: Customer): Promise<Customer> =>
    shop.app.dataSource.getRepository(Customer).findOneByOrFail({ id });
  const addressesOf = ({ id }: Customer): Promise<CustomerAddress[]> =>
    shop.app.dataSource.getRepository(CustomerAddress).find({ where: { customerId: id }, order: { createdAt: 'ASC' } });
  const keptIn = ({ text }: PageResponse): string => /name="kept" value="([^"]*)"/.exec(text)?.[1] ?? '';
  const said = ({ status, text }: PageResponse, field: string): [number, string | undefined] => [
    status,
    new RegExp(`<a href="#${field}">([^<]*)</a>`).exec(text)?.[1],
  ];

  describe('Your data', () => {
    it('are shown, changed, and shown as they are then', async () => {
      const { one, client } = await signedIn();
      expect((await client.get('/account/profile')).text).toContain(`value="${one.lastName}"`);
      expect((await client.post('/account/profile', PROFILE)).location).toBe('/account/profile?saved');
      const { text } = await client.get('/account/profile?saved');
      expect(text).toContain('Your changes are saved.');
      for (const value of ['Grace', 'Hopper', '1990-04-12']) expect(text).toContain(`value="${value}"`);
      expect(text).toMatch(/<option value="Dr" selected/);
      expect(await rowOf(one)).toMatchObject(PROFILE);
    });

    it('may lack what the shop never knew, but do not lose what it knows', async () => {
      const { one, client } = await signedIn();
      const empty = { ...PROFILE, gender: '', dateOfBirth: '' };
      expect((await client.post('/account/profile', empty)).location).toBe('/account/profile?saved');
      expect(await rowOf(one)).toMatchObject({ gender: null, dateOfBirth: null });
      await client.post('/account/profile', PROFILE);
      expect(said(await client.post('/account/profile', empty), 'dateOfBirth')).toEqual([422, 'Fill this in.']);
    });

    it.each([
      ['salutation', 'Lord', 'Choose one of the list.'],
      ['firstName', '', 'Fill this in.'],
      ['lastName', 'x'.repeat(101), 'At most 100 characters.'],
      ['lastName', 'a\0b', 'It has a character that cannot be stored.'],
      ['gender', 'x', 'Choose one of the list.'],
      ['dateOfBirth', '2999-01-01', 'This is no possible date of birth.'],
      ['dateOfBirth', '1990-02-31', 'This is no date.'],
    ])('say what is wrong with %s %j, and keep what was typed', async (field, value, problem) => {
      const { one, client } = await signedIn();
      const answer = await client.post('/account/profile', { ...PROFILE, [field]: value });
      expect(said(answer, field)).toEqual([422, problem]);
      if (field !== 'firstName') expect(answer.text).toContain('value="Grace"');
      expect((await rowOf(one)).firstName).toBe('Ada');
    });

    it('show what was typed as text, whatever it is', async () => {
      const { client } = await signedIn();
      const typed = await client.post('/account/profile', { ...PROFILE, firstName: HOSTILE, gender: 'x' });
      expect(typed.text).toContain(SHOWN);
      await client.post('/account/profile', { ...PROFILE, firstName: HOSTILE });
      const { text } = await client.get('/account/profile');
      expect([text.includes(SHOWN), text.includes('<script>alert')]).toEqual([true, false]);
    });

    it('write no text so that it becomes a part of the page', async () => {
      const { client } = await signedIn();
      for (const text of STORABLE_TEXTS) {
        for (const gender of ['x', 'Female']) {
          const answer = await client.post('/account/profile', { ...PROFILE, lastName: text, gender });
          const shown = gender === 'x' ? answer : await client.get('/account/profile');
          const [, value = ''] = /name="lastName" [^>]*value="([^"]*)"/.exec(shown.text) ?? [];
          const read = value.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
          expect([answer.status, read]).toEqual([gender === 'x' ? 422 : 303, text]);
          expect(shown.text.match(/<script/g)).toHaveLength(1);
        }
      }
    });

    it('change with a code where MFA is on, and the form waits for it', async () => {
      const { one, client } = await signedIn();
      await turnMfaOn(client, one);
      await passGrant(client);
      const asked = await client.post('/account/profile', PROFILE);
      expect([asked.status, asked.heading]).toEqual([403, 'Confirm that it is you']);
      expect((await rowOf(one)).firstName).toBe('Ada');
      const confirmed = { kept: keptIn(asked), chosen: 'email', code: code(one) };
      expect((await client.post('/account/profile', confirmed)).location).toBe('/account/profile?saved');
      expect(await rowOf(one)).toMatchObject(PROFILE);
    });
  });

  describe('The e-mail address', () => {
    const next = (): string => `${randomUUID().slice(0, 8)}@moved.example`;

    it('is changed with the password without MFA; sign-in goes with the new one, and the old one is told', async () => {
      const { one, client } = await signedIn();
      const email = next();
      expect((await client.post('/account/email', { email: ` ${email} `, password: PASSWORD })).location).toBe(
        '/account/email?saved',
      );
      expect((await client.get('/account/email?saved')).text).toContain(`Your e-mail address is ${email} now.`);
      expect((await (await signIn({ ...one, email })).get('/account')).status).toBe(200);
      await shop.app.mailsSent();
      expect(shop.app.mailbox.mails.some(({ to }) => to.includes(one.email))).toBe(true);
    });

    it('takes a code although a grant is alive, for codes go to it', async () => {
      const { one, client } = await signedIn();
      await turnMfaOn(client, one);
      expect((await client.post('/account/profile', PROFILE)).location).toBe('/account/profile?saved');
      shop.app.clock.advance(60);
      const email = next();
      const asked = await client.post('/account/email', { email });
      expect([asked.status, asked.heading]).toEqual([403, 'Confirm that it is you']);
      expect((await rowOf(one)).email).toBe(one.email);
      const confirmed = { kept: keptIn(asked), chosen: 'email', code: code(one) };
      expect((await client.post('/account/email', confirmed)).location).toBe('/account/email?saved');
      expect((await rowOf(one)).email).toBe(email);
    });

    it('takes one also where an operator protects other resources', async () => {
      const { url } = await shop.app.anotherInstance({ STOREFRONT_MFA_PROTECTED_RESOURCES: 'carts' });
      const one = await createCustomer(shop.app.dataSource);
      const client = new PageClient(url);
      await client.post('/account/sign-in', signInOf(one));
      await turnMfaOn(client, one);
      await passGrant(client);
      expect((await client.post('/account/profile', PROFILE)).location).toBe('/account/profile?saved');
      expect((await client.post('/account/email', { email: next() })).heading).toBe('Confirm that it is you');
    });

    it.each([
      ['', 'Fill this in.'],
      ['nobody', 'This is no e-mail address.'],
      [`${'x'.repeat(100)}@a.example`, 'At most 100 characters.'],
      [HOSTILE, 'This is no e-mail address.'],
    ])('cannot be %j', async (email, problem) => {
      const { client } = await signedIn();
      const answer = await client.post('/account/email', { email });
      expect(said(answer, 'email')).toEqual([422, problem]);
      expect(answer.text).not.toContain('<script>alert');
    });

    it("cannot be another customer's, whom a mail tells", async () => {
      const other = await createCustomer(shop.app.dataSource);
      const { client } = await signedIn();
      const form = { email: other.email.toUpperCase(), password: PASSWORD };
      expect(said(await client.post('/account/email', form), 'email')[0]).toBe(422);
    });

    it('cannot move a sixth time in a day', async () => {
      const { client } = await signedIn();
      const move = () => client.post('/account/email', { email: next(), password: PASSWORD });
      for (let n = 0; n < 5; n += 1) expect((await move()).status).toBe(303);
      const { status, headers, text } = await move();
      expect([status, headers.get('retry-after')]).toEqual([429, '86400']);
      expect(text).toContain('This was tried too often. Please wait 1,440 minutes.');
    });
  });

  describe('Addresses', () => {
    it('are added, listed with their use, changed and deleted', async () => {
      const { one, client } = await signedIn();
      expect((await client.get('/account/addresses')).text).toContain('You have no addresses yet.');
      expect((await client.post('/account/addresses/new', ADDRESS)).location).toBe('/account/addresses?saved');
      const [address] = await addressesOf(one);
      expect(address).toMatchObject({
        city: 'Hamburg',
        company: null,
        isDefaultShipping: true,
        isDefaultBilling: true,
      });
      const path = `/account/addresses/${address!.uuid}`;
      const list = await client.get('/account/addresses');
      for (const part of ['Am Sandtorkai 4', '20457 Hamburg', 'Germany', 'For deliveries', `href="${path}"`]) {
        expect(list.text).toContain(part);
      }
      const form = await client.get(path);
      expect(form.text).toMatch(/<option value="DE" selected[^>]*>Germany/);
      expect(form.text).toMatch(/id="isDefaultShipping"[^>]* checked/);
      const changed = { ...ADDRESS, city: 'Altona', isDefaultBilling: 'yes', phone: '+49 40 5550100' };
      expect((await client.post(path, changed)).location).toBe('/account/addresses?saved');
      expect((await addressesOf(one))[0]).toMatchObject({
        ...{ city: 'Altona', phone: '+49 40 5550100', isDefaultShipping: false, isDefaultBilling: true },
      });
      expect((await client.get(`${path}/delete`)).text).toContain('Altona');
      expect((await client.post(`${path}/delete`)).location).toBe('/account/addresses?removed');
      expect(await addressesOf(one)).toEqual([]);
    });

    it.each([
      ['city', 'Ab', 'At least 3 characters.'],
      ['zipCode', '', 'Fill this in.'],
      ['iso2Code', 'XX', 'Choose a country of the list.'],
      ['iso2Code', '', 'Fill this in.'],
      ['company', 'x'.repeat(256), 'At most 255 characters.'],
    ])('say what is wrong with %s %j, and keep what was typed', async (field, value, problem) => {
      const { one, client } = await signedIn();
      const answer = await client.post('/account/addresses/new', {
        ...ADDRESS,
        [field]: value,
        isDefaultBilling: 'yes',
      });
      expect(said(answer, field)[1]).toBe(problem);
      expect([answer.text.includes('value="Am Sandtorkai"'), await addressesOf(one)]).toEqual([true, []]);
      expect(answer.text).toMatch(/id="isDefaultBilling"[^>]* checked/);
    });

    it('show what was typed as text, in every field', async () => {
      const { client } = await signedIn();
      const names = ['firstName', 'lastName', 'address1', 'address2', 'address3', 'city', 'company', 'phone'];
      const hostile = { ...ADDRESS, ...Object.fromEntries(names.map((name) => [name, HOSTILE])) };
      expect((await client.post('/account/addresses/new', hostile)).location).toBe('/account/addresses?saved');
      const { text } = await client.get('/account/addresses');
      expect([text.includes('&lt;script>'), text.includes('<script>alert')]).toEqual([true, false]);
    });

    it('of others do not exist, and what is deleted already is deleted', async () => {
      const { one, client } = await signedIn();
      await client.post('/account/addresses/new', ADDRESS);
      const path = `/account/addresses/${(await addressesOf(one))[0]!.uuid}`;
      const other = (await signedIn()).client;
      for (const id of [path, '/account/addresses/x', '/account/addresses/%00']) {
        expect([id, (await other.get(id)).status, (await other.post(id, ADDRESS)).status]).toEqual([id, 404, 404]);
        expect((await other.get(`${id}/delete`)).status).toBe(404);
        expect((await other.post(`${id}/delete`)).location).toBe('/account/addresses?removed');
      }
      expect(await addressesOf(one)).toHaveLength(1);
      const answers = await Promise.all([client.post(`${path}/delete`), client.post(`${path}/delete`)]);
      expect(answers.map(({ location }) => location)).toEqual(Array(2).fill('/account/addresses?removed'));
    });

    it('end where the limit is', async () => {
      const { one, client } = await signedIn();
      const { customerAddresses } = shop.app.settings.limits;
      const row = { ...ADDRESS, customerId: one.id, createdAt: shop.app.clock.now() };
      const flags = { isDefaultShipping: false, isDefaultBilling: false };
      const uuidOf = (index: number): string =>
        `00000000-0000-4000-8000-${one.id.padStart(4, '0')}${index}`.padEnd(36, '0');
      await shop.app.dataSource
        .getRepository(CustomerAddress)
        .insert(
          Array.from({ length: customerAddresses }, (_, index) => ({ ...row, ...flags, uuid: uuidOf(1000 + index) })),
        );
      const { status, text } = await client.post('/account/addresses/new', ADDRESS);
      expect([status, text.includes('You have as many addresses as can be kept.')]).toEqual([422, true]);
    });

    it.each(['new', 'change', 'delete'])('take a code where MFA is on (%s)', async (what) => {
      const { one, client } = await signedIn();
      await client.post('/account/addresses/new', ADDRESS);
      await turnMfaOn(client, one);
      await passGrant(client);
      const path = `/account/addresses/${(await addressesOf(one))[0]!.uuid}`;
      const paths: Record<string, string> = { new: '/account/addresses/new', change: path, delete: `${path}/delete` };
      const asked = await client.post(paths[what]!, { ...ADDRESS, city: 'Altona' });
      expect([asked.status, asked.heading]).toEqual([403, 'Confirm that it is you']);
      expect((await addressesOf(one)).map(({ city }) => city)).toEqual(['Hamburg']);
      const done = await client.post(paths[what]!, { kept: keptIn(asked), chosen: 'email', code: code(one) });
      expect(done.location).toMatch(/^\/account\/addresses\?(saved|removed)$/);
      const left = { new: ['Hamburg', 'Altona'], change: ['Altona'], delete: [] }[what];
      expect((await addressesOf(one)).map(({ city }) => city)).toEqual(left);
    });
  });

  describe('The end of the account', () => {
    it('says what is lost, and takes a tick', async () => {
      const { one, client } = await signedIn();
      expect((await client.get('/account/delete')).text).toContain('your addresses and carts are gone');
      for (const confirmed of ['', 'no', 'on']) {
        const answer = await client.post('/account/delete', { confirmed });
        expect(said(answer, 'confirmed')).toEqual([422, 'Tick this if you want to delete your account.']);
      }
      expect((await rowOf(one)).anonymizedAt).toBeNull();
    });

    it('forgets the person, takes the cookie away, and leads to a sign-in that is over', async () => {
      const { one, client } = await signedIn();
      const before = client.copy();
      const form = { confirmed: 'yes', password: PASSWORD };
      expect((await client.post('/account/delete', form)).location).toBe('/account/sign-in?deleted');
      expect([...client.cookies]).toEqual([]);
      expect((await client.get('/account/sign-in?deleted')).text).toContain('Your account is deleted.');
      expect((await before.get('/account')).location).toBe('/account/sign-in');
      expect((await (await signIn(one)).get('/account')).location).toBe('/account/sign-in');
      expect((await rowOf(one)).anonymizedAt).not.toBeNull();
    });

    it('is pressed twice without harm', async () => {
      const { client } = await signedIn();
      const form = { confirmed: 'yes', password: PASSWORD };
      const answers = await Promise.all([client.post('/account/delete', form), client.post('/account/delete', form)]);
      // the second one finds no session, no account with this password, or is told the same as the first
      for (const { status } of answers) expect([303, 400, 403]).toContain(status);
      expect(answers.map(({ location }) => location)).toContain('/account/sign-in?deleted');
    });

    it('takes a code where MFA is on, and the password when it is off again', async () => {
      const { one, client } = await signedIn();
      await turnMfaOn(client, one);
      await passGrant(client);
      const asked = await client.post('/account/delete', { confirmed: 'yes' });
      expect([asked.status, asked.heading]).toEqual([403, 'Confirm that it is you']);
      const off = await client.post('/account/mfa/email/deactivate', { code: code(one) });
      expect(off.location).toBe('/account/mfa?off=email');
      expect(said(await client.post('/account/delete', { confirmed: 'yes' }), 'password')).toEqual(MISSING);
      const form = { confirmed: 'yes', password: PASSWORD };
      expect((await client.post('/account/delete', form)).location).toBe('/account/sign-in?deleted');
    });

    it('takes the password also with MFA where an operator protects other resources', async () => {
      const { url } = await shop.app.anotherInstance({ STOREFRONT_MFA_PROTECTED_RESOURCES: 'carts' });
      const one = await createCustomer(shop.app.dataSource);
      const client = new PageClient(url);
      await client.post('/account/sign-in', signInOf(one));
      await turnMfaOn(client, one);
      expect((await client.get('/account/delete')).text).toContain('name="password"');
      expect(said(await client.post('/account/delete', { confirmed: 'yes' }), 'password')).toEqual(MISSING);
      expect((await rowOf(one)).anonymizedAt).toBeNull();
    });
  });

  describe.each([
    ['/account/email', { email: 'next@moved.example' }, 'value="next@moved.example"'],
    ['/account/delete', { confirmed: 'yes' }, 'value="yes" checked'],
  ])('At an open screen %s', (path, form: Record<string, string>, kept) => {
    const isUntouched = async (one: Customer): Promise<boolean> => {
      const { email, anonymizedAt } = await rowOf(one);
      return email === one.email && anonymizedAt === null;
    };

    it('takes the password where MFA is off, and keeps what else was typed', async () => {
      const { one, client } = await signedIn();
      expect((await client.get(path)).text).toContain('name="password"');
      const missing = await client.post(path, form);
      expect([said(missing, 'password'), missing.text.includes(kept)]).toEqual([MISSING, true]);
      const wrong = await client.post(path, { ...form, password: 'Wrong-Pass-01!' });
      expect([said(wrong, 'password'), wrong.text.includes(kept)]).toEqual([
        [400, 'This is not your current password.'],
        true,
      ]);
      expect(wrong.text).not.toContain('Wrong-Pass-01!');
      expect(await isUntouched(one)).toBe(true);
    });

    it('counts wrong passwords with those of the sign-in, and then takes not even the right one', async () => {
      const { one, client } = await signedIn();
      const guesses = Array.from({ length: 20 }, () => client.post(path, { ...form, password: 'Wrong-Pass-01!' }));
      const statuses = (await Promise.all(guesses)).map(({ status }) => status).toSorted();
      expect(statuses).toEqual([...Array(10).fill(400), ...Array(10).fill(429)]);
      const blocked = await client.post(path, { ...form, password: PASSWORD });
      expect([blocked.status, blocked.headers.get('retry-after')]).toEqual([429, '300']);
      expect(blocked.text).toContain('Too many wrong passwords. Please wait 5 minutes.');
      expect((await new PageClient(shop.app.api.url).post('/account/sign-in', signInOf(one))).status).toBe(429);
      expect(await isUntouched(one)).toBe(true);
    });

    it('does nothing on a password that is changed between its check and the change', async () => {
      const { one, client } = await signedIn();
      const answer = await interleave(shop.app.dataSource, {
        lock: (owner) => owner.query('SELECT FROM customer WHERE id = $1 FOR NO KEY UPDATE', [one.id]),
        work: () => client.post(path, { ...form, password: PASSWORD }),
        change: async (owner) =>
          owner.query('UPDATE customer SET password_hash = $2 WHERE id = $1', [one.id, await hashPassword(NEXT)]),
      });
      expect([await isUntouched(one), said(answer, 'password')]).toEqual([
        true,
        [400, 'This is not your current password.'],
      ]);
      expect([answer.text.includes(kept), answer.text.includes('name="password"')]).toEqual([true, true]);
      expect((await client.post(path, { ...form, password: NEXT })).status).toBe(303);
    });

    it('asks for no password where MFA is on, and none stands for the code', async () => {
      const { one, client } = await signedIn();
      await turnMfaOn(client, one);
      await passGrant(client);
      expect((await client.get(path)).text).not.toContain('name="password"');
      const asked = await client.post(path, { ...form, password: PASSWORD });
      expect([asked.status, asked.heading]).toEqual([403, 'Confirm that it is you']);
      expect(await isUntouched(one)).toBe(true);
    });

    it('asks for the code that is needed when the form is sent, and keeps no password for later', async () => {
      const { one, client } = await signedIn();
      expect((await client.get(path)).text).toContain('name="password"');
      await turnMfaOn(client, one);
      await passGrant(client);
      const asked = await client.post(path, { ...form, password: PASSWORD });
      expect(asked.heading).toBe('Confirm that it is you');
      await client.post('/account/mfa/email/deactivate', { code: code(one) });
      const answer = await client.post(path, { kept: keptIn(asked), chosen: 'email', code: '123456' });
      expect([said(answer, 'password'), answer.text.includes(kept)]).toEqual([MISSING, true]);
      expect(await isUntouched(one)).toBe(true);
    });
  });

  it('are sent by no other site', async () => {
    const { one, client } = await signedIn();
    const forms: [string, Record<string, string>][] = [
      ['/account/profile', PROFILE],
      ['/account/email', { email: 'x@moved.example' }],
      ['/account/addresses/new', ADDRESS],
      ['/account/delete', { confirmed: 'yes' }],
    ];
    for (const [path, form] of forms) {
      const { status } = await client.post(path, form, { 'sec-fetch-site': 'cross-site' });
      expect([path, status]).toEqual([path, 403]);
    }
    expect(await rowOf(one)).toMatchObject({ firstName: 'Ada', email: one.email, anonymizedAt: null });
    expect(await addressesOf(one)).toEqual([]);
  });

  it('are in the language of the customer', async () => {
    const { client } = await signedIn({ locale: 'de_DE' });
    const headings = ['profile', 'email', 'addresses', 'addresses/new', 'delete'].map(async (page) => {
      return (await client.get(`/account/${page}`)).heading;
    });
    expect(await Promise.all(headings)).toEqual([
      ...['Ihre Daten', 'E-Mail-Adresse ändern', 'Adressen', 'Neue Adresse', 'Konto löschen'],
    ]);
    expect((await client.get('/account/addresses/new')).text).toContain('>Deutschland</option>');
  });
});

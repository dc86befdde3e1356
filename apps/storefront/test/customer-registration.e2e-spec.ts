import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer } from '#auth';
import { createCustomer, outcome, startTestApp, type Answer, type TestApp, mailedKey, mailsTo } from '#testing';
import { createStorefront } from '../src/storefront.js';
import { errorsOf, Shop } from './shop.js';

const PASSWORD = 'Harbor-Fresh-01!';
const TAKEN =
  '422 400 If this email address is already in use, you will receive a password reset link. Otherwise you must first validate your e-mail address to finish registration. Please check your e-mail.';

const missing = (field: string): string => `422 901 ${field} => This field is missing.`;
const blank = (field: string): string => `422 901 ${field} => This value should not be blank.`;
const address = (): string => `${randomUUID().slice(0, 8)}@new.example`;

const attributesOf = (overrides: object = {}): { email: string } & Record<string, unknown> => ({
  salutation: 'Ms',
  firstName: 'Ada',
  lastName: 'Kessler',
  gender: 'Female',
  email: address(),
  password: PASSWORD,
  confirmPassword: PASSWORD,
  acceptedTerms: true,
  ...overrides,
});

describe('POST /customers', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open({ PUBLIC_URL_STOREFRONT: 'https://shop.example/' });
  });
  afterAll(() => shop.app.stop());

  const register = (overrides: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
    shop.app.api.post('/customers', attributesOf(overrides), { headers });
  const confirm = (registrationKey: string): Promise<Answer> =>
    shop.app.api.post('/customer-confirmation', { registrationKey });
  const rowOf = (email: string): Promise<Customer[]> =>
    shop.app.dataSource.getRepository(Customer).find({
      where: { email },
      select: { id: true, customerReference: true, locale: true, confirmed: true, passwordHash: true },
    });

  it('answers 201 with the customer, whose reference ends in the id', async () => {
    const email = address();
    const { status, json } = await register({ email, dateOfBirth: '1990-02-28' });
    const [row] = await rowOf(email);
    const id = `DE--${row!.id}`;
    const moment = shop.app.clock.now().toISOString().slice(0, -1).replace('T', ' ');
    expect([status, json]).toEqual([
      201,
      {
        data: {
          type: 'customers',
          id,
          attributes: {
            firstName: 'Ada',
            lastName: 'Kessler',
            email,
            gender: 'Female',
            dateOfBirth: '1990-02-28',
            salutation: 'Ms',
            createdAt: `${moment}000`,
            updatedAt: `${moment}000`,
          },
          links: { self: `https://shop.example/customers/${id}` },
        },
      },
    ]);
    expect(row).toEqual(expect.objectContaining({ customerReference: id, locale: 'en_US', confirmed: false }));
    expect(row!.passwordHash).toMatch(/^\$argon2id\$/);
    expect(shop.app.logged()).not.toContain(PASSWORD);
  });

  it('names every missing field, the e-mail address before the password', async () => {
    const fields = ['salutation', 'firstName', 'lastName', 'gender', 'email', 'password', 'confirmPassword'];
    expect(errorsOf(await shop.app.api.post('/customers', {}))).toEqual([...fields, 'acceptedTerms'].map(missing));
    const nothing = Object.fromEntries([...fields, 'acceptedTerms'].map((field) => [field, null]));
    expect(errorsOf(await register(nothing))).toEqual([...fields, 'acceptedTerms'].map(blank));
  });

  it.each([
    [{ salutation: '' }, [blank('salutation'), '422 901 salutation => The value you selected is not a valid choice.']],
    [{ salutation: 'Sir' }, ['422 901 salutation => The value you selected is not a valid choice.']],
    [{ gender: 'male' }, ['422 901 gender => The value you selected is not a valid choice.']],
    [{ gender: ['Male'] }, ['422 901 gender => The value you selected is not a valid choice.']],
    [
      { firstName: 'x'.repeat(101) },
      ['422 901 firstName => This value is too long. It should have 100 characters or less.'],
    ],
    [{ lastName: ['x'] }, ['422 901 lastName => This value should be of type string.']],
    [{ firstName: 'A\0da' }, ['422 901 firstName => This value contains a character that is not allowed.']],
    [{ email: 'nobody' }, ['422 901 email => This value is not a valid email address.']],
    [{ email: 'boss@mİcro.example' }, ['422 901 email => This value is not a valid email address.']],
    [{ email: 'İda@new.example' }, ['422 901 email => This value is not a valid email address.']],
    [{ email: '"x@evil.example"@new.example' }, ['422 901 email => This value is not a valid email address.']],
    [{ email: '"a b"@new.example' }, ['422 901 email => This value is not a valid email address.']],
    [{ email: '"a\nb"@new.example' }, ['422 901 email => This value is not a valid email address.']],
    [
      { email: `${'x'.repeat(60)}@${'y'.repeat(60)}.example` },
      ['422 901 email => This value is too long. It should have 100 characters or less.'],
    ],
    [{ acceptedTerms: false }, ['422 901 acceptedTerms => This value should be true.']],
    [{ acceptedTerms: 'true' }, ['422 901 acceptedTerms => This value should be true.']],
    [{ dateOfBirth: '1990-02-30' }, ['422 901 dateOfBirth => This value is not a valid date.']],
    [{ dateOfBirth: '0000-01-01' }, ['422 901 dateOfBirth => This value is not a valid date.']],
    [{ dateOfBirth: '2990-01-01' }, ['422 901 dateOfBirth => This value is not a valid date.']],
    [{ dateOfBirth: '1850-01-01' }, ['422 901 dateOfBirth => This value is not a valid date.']],
    [{ password: 'Ab1!' }, ['422 901 password => This value is too short. It should have 8 characters or more.']],
    [
      { confirmPassword: 'Ab1!' },
      ['422 901 confirmPassword => This value is too short. It should have 8 characters or more.'],
    ],
    [{ password: 'alllowercase-01' }, [expect.stringMatching(/^422 901 password => Your password must include/)]],
    [
      { confirmPassword: 'Other-Pass-01!' },
      ['422 406 Value in field password should be identical to value in the confirmPassword field.'],
    ],
    [
      { password: 'Goood-Pass-01!', confirmPassword: 'Goood-Pass-01!' },
      ['400 421 The password contains sequence of the same character.'],
    ],
    [{ password: 'P@ssw0rd', confirmPassword: 'P@ssw0rd' }, ['400 422 The password is listed as common.']],
  ])('refuses %j', async (overrides, errors) => {
    const email = address();
    expect(errorsOf(await register({ email, ...overrides }))).toEqual(errors);
    expect(await rowOf(email)).toEqual([]);
  });

  it('takes a date of birth up to today', async () => {
    const dayIn = (days: number) =>
      new Date(shop.app.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    expect(errorsOf(await register({ dateOfBirth: dayIn(1) }))).toEqual([
      '422 901 dateOfBirth => This value is not a valid date.',
    ]);
    expect((await register({ dateOfBirth: dayIn(0) })).json.data.attributes.dateOfBirth).toBe(dayIn(0));
  });

  it('takes no date of birth for none', async () => {
    for (const dateOfBirth of [undefined, null, '']) {
      expect((await register({ dateOfBirth })).json.data.attributes.dateOfBirth).toBeNull();
    }
  });

  it('is confirmed by its key, also with blanks around it, as people paste them', async () => {
    const email = address();
    await register({ email });
    const key = await mailedKey(shop.app, email);
    expect((await confirm(`\t${key} \n`)).status).toBe(204);
    expect(await shop.login(email, PASSWORD)).toEqual(expect.any(String));
  });

  it('ignores what it does not know', async () => {
    const given = JSON.parse('{"__proto__":{"a":1},"constructor":"x","confirmed":true,"id":"7","anonymizedAt":"x"}');
    const { status, json } = await shop.app.api.post('/customers', { ...attributesOf(), ...given });
    expect(status).toBe(201);
    expect((await rowOf(json.data.attributes.email))[0]!.confirmed).toBe(false);
  });

  it('needs no token, and refuses a wrong one', async () => {
    expect(outcome(await register({}, { authorization: 'Bearer wrong' }))).toBe('401 001');
  });

  it.each([
    ['de-DE, en;q=0.5', 'de_DE', 'de', 'Bitte bestätigen Sie Ihre E-Mail-Adresse', '7 Tage'],
    ['en-US', 'en_US', 'en', 'Please confirm your e-mail address', '7 days'],
    ['fr', 'en_US', 'en', 'Please confirm your e-mail address', '7 days'],
  ])('for %s mails the key in the language of %s', async (accepted, locale, language, subject, life) => {
    const email = address();
    const { status, text: body } = await register({ email }, { 'accept-language': accepted });
    expect(status).toBe(201);
    expect((await rowOf(email))[0]!.locale).toBe(locale);
    const mails = await mailsTo(shop.app, email);
    const { text, html, ...mail } = mails[0]!;
    const key = await mailedKey(shop.app, email);
    expect([mails.length, mail.subject, mail.headers['content-language']]).toEqual([1, subject, language]);
    for (const part of [text, html]) {
      expect(part).toContain(`https://shop.example/account/confirm#key=${key}`);
      expect(part).toContain(life);
    }
    expect(text).not.toMatch(/^\d{6,10}$/m);
    expect(shop.app.logged()).not.toContain(key);
    expect(body).not.toContain(key);
  });

  it('opens no login before the address is confirmed with the key of the mail', async () => {
    const email = address();
    await register({ email });
    const login = () => shop.app.api.post('/access-tokens', { username: email, password: PASSWORD });
    expect(outcome(await login())).toBe('401 003');
    const answer = await confirm(await mailedKey(shop.app, email));
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(outcome(await login())).toBe('201');
  });

  it('confirms once, also when several instances are asked at once', async () => {
    const email = address();
    await register({ email });
    const key = await mailedKey(shop.app, email);
    const other = await shop.app.anotherInstance();
    const apis = [shop.app.api, other, shop.app.api, other];
    const answers = await Promise.all(apis.map((api) => api.post('/customer-confirmation', { registrationKey: key })));
    expect(answers.map(outcome).toSorted()).toEqual(['204', '422 423', '422 423', '422 423']);
    expect(errorsOf(await confirm(key))).toEqual([
      '422 423 This email confirmation code is invalid or has been already used.',
    ]);
  });

  it('refuses keys that are unknown, expired, of another kind, or none', async () => {
    const email = address();
    await register({ email });
    const key = await mailedKey(shop.app, email);
    for (const wrong of ['unknown', `${key}x`, 'x'.repeat(10_000)]) {
      expect(outcome(await confirm(wrong))).toBe('422 423');
    }
    expect(outcome(await confirm('\0'))).toBe('422 901');
    expect(errorsOf(await shop.app.api.post('/customer-confirmation', {}))).toEqual([missing('registrationKey')]);
    expect(errorsOf(await confirm(''))).toEqual([blank('registrationKey')]);
    await shop.app.api.post('/customer-forgotten-password', { email });
    const restoreKey = await mailedKey(shop.app, email);
    expect(restoreKey).not.toBe(key);
    expect(outcome(await confirm(restoreKey))).toBe('422 423');
    shop.app.clock.advance(7 * 86_400);
    expect(outcome(await confirm(key))).toBe('422 423');
  });

  it('stores keys as hashes only', async () => {
    const email = address();
    await register({ email });
    const key = await mailedKey(shop.app, email);
    const [row] = await shop.app.dataSource.query(
      `SELECT k.*, encode(sha256($2), 'hex') = encode(key_hash, 'hex') AS matches FROM account_key k
       JOIN customer c ON c.id = k.account_id WHERE c.email = $1`,
      [email, Buffer.from(key)],
    );
    expect(row.matches).toBe(true);
    expect(JSON.stringify(row)).not.toContain(key);
  });

  it('of a taken address changes nothing, in any case of the letters, and mails a key for a new password', async () => {
    const { email, id } = await createCustomer(shop.app.dataSource, { locale: 'de_DE' });
    const answer = await register({ email: email.toUpperCase(), firstName: 'Mallory' });
    expect(errorsOf(answer)).toEqual([TAKEN]);
    const [mail] = await mailsTo(shop.app, email);
    expect(mail!.text).toContain('https://shop.example/account/new-password#key=');
    expect(mail!.text + mail!.html).not.toContain('Mallory');
    expect(await shop.app.dataSource.getRepository(Customer).findOneBy({ id })).toEqual(
      expect.objectContaining({ firstName: 'Ada', confirmed: true }),
    );
  });

  it('makes one customer of several registrations of one address at once', async () => {
    const email = address();
    const other = await shop.app.anotherInstance();
    const apis = [shop.app.api, other, shop.app.api, other];
    const answers = await Promise.all(
      apis.map((api, n) => api.post('/customers', attributesOf({ email: n % 2 ? email : email.toUpperCase() }))),
    );
    expect(answers.map(outcome).toSorted()).toEqual(['201', '422 400', '422 400', '422 400']);
    const rows = await shop.app.dataSource.query(`SELECT FROM customer WHERE lower(email) = lower($1)`, [email]);
    expect(rows).toHaveLength(1);
  });
});

describe('POST /customers where no shop is set up', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createStorefront);
  });
  afterAll(() => app.stop());

  it('says at start and in the readiness check what is missing, and is ready', async () => {
    const kinds = ['store', 'product', 'shipmentMethod', 'paymentMethod'];
    expect(app.loggedEvents('catalogue.missing')).toEqual([expect.objectContaining({ level: 'warn', missing: kinds })]);
    const { status, json } = await app.api.get('/health/ready');
    expect([status, json]).toEqual([200, { status: 'ok', details: { catalogue: { missing: kinds } } }]);
  });

  it('answers that it cannot register anybody, and logs that a store is missing', async () => {
    expect(errorsOf(await app.api.post('/customers', attributesOf()))).toEqual(["500 401 Can't register a customer."]);
    expect(app.loggedEvents('catalogue.missing').at(-1)).toMatchObject({ level: 'error', missing: ['store'] });
  });

  it('registers customers with nothing but a store', async () => {
    await app.dataSource.query(
      `INSERT INTO store (name, currencies, default_currency, locales, price_modes, countries, order_reference_prefix)
       VALUES ('DE', '{EUR}', 'EUR', '{en_US}', '{GROSS_MODE}', '[]', 'DE--')`,
    );
    expect(outcome(await app.api.post('/customers', attributesOf()))).toBe('201');
    const { json } = await app.api.get('/health/ready');
    expect(json.details.catalogue.missing).toEqual(['product', 'shipmentMethod', 'paymentMethod']);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer } from '#auth';
import { createCustomer, mailedKey, mailsTo, PageClient, PASSWORD, type PageResponse } from '#testing';
import { Shop } from './shop.js';

const NEW = 'Another-Secret-77!';
const HOSTILE = `"><script>alert(1)</script>`;
const PAGES = ['register', 'confirm', 'forgotten-password', 'new-password'];

describe('The pages to get an account', () => {
  let shop: Shop;
  let client: PageClient;

  beforeAll(async () => {
    shop = await Shop.open();
    client = new PageClient(shop.app.api.url);
  });
  afterAll(() => shop.app.stop());

  const address = (): string => `${randomUUID().slice(0, 8)}@new.example`;
  const person = (overrides: Record<string, string> = {}): Record<string, string> => ({
    ...{ salutation: 'Ms', firstName: 'Nele', lastName: 'Hansen', gender: 'Female', dateOfBirth: '1990-04-12' },
    ...{ email: address(), password: PASSWORD, confirmPassword: PASSWORD, acceptedTerms: 'yes', ...overrides },
  });
  const rowOf = (email: string): Promise<Customer | null> =>
    shop.app.dataSource.getRepository(Customer).findOneBy({ email });
  const signIn = (email: string, password = PASSWORD): Promise<PageResponse> =>
    new PageClient(shop.app.api.url).post('/account/sign-in', { username: email, password });
  const said = ({ status, text }: PageResponse, field: string): [number, string | undefined] => [
    status,
    new RegExp(`<a href="#${field}">([^<]*)</a>`).exec(text)?.[1],
  ];

  it('are reached from the sign-in', async () => {
    const { text } = await client.get('/account/sign-in');
    expect(text).toContain('<a href="/account/register">Create an account</a>');
    expect(text).toContain('<a href="/account/forgotten-password">Forgotten your password?</a>');
  });

  it('are in the language of the browser', async () => {
    const headings = PAGES.map(
      async (page) => (await client.get(`/account/${page}`, { 'accept-language': 'de' })).heading,
    );
    expect(await Promise.all(headings)).toEqual([
      ...['Konto anlegen', 'E-Mail-Adresse bestätigen', 'Passwort vergessen', 'Neues Passwort wählen'],
    ]);
  });

  it.each(PAGES)('take no form of another site (%s)', async (page) => {
    const { status } = await client.post(`/account/${page}`, person(), { 'sec-fetch-site': 'cross-site' });
    expect(status).toBe(403);
  });

  it.each(PAGES)('count the forms of each client (%s)', async (page) => {
    const api = await shop.app.anotherInstance({ CLIENT_RATE_PER_MINUTE: '2' });
    const limited = new PageClient(api.url);
    const answers: number[] = [];
    for (let call = 0; call < 3; call += 1) answers.push((await limited.post(`/account/${page}`)).status);
    expect(answers).toEqual([422, 422, 429]);
  });

  describe('Registration', () => {
    it('makes an account that is good after its confirmation', async () => {
      const form = person();
      const { status, location } = await client.post('/account/register', form);
      expect([status, location]).toEqual([303, '/account/register?sent']);
      expect((await client.get('/account/register?sent')).text).toContain('We have sent you a mail.');
      expect(await rowOf(form['email']!)).toMatchObject({
        firstName: 'Nele',
        dateOfBirth: '1990-04-12',
        confirmed: false,
      });
      expect((await signIn(form['email']!)).status).toBe(422);
      const registrationKey = await mailedKey(shop.app, form['email']!);
      const confirmed = await client.post('/account/confirm', { registrationKey: ` ${registrationKey} ` });
      expect(confirmed.location).toBe('/account/sign-in?confirmed');
      expect((await signIn(form['email']!)).location).toBe('/account');
    });

    it('answers the same for a taken address, and its owner alone is told', async () => {
      const { email } = await createCustomer(shop.app.dataSource);
      const fresh = await client.post('/account/register', person());
      const taken = await client.post(
        '/account/register',
        person({ email: email.toUpperCase(), firstName: 'Mallory' }),
      );
      const answers = [fresh, taken].map(({ status, location, text, headers }) => [
        status,
        location,
        text,
        headers.getSetCookie(),
      ]);
      expect(answers[1]).toEqual(answers[0]);
      expect((await rowOf(email))!.firstName).toBe('Ada');
      expect((await mailsTo(shop.app, email))[0]!.subject).toBe('Choose a new password');
    });

    it.each([
      ['email', 'nobody', 'This is no e-mail address.'],
      ['email', '', 'Fill this in.'],
      ['salutation', '', 'Fill this in.'],
      ['password', 'short', 'At least 8 characters.'],
      ['acceptedTerms', '', 'Tick this.'],
      ['confirmPassword', NEW, 'The two are not the same.'],
    ])('says what is wrong with %s %j, and writes no password back', async (field, value, problem) => {
      const form = person({ [field]: value });
      const answer = await client.post('/account/register', form);
      expect(said(answer, field)).toEqual([422, problem]);
      expect(answer.text).toContain('value="Nele"');
      expect([answer.text.includes(PASSWORD), answer.text.includes(NEW)]).toEqual([false, false]);
      expect(await rowOf(form['email']!)).toBeNull();
    });

    it.each([
      ['Aaaa-1111', 'It repeats one character too often.'],
      ['Password1!', 'Too many people use this password.'],
      ['Ümlaut-Pass-01', 'At least a capital and a small letter, a digit and a sign such as ! or -, and no umlauts.'],
    ])('refuses the password %s in words', async (password, problem) => {
      const answer = await client.post('/account/register', person({ password, confirmPassword: password }));
      expect(said(answer, 'password')[1]).toBe(problem);
    });

    it('shows what was typed as text', async () => {
      const { text } = await client.post('/account/register', person({ firstName: HOSTILE, email: HOSTILE }));
      expect([text.includes('&lt;script>'), text.includes('<script>alert')]).toEqual([true, false]);
    });

    it('is not for those who are signed in', async () => {
      const own = new PageClient(shop.app.api.url);
      const { email } = await createCustomer(shop.app.dataSource);
      await own.post('/account/sign-in', { username: email, password: PASSWORD });
      expect((await own.get('/account/register')).location).toBe('/account');
    });
  });

  describe('A forgotten password', () => {
    it('gets a mail whose key sets a new one, once', async () => {
      const { email } = await createCustomer(shop.app.dataSource);
      expect((await client.post('/account/forgotten-password', { email })).location).toBe(
        '/account/forgotten-password?sent',
      );
      const form = { restorePasswordKey: await mailedKey(shop.app, email), password: NEW, confirmPassword: NEW };
      expect((await client.post('/account/new-password', form)).location).toBe('/account/sign-in?password');
      expect([(await signIn(email)).status, (await signIn(email, NEW)).location]).toEqual([422, '/account']);
      const again = await client.post('/account/new-password', form);
      expect(said(again, 'restorePasswordKey')).toEqual([
        422,
        'This key is wrong, was used already, or is too old. Ask for a new mail.',
      ]);
    });

    it('is answered the same whether or not there is an account', async () => {
      const { email } = await createCustomer(shop.app.dataSource);
      const answers = await Promise.all(
        [email, address()].map((one) => client.post('/account/forgotten-password', { email: one })),
      );
      const [known, unknown] = answers.map(({ status, location, text }) => [status, location, text]);
      expect(unknown).toEqual(known);
      expect((await client.get('/account/forgotten-password?sent')).text).toContain('If there is an account');
    });

    it('needs an address', async () => {
      const answer = await client.post('/account/forgotten-password', { email: HOSTILE });
      expect(said(answer, 'email')).toEqual([422, 'This is no e-mail address.']);
      expect([answer.text.includes('&lt;script>'), answer.text.includes('<script>alert')]).toEqual([true, false]);
    });

    it('keeps the key in a hidden field where the new one is too weak, but no password', async () => {
      const { email } = await createCustomer(shop.app.dataSource);
      await client.post('/account/forgotten-password', { email });
      const restorePasswordKey = await mailedKey(shop.app, email);
      const weak = { restorePasswordKey, password: 'Password1!', confirmPassword: 'Password1!' };
      const { status, text } = await client.post('/account/new-password', weak);
      expect([status, text.includes('Password1!')]).toEqual([400, false]);
      expect(text).toContain(`<input type="hidden" name="restorePasswordKey" value="${restorePasswordKey}"`);
    });
  });

  describe('A key', () => {
    it.each(['confirm', 'new-password'])(
      'is pasted into a field that everybody sees where scripts do not run (%s)',
      async (page) => {
        const { text } = await client.get(`/account/${page}`);
        expect(text).toContain('Key of the mail');
        expect(text).toMatch(/<div data-fragment="key"><div class="field">/);
      },
    );

    it.each([
      ['confirm', 'registrationKey'],
      ['new-password', 'restorePasswordKey'],
    ])('that is wrong or missing is refused in words (%s)', async (page, field) => {
      const passwords = { password: NEW, confirmPassword: NEW };
      const wrong = await client.post(`/account/${page}`, { [field]: HOSTILE, ...passwords });
      expect(said(wrong, field)).toEqual([422, expect.stringMatching(/^This key is wrong/)]);
      expect(wrong.text).not.toContain('<script>alert');
      expect(said(await client.post(`/account/${page}`, passwords), field)).toEqual([422, 'Fill this in.']);
    });

    it.each([
      ['/customer-confirmation', '/account/confirm'],
      ['/customer-restore-password', '/account/new-password'],
    ])('of an earlier mail, whose link leads to %s, comes to %s', async (former, now) => {
      const { status, location } = await client.get(former);
      expect([status, location]).toEqual([302, now]);
    });
  });
});

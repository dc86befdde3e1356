import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Customer } from '#auth';
import {
  createCustomer,
  mailedCode,
  outcome,
  PASSWORD,
  startTestApp,
  type Answer,
  type ApiClient,
  mailedKey,
  mailsTo,
} from '#testing';
import { createStorefront } from '../src/storefront.js';
import { errorsOf, Shop } from './shop.js';

const NEW = 'Harbor-Again-02!';

describe('A forgotten password', () => {
  let shop: Shop;
  let customer: Customer;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());
  beforeEach(async () => {
    customer = await createCustomer(shop.app.dataSource);
  });

  const forget = (email: unknown = customer.email): Promise<Answer> =>
    shop.app.api.post('/customer-forgotten-password', { email });
  const restore = (overrides: object, api: ApiClient = shop.app.api): Promise<Answer> =>
    api.patch('/customer-restore-password/anything', { password: NEW, confirmPassword: NEW, ...overrides });
  const login = async (password: string): Promise<string> =>
    outcome(await shop.app.api.post('/access-tokens', { username: customer.email, password }));
  const forgottenKey = async (): Promise<string> => {
    expect((await forget()).status).toBe(204);
    return mailedKey(shop.app, customer.email);
  };

  describe('POST /customer-forgotten-password', () => {
    it('answers the same for addresses that are known, unknown or gone, and mails only the known', async () => {
      const gone = await createCustomer(shop.app.dataSource, { anonymizedAt: new Date() });
      const addresses = [customer.email, customer.email.toUpperCase(), 'nobody@customers.example', gone.email];
      const answers = await Promise.all(addresses.map((email) => forget(email)));
      const visible = answers.map(({ status, text, headers }) => [status, text, [...headers.keys()].toSorted()]);
      expect(visible).toEqual(visible.map(() => [204, '', visible[0]![2]]));
      expect(await mailsTo(shop.app, customer.email)).not.toEqual([]);
      expect(await mailsTo(shop.app, gone.email)).toEqual([]);
      expect(shop.app.mailbox.mails.flatMap(({ to }) => to)).not.toContain('nobody@customers.example');
    });

    it.each([
      [undefined, 'email => This field is missing.'],
      ['', 'email => This value should not be blank.'],
      ['nobody', 'email => This value is not a valid email address.'],
      ['a\0@customers.example', 'email => This value contains a character that is not allowed.'],
      [['a@customers.example'], 'email => This value should be of type string.'],
    ])('refuses the address %j', async (email, detail) => {
      const [first] = errorsOf(await shop.app.api.post('/customer-forgotten-password', { email }));
      expect([`422 901 ${detail}`, '422 901 email => This value is not a valid email address.']).toContain(first);
      expect(errorsOf(await shop.app.api.post('/customer-forgotten-password', { email }))).toContain(
        `422 901 ${detail}`,
      );
    });

    it.each([
      ['de_DE', 'de', 'Wählen Sie ein neues Passwort', '1 Stunde'],
      ['en_US', 'en', 'Choose a new password', '1 hour'],
      ['fr_FR', 'en', 'Choose a new password', '1 hour'],
    ])('mails the key of a customer with the locale %s in the language %s', async (locale, language, subject, life) => {
      customer = await createCustomer(shop.app.dataSource, { locale });
      const key = await forgottenKey();
      const [mail] = await mailsTo(shop.app, customer.email);
      const { host, ports } = shop.app.settings;
      expect([mail!.subject, mail!.headers['content-language']]).toEqual([subject, language]);
      expect(mail!.text.split(/\r?\n/)).toContain(`Key: ${key}`);
      for (const part of [mail!.text, mail!.html]) {
        expect(part).toContain(`http://${host}:${ports.storefront}/account/new-password#key=${key}`);
        expect(part).toContain(life);
      }
      expect(mail!.text).not.toMatch(/^\d{6,10}$/m);
      expect(shop.app.logged()).not.toContain(key);
    });

    it('never lets the caller choose where the link leads', async () => {
      const body = { data: { type: 'customer-forgotten-password', attributes: { email: customer.email } } };
      const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'content-type': 'application/json' };
      const options = { method: 'POST', headers };
      const status = await new Promise((resolve, reject) => {
        request(`${shop.app.api.url}/customer-forgotten-password`, options, (answer) => resolve(answer.statusCode))
          .on('error', reject)
          .end(JSON.stringify(body));
      });
      expect(status).toBe(204);
      const [mail] = await mailsTo(shop.app, customer.email);
      expect(mail!.text).toContain('#key=');
      expect(mail!.text + mail!.html).not.toContain('evil.example');
    });

    it('makes the link from the settings, and leads to no address that nobody can go to', async () => {
      const inContainer = await startTestApp(createStorefront, { HOST: '0.0.0.0', PUBLIC_URL_STOREFRONT: '' });
      const { email } = await createCustomer(inContainer.dataSource);
      await inContainer.api.post('/customer-forgotten-password', { email });
      const [mail] = await mailsTo(inContainer, email);
      await inContainer.stop();
      expect(mail!.text).toContain('http://localhost:3000/account/new-password#key=');
    });

    it('waits for a change of the address that is under way, and goes to no former one', async () => {
      const moved = `moved-${customer.email}`;
      const change = shop.app.dataSource.createQueryRunner();
      await change.startTransaction();
      await change.query('UPDATE customer SET email = $2 WHERE id = $1', [customer.id, moved]);
      expect((await forget()).status).toBe(204);
      await vi.waitFor(
        async () => {
          const waiting = await shop.app.dataSource.query(
            `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          expect(waiting).toHaveLength(1);
        },
        { timeout: 10_000 },
      );
      await change.commitTransaction();
      await change.release();
      expect(await mailsTo(shop.app, moved)).toHaveLength(1);
      expect(await mailsTo(shop.app, customer.email)).toEqual([]);
    });

    it('mails five keys at once and one a minute after, and goes on answering 204', async () => {
      for (let n = 0; n < 7; n += 1) {
        expect((await forget()).status).toBe(204);
        await shop.app.mailsSent();
      }
      expect(await mailsTo(shop.app, customer.email)).toHaveLength(5);
      shop.app.clock.advance(60);
      expect((await forget()).status).toBe(204);
      expect(await mailsTo(shop.app, customer.email)).toHaveLength(6);
      expect((await restore({ restorePasswordKey: await mailedKey(shop.app, customer.email) })).status).toBe(204);
    });
  });

  describe('PATCH /customer-restore-password/{anything}', () => {
    it('sets the password; all sessions, codes and keys are over, and MFA stays on', async () => {
      const token = await shop.login(customer.email);
      await shop.enableMfa(token, customer.email);
      await shop.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token });
      const oldCode = mailedCode(shop.app.mailbox, customer.email);
      const restorePasswordKey = await forgottenKey();
      const answer = await restore({ restorePasswordKey: ` ${restorePasswordKey}\r\n` });
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(outcome(await shop.app.api.get('/multi-factor-auth-types', { token }))).toBe('401 001');
      expect([await login(PASSWORD), await login(NEW)]).toEqual(['401 003', '201']);
      const fresh = await shop.login(customer.email, NEW);
      const { json } = await shop.app.api.get('/multi-factor-auth-types', { token: fresh });
      expect([json.data[0].attributes, json.meta]).toEqual([{ type: 'email', status: 2 }, undefined]);
      const path = `/customers/${customer.customerReference}`;
      const change = (code?: string) => shop.app.api.patch(path, { firstName: 'Eve' }, { token: fresh, code });
      expect([outcome(await change()), outcome(await change(oldCode))]).toEqual(['403 5900', '403 5901']);
      const [state] = await shop.app.dataSource.query(
        `SELECT ((SELECT count(*) FROM mfa_code WHERE account_id = $1)
           + (SELECT count(*) FROM mfa_grant WHERE account_id = $1))::int AS codes`,
        [customer.id],
      );
      expect(state.codes).toBe(0);
    });

    it('confirms an address that was not: its owner read the mail', async () => {
      customer = await createCustomer(shop.app.dataSource, { confirmed: false });
      expect(await login(PASSWORD)).toBe('401 003');
      expect((await restore({ restorePasswordKey: await forgottenKey() })).status).toBe(204);
      expect(await login(NEW)).toBe('201');
    });

    it('takes a key once, also on several instances at once', async () => {
      const restorePasswordKey = await forgottenKey();
      const other = await shop.app.anotherInstance();
      const answers = await Promise.all(
        [shop.app.api, other, shop.app.api, other].map((api, n) => {
          const password = `Harbor-Race-0${n}!`;
          return restore({ restorePasswordKey, password, confirmPassword: password }, api);
        }),
      );
      expect(answers.map(outcome).toSorted()).toEqual(['204', '422 415', '422 415', '422 415']);
      const winner = answers.findIndex(({ status }) => status === 204);
      expect(await login(`Harbor-Race-0${winner}!`)).toBe('201');
      expect(errorsOf(await restore({ restorePasswordKey }))).toEqual(['422 415 Restore password key is not valid.']);
    });

    it('refuses a key that expired, and one that a newer one replaced', async () => {
      const first = await forgottenKey();
      const second = await forgottenKey();
      expect(second).not.toBe(first);
      expect(outcome(await restore({ restorePasswordKey: first }))).toBe('422 415');
      shop.app.clock.advance(3599);
      const third = await forgottenKey();
      shop.app.clock.advance(3600);
      for (const expired of [second, third]) {
        expect(outcome(await restore({ restorePasswordKey: expired }))).toBe('422 415');
      }
      expect(await login(PASSWORD)).toBe('201');
    });

    it('refuses a key from before the last change of the password or of the address', async () => {
      const token = await shop.login(customer.email);
      const restorePasswordKey = await forgottenKey();
      const attributes = { password: PASSWORD, newPassword: NEW, confirmPassword: NEW };
      await shop.app.api.patch(`/customer-password/${customer.customerReference}`, attributes, { token });
      expect(outcome(await restore({ restorePasswordKey }))).toBe('422 415');
      const next = await forgottenKey();
      const fresh = await shop.login(customer.email, NEW);
      const path = `/customers/${customer.customerReference}`;
      await shop.app.api.patch(path, { email: `moved-${customer.email}` }, { token: fresh });
      expect(outcome(await restore({ restorePasswordKey: next }))).toBe('422 415');
    });

    it('leaves the key as it is when the new password is refused', async () => {
      const restorePasswordKey = await forgottenKey();
      const refused = [
        ['Ab1!', 'Ab1!', '422 901'],
        ['alllowercase-01', 'alllowercase-01', '422 901'],
        [NEW, 'Other-Pass-02!', '422 406'],
        ['Goood-Pass-01!', 'Goood-Pass-01!', '400 421'],
        ['P@ssw0rd', 'P@ssw0rd', '400 422'],
      ];
      for (const [password, confirmPassword, expected] of refused) {
        expect(outcome(await restore({ restorePasswordKey, password, confirmPassword }))).toBe(expected);
      }
      expect((await restore({ restorePasswordKey })).status).toBe(204);
    });

    it('names a missing id, and missing and blank fields', async () => {
      const body = { data: { type: 'customer-restore-password', attributes: {} } };
      for (const path of ['/customer-restore-password', '/customer-restore-password/']) {
        expect(outcome(await shop.app.api.call('PATCH', path, { body }))).toBe('400 Resource id is not specified.');
      }
      const fields = ['restorePasswordKey', 'password', 'confirmPassword'];
      expect(errorsOf(await shop.app.api.call('PATCH', '/customer-restore-password/x', { body }))).toEqual(
        fields.map((field) => `422 901 ${field} => This field is missing.`),
      );
      expect(outcome(await restore({ restorePasswordKey: ' \n' }))).toBe('422 901');
      expect(errorsOf(await restore({ restorePasswordKey: '' }))).toEqual([
        '422 901 restorePasswordKey => This value should not be blank.',
      ]);
    });

    it('refuses the key of a user with the same number', async () => {
      const restorePasswordKey = await forgottenKey();
      await shop.app.dataSource.query(
        `UPDATE account_key SET account_kind = 'user' WHERE account_kind = 'customer' AND account_id = $1`,
        [customer.id],
      );
      expect(outcome(await restore({ restorePasswordKey }))).toBe('422 415');
      expect(await login(PASSWORD)).toBe('201');
    });

    it('refuses keys that are unknown, or for something else', async () => {
      const { email } = await createCustomer(shop.app.dataSource);
      expect(outcome(await restore({ restorePasswordKey: 'unknown' }))).toBe('422 415');
      const attributes = { salutation: 'Ms', firstName: 'Ada', lastName: 'K', gender: 'Female', acceptedTerms: true };
      const registered = { ...attributes, email: `new-${email}`, password: PASSWORD, confirmPassword: PASSWORD };
      expect((await shop.app.api.post('/customers', registered)).status).toBe(201);
      const registrationKey = await mailedKey(shop.app, `new-${email}`);
      expect(outcome(await restore({ restorePasswordKey: registrationKey }))).toBe('422 415');
    });

    it.each([
      ['restore', '/customer-restore-password/x', '422 415'],
      ['confirmation', '/customer-confirmation', '422 423'],
    ])('waits for a change of the account that voids its key (%s)', async (kind, path, refusal) => {
      const { dataSource } = shop.app;
      const key = await forgottenKey();
      if (kind === 'confirmation') {
        await dataSource.query(`UPDATE account_key SET purpose = 'confirmation' WHERE account_id = $1`, [customer.id]);
      }
      const changing = dataSource.createQueryRunner();
      await changing.startTransaction();
      await changing.query(`UPDATE customer SET updated_at = updated_at WHERE id = $1`, [customer.id]);
      const using =
        kind === 'restore' ? restore({ restorePasswordKey: key }) : shop.app.api.post(path, { registrationKey: key });
      await vi.waitFor(
        async () => {
          const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
          expect(await dataSource.query(waiting)).toHaveLength(1);
        },
        { timeout: 10_000 },
      );
      await changing.query(`UPDATE account_key SET key_hash = NULL WHERE account_id = $1`, [customer.id]);
      await changing.commitTransaction();
      await changing.release();
      expect(outcome(await using)).toBe(refusal);
    });

    it('and a change of the password meet without harm: one of them wins', async () => {
      for (let n = 0; n < 5; n += 1) {
        customer = await createCustomer(shop.app.dataSource);
        const token = await shop.login(customer.email);
        const restorePasswordKey = await forgottenKey();
        const other = 'Harbor-Other-03!';
        const changed = shop.app.api.patch(
          `/customer-password/${customer.customerReference}`,
          { password: PASSWORD, newPassword: other, confirmPassword: other },
          { token },
        );
        const results = (await Promise.all([restore({ restorePasswordKey }), changed])).map(outcome);
        expect(results).toContain('204');
        expect(results.every((result) => ['204', '422 415', '400 408', '401 001'].includes(result))).toBe(true);
        const works = [await login(NEW), await login(other)];
        expect(works).toEqual(results.map((result) => (result === '204' ? '201' : '401 003')));
      }
    });
  });
});

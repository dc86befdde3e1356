import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '#auth';
import {
  createCustomer,
  createUser,
  interleave,
  mailedCode,
  mailedKey,
  mailsTo,
  outcome,
  PASSWORD,
  startTestApp,
  trailOf,
  type Answer,
  type ApiClient,
} from '#testing';
import { createBackend } from '../src/backend.js';
import { BackOffice, NEW_PASSWORD as NEW } from './back-office.js';

describe('A password that a user forgot', () => {
  let office: BackOffice;
  let user: User;

  beforeAll(async () => {
    office = await BackOffice.open();
  });
  afterAll(() => office.app.stop());
  beforeEach(async () => {
    user = await office.user();
  });

  const errorsOf = ({ status, json }: Answer): string[] =>
    json.errors.map(({ code, detail }: any) => `${status} ${code} ${detail}`);
  const forget = (username: unknown = user.username): Promise<Answer> =>
    office.app.api.post('/user-forgotten-password', { username });
  const restore = (overrides: object, api: ApiClient = office.app.api): Promise<Answer> =>
    api.patch('/user-restore-password/anything', { password: NEW, confirmPassword: NEW, ...overrides });
  const login = async (password: string): Promise<number> => (await office.grant(user.username, password)).status;
  const forgottenKey = async (): Promise<string> => {
    expect((await forget()).status).toBe(204);
    return mailedKey(office.app, user.username);
  };

  describe('POST /user-forgotten-password', () => {
    it('answers the same for usernames that are known, unknown or inactive, and mails only the known', async () => {
      const inactive = await office.user({ status: 'inactive' });
      const customer = await createCustomer(office.app.dataSource);
      const nobody = 'nobody@users.example';
      const usernames = [user.username, user.username.toUpperCase(), nobody, inactive.username, customer.email];
      const answers = await Promise.all(usernames.map((username) => forget(username)));
      const visible = answers.map(({ status, text, headers }) => [status, text, [...headers.keys()].toSorted()]);
      expect(visible).toEqual(visible.map(() => [204, '', visible[0]![2]]));
      expect(await mailsTo(office.app, user.username)).not.toEqual([]);
      const addressees = office.app.mailbox.mails.flatMap(({ to }) => to);
      for (const one of [nobody, inactive.username, customer.email]) expect(addressees).not.toContain(one);
    });

    it.each([
      [undefined, 'username => This field is missing.'],
      ['', 'username => This value should not be blank.'],
      ['nobody', 'username => This value is not a valid email address.'],
      [['a@users.example'], 'username => This value should be of type string.'],
    ])('refuses the username %j', async (username, detail) => {
      const answer = await office.app.api.post('/user-forgotten-password', { username });
      expect(errorsOf(answer)).toContain(`422 901 ${detail}`);
    });

    it.each([
      ['de_DE', 'de', 'Wählen Sie ein neues Passwort', '1 Stunde'],
      ['en_US', 'en', 'Choose a new password', '1 hour'],
    ])(
      'mails the key in the language of %s, and leads to the page that takes it',
      async (locale, language, subject, ...parts) => {
        user = await office.user({ locale });
        const key = await forgottenKey();
        const [mail] = await mailsTo(office.app, user.username);
        const { host, ports } = office.app.settings;
        const page = `http://${host}:${ports.backend}/back-office/new-password`;
        expect([mail!.subject, mail!.headers['content-language']]).toEqual([subject, language]);
        expect(mail!.text.split(/\r?\n/)).toContain(`Key: ${key}`);
        for (const text of [mail!.text.replace(/\s+/g, ' '), mail!.html]) {
          for (const part of [`${page}#key=${key}`, ...parts]) expect(text).toContain(part);
        }
        expect(office.app.logged()).not.toContain(key);
      },
    );

    it('never lets the caller choose where the link leads', async () => {
      const body = { data: { type: 'user-forgotten-password', attributes: { username: user.username } } };
      const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'content-type': 'application/json' };
      const status = await new Promise((resolve, reject) => {
        const options = { method: 'POST', headers };
        request(`${office.app.api.url}/user-forgotten-password`, options, (answer) => resolve(answer.statusCode))
          .on('error', reject)
          .end(JSON.stringify(body));
      });
      expect(status).toBe(204);
      const [mail] = await mailsTo(office.app, user.username);
      expect(mail!.text).toContain('#key=');
      expect(mail!.text + mail!.html).not.toContain('evil.example');
    });

    it('makes the link from the public URL of the backend, and of no other app', async () => {
      const urls = { PUBLIC_URL_BACKEND: 'https://office.example/api/', PUBLIC_URL_STOREFRONT: 'https://shop.example' };
      const proxied = await startTestApp(createBackend, urls);
      const { username } = await createUser(proxied.dataSource);
      await proxied.api.post('/user-forgotten-password', { username });
      const [mail] = await mailsTo(proxied, username);
      await proxied.stop();
      expect(mail!.text).toContain('https://office.example/api/back-office/new-password#key=');
      expect(mail!.text).not.toContain('shop.example');
    });

    it('mails five keys at once and one a minute after, and goes on answering 204', async () => {
      for (let n = 0; n < 7; n += 1) {
        expect((await forget()).status).toBe(204);
        await office.app.mailsSent();
      }
      expect(await mailsTo(office.app, user.username)).toHaveLength(5);
      office.app.clock.advance(60);
      expect((await forget()).status).toBe(204);
      expect(await mailsTo(office.app, user.username)).toHaveLength(6);
    });
  });

  describe('PATCH /user-restore-password/{anything}', () => {
    it('sets the password; all sessions, codes and keys are over, and MFA stays on', async () => {
      const session = { user, ...(await office.login(user.username)) };
      await office.enableMfa(session);
      await office.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, session);
      const oldCode = mailedCode(office.app.mailbox, user.username);
      const restorePasswordKey = await forgottenKey();
      const answer = await restore({ restorePasswordKey: `\t${restorePasswordKey} \n` });
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect([await office.isLive(session.token), await office.canRefresh(session.refreshToken)]).toEqual([
        false,
        false,
      ]);
      expect([await login(PASSWORD), await login(NEW), await office.codesOf(user)]).toEqual([400, 200, 0]);
      const { token } = await office.login(user.username, NEW);
      const types = await office.app.api.get('/multi-factor-auth-types', { token });
      expect(types.json.data[0].attributes.status).toBe(2);
      const write = (code?: string) => office.app.api.patch('/users/mine', {}, { token, code });
      expect([outcome(await write()), outcome(await write(oldCode))]).toEqual(['403 5900', '403 5901']);
      expect(outcome(await restore({ restorePasswordKey }))).toBe('422 415');
      await office.app.mailsSent();
      expect(office.noticesTo(user.username)).toContain('The password of your account was changed');
      expect(await trailOf(office.app.dataSource, { kind: 'user', id: user.id }, 'password-set')).toEqual([
        {
          event: 'password-set',
          actor: `user ${user.id}`,
          reason: null,
          details: { by: 'restore' },
          sessionId: null,
          requestId: answer.headers.get('x-request-id'),
          clientAddress: '127.0.0.1',
        },
      ]);
    });

    it('takes a key once, also on several instances at once', async () => {
      const restorePasswordKey = await forgottenKey();
      const other = await office.app.anotherInstance();
      const answers = await Promise.all(
        [office.app.api, other, office.app.api, other].map((api) => restore({ restorePasswordKey }, api)),
      );
      expect(answers.map(outcome).toSorted()).toEqual(['204', '422 415', '422 415', '422 415']);
      expect(errorsOf(await restore({ restorePasswordKey }))).toEqual(['422 415 Restore password key is not valid.']);
    });

    it('refuses a key that expired, was replaced, or is older than the last change of password or username', async () => {
      const first = await forgottenKey();
      const second = await forgottenKey();
      expect(outcome(await restore({ restorePasswordKey: first }))).toBe('422 415');
      office.app.clock.advance(3600);
      expect(outcome(await restore({ restorePasswordKey: second }))).toBe('422 415');
      const admin = await office.administrator();
      for (const changes of [{ password: 'Harbor-Other-03!' }, { username: `moved-${user.username}` }]) {
        const key = await forgottenKey();
        expect(outcome(await office.app.api.patch(`/users/${user.uuid}`, changes, admin))).toBe('200');
        expect(outcome(await restore({ restorePasswordKey: key }))).toBe('422 415');
      }
    });

    it('is no way in for who is deactivated meanwhile', async () => {
      const restorePasswordKey = await forgottenKey();
      const answer = await interleave(office.app.dataSource, {
        lock: (end) => end.query(`SELECT FROM user_account WHERE id = $1 FOR NO KEY UPDATE`, [user.id]),
        work: () => restore({ restorePasswordKey }),
        change: (end) => end.query(`UPDATE user_account SET status = 'inactive' WHERE id = $1`, [user.id]),
      });
      expect(outcome(answer)).toBe('422 415');
      await office.app.dataSource.query(`UPDATE user_account SET status = 'active' WHERE id = $1`, [user.id]);
      expect(await login(PASSWORD)).toBe(200);
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
      const body = { data: { type: 'user-restore-password', attributes: {} } };
      for (const path of ['/user-restore-password', '/user-restore-password/']) {
        expect(outcome(await office.app.api.call('PATCH', path, { body }))).toBe('400 Resource id is not specified.');
      }
      const fields = ['restorePasswordKey', 'password', 'confirmPassword'];
      expect(errorsOf(await office.app.api.call('PATCH', '/user-restore-password/x', { body }))).toEqual(
        fields.map((field) => `422 901 ${field} => This field is missing.`),
      );
      expect(errorsOf(await restore({ restorePasswordKey: '' }))).toEqual([
        '422 901 restorePasswordKey => This value should not be blank.',
      ]);
    });

    it('refuses keys that are unknown, or a customer’s', async () => {
      expect(outcome(await restore({ restorePasswordKey: 'unknown' }))).toBe('422 415');
      const restorePasswordKey = await forgottenKey();
      // of the customer with the same number
      await office.app.dataSource.query(
        `UPDATE account_key SET account_kind = 'customer' WHERE account_kind = 'user' AND account_id = $1`,
        [user.id],
      );
      expect(outcome(await restore({ restorePasswordKey }))).toBe('422 415');
      expect(await login(PASSWORD)).toBe(200);
    });
  });
});

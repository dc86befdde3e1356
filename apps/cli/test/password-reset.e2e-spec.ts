import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Customer, User } from '#auth';
import {
  createUser,
  interleave,
  mailedCode,
  mailedKey,
  mailsTo,
  outcome,
  PASSWORD,
  trailOf,
  wrongCode,
  type Answer,
} from '#testing';
import { BothApps, type Login } from './both-apps.js';

const TYPE = 'multi-factor-auth-types';
const REASON = 'A thief knows the password; identity checked by phone';
const NEW = 'Harbor-Test-02!';
const RESET = { reason: REASON, resetPassword: true };

interface Administrator extends Login {
  readonly user: User;
  readonly code: string;
}

describe('The removal of MFA with resetPassword', () => {
  let apps: BothApps;
  let admin: Administrator;

  beforeAll(async () => {
    apps = await BothApps.open();
    admin = await administrator();
  });
  afterAll(() => apps.close());

  const source = () => apps.backend.dataSource;
  async function administrator(): Promise<Administrator> {
    const user = await createUser(source(), { roles: ['administrator'] });
    const login = await apps.login('backend', user);
    return { ...login, user, code: await apps.enableMfa(login, user) };
  }
  const pathOf = (one: Customer | User): string =>
    'uuid' in one ? `/users/${one.uuid}/${TYPE}` : `/customers/${one.customerReference}/${TYPE}`;
  const remove = (path: string, attributes: object = RESET, { token, code } = admin): Promise<Answer> =>
    apps.backend.api.call('DELETE', path, { body: { data: { type: TYPE, attributes } }, token, code });
  const loginCustomer = async ({ email }: Customer, password = PASSWORD): Promise<Login | undefined> => {
    const { status, json } = await apps.api('storefront').post('/access-tokens', { username: email, password });
    const { accessToken: token, refreshToken } = json.data?.attributes ?? {};
    return status === 201 ? { app: 'storefront', token, refreshToken } : undefined;
  };
  const loggedIn = async (customer: Customer, password?: string): Promise<Login> => {
    const login = await loginCustomer(customer, password);
    if (!login) throw new Error('the customer cannot log in');
    return login;
  };
  const protect = async (login: Login, { email }: Customer): Promise<string> => {
    await apps.mfa('type-activate', login);
    const code = mailedCode(apps.backend.mailbox, email);
    await apps.mfa('type-verify', login, code);
    return code;
  };
  const subjectsTo = async (address: string): Promise<string[]> =>
    (await mailsTo(apps.backend, address)).map(({ subject }) => subject);

  it('locks out a thief who knows the password and locked MFA, and gives the account back to its owner', async () => {
    const customer = await apps.customer();
    await protect(await loggedIn(customer), customer);
    const thief = await loggedIn(customer);
    for (let n = 0; n < 10; n += 1) await apps.mfa('type-deactivate', thief, '000000x');
    expect(await apps.mfa('trigger', thief)).toBe('429 5911');

    const answer = await remove(pathOf(customer));
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect([await apps.isLive(thief), await apps.canRefresh(thief)]).toEqual([false, false]);
    expect(await loginCustomer(customer)).toBeUndefined();

    const restorePasswordKey = await mailedKey(apps.backend, customer.email);
    const attributes = { restorePasswordKey, password: NEW, confirmPassword: NEW };
    expect(outcome(await apps.api('storefront').patch('/customer-restore-password/x', attributes))).toBe('204');
    expect(await loginCustomer(customer)).toBeUndefined();
    const owner = await loggedIn(customer, NEW);
    expect(await apps.status(owner)).toBe(0);
  });

  it('mails the key with the words that an administrator asked, and a link to the storefront', async () => {
    const customer = await apps.customer();
    expect(outcome(await remove(pathOf(customer)))).toBe('204');
    const [mail, ...others] = await mailsTo(apps.backend, customer.email);
    const { host, ports } = apps.backend.settings;
    expect([mail!.subject, others]).toEqual(['Your password was reset: choose a new one', []]);
    const text = mail!.text.replace(/\s+/g, ' ');
    expect(text).toContain('An administrator asked for a new password for your account.');
    expect(text).toContain(`http://${host}:${ports.storefront}/account/new-password#key=`);
    expect(text).not.toContain(REASON);
    expect(apps.backend.logged()).not.toContain(await mailedKey(apps.backend, customer.email));
  });

  it('is in the trail with the administrator and the reason, the password like the methods', async () => {
    const customer = await apps.customer();
    await protect(await loggedIn(customer), customer);
    await remove(`${pathOf(customer)}/email`);
    const entries = await trailOf(source(), { kind: 'customer', id: customer.id }, 'removed', 'password-set');
    expect(entries.map(({ event, actor, reason, details }) => [event, actor, reason, details])).toEqual([
      ['removed', `user ${admin.user.id}`, REASON, null],
      ['password-set', `user ${admin.user.id}`, REASON, { by: 'reset' }],
    ]);
  });

  it('does the same for users, on both apps and in sessions for customers', async () => {
    const [agent, customer] = [await apps.agent({ locale: 'de_DE' }), await apps.customer()];
    const logins = [await apps.login('storefront', agent), await apps.login('backend', agent)];
    await apps.enableMfa(logins[1]!, agent);
    logins.push(await apps.impersonate(logins[0]!, customer));
    expect(outcome(await remove(`${pathOf(agent)}/email`))).toBe('204');
    for (const login of logins)
      expect([await apps.isLive(login), await apps.canRefresh(login)]).toEqual([false, false]);
    for (const app of ['storefront', 'backend'] as const) expect((await apps.login(app, agent)).token).toBe('');
    expect(await subjectsTo(agent.username)).toContain('Ihr Passwort wurde zurückgesetzt: wählen Sie ein neues');
    const restorePasswordKey = await mailedKey(apps.backend, agent.username);
    const attributes = { restorePasswordKey, password: NEW, confirmPassword: NEW };
    expect(outcome(await apps.backend.api.patch('/user-restore-password/x', attributes))).toBe('204');
    const owner = await apps.login('backend', agent, NEW);
    expect(await apps.status(owner)).toBe(0);
  });

  it('resets the password also where no method is set up; of one that is not, it changes nothing', async () => {
    const [customer, agent] = [await apps.customer(), await apps.agent()];
    const login = await loggedIn(customer);
    for (const one of [customer, agent]) {
      for (const method of ['email', 'magic', '%00']) {
        expect(outcome(await remove(`${pathOf(one)}/${method}`))).toBe('400 5906');
      }
    }
    expect(await apps.isLive(login)).toBe(true);
    expect(await loginCustomer(customer)).toBeDefined();
    expect((await apps.login('backend', agent)).token).not.toBe('');
    expect([await subjectsTo(customer.email), await subjectsTo(agent.username)]).toEqual([[], []]);
    for (const one of [customer, agent]) expect(outcome(await remove(pathOf(one)))).toBe('204');
    expect(await loginCustomer(customer)).toBeUndefined();
    expect((await apps.login('backend', agent)).token).toBe('');
  });

  it.each([['true'], [1], [0], [null], [''], [[true]], [{}]])(
    'is refused with %j, which is no boolean, and removes nothing',
    async (resetPassword) => {
      const customer = await apps.customer();
      const login = await loggedIn(customer);
      await protect(login, customer);
      for (const path of [pathOf(customer), `${pathOf(customer)}/email`]) {
        const answer = await remove(path, { reason: REASON, resetPassword });
        const detail = 'resetPassword => This value should be of type bool.';
        expect([outcome(answer), answer.json.errors[0].detail]).toEqual(['422 901', detail]);
      }
      expect(await apps.status(login)).toBe(2);
    },
  );

  it.each([[undefined], [false]])('with %j leaves password and sessions as they are', async (resetPassword) => {
    const customer = await apps.customer();
    const login = await loggedIn(customer);
    await protect(login, customer);
    expect(outcome(await remove(pathOf(customer), { reason: REASON, resetPassword }))).toBe('204');
    expect([await apps.isLive(login), await apps.status(login)]).toEqual([true, 0]);
    expect(await loginCustomer(customer)).toBeDefined();
    expect(await subjectsTo(customer.email)).not.toContain('Your password was reset: choose a new one');
  });

  it('voids keys that were mailed before, and comes through although a thief used up the mails with keys', async () => {
    const customer = await apps.customer();
    const { email } = customer;
    for (let n = 0; n < 6; n += 1) {
      await apps.api('storefront').post('/customer-forgotten-password', { email });
      await apps.backend.mailsSent();
    }
    const old = await mailedKey(apps.backend, email);
    expect(outcome(await remove(pathOf(customer)))).toBe('204');
    const fresh = await mailedKey(apps.backend, email);
    expect(fresh).not.toBe(old);
    const restore = async (restorePasswordKey: string): Promise<string> =>
      outcome(
        await apps
          .api('storefront')
          .patch('/customer-restore-password/x', { restorePasswordKey, password: NEW, confirmPassword: NEW }),
      );
    expect([await restore(old), await restore(fresh)]).toEqual(['422 415', '204']);
  });

  it('leaves nobody in who logs in meanwhile', async () => {
    for (let round = 0; round < 4; round += 1) {
      const customer = await apps.customer();
      const [answer, ...logins] = await Promise.all([
        remove(pathOf(customer)),
        ...[1, 2, 3].map(() => loginCustomer(customer)),
      ]);
      expect(outcome(answer)).toBe('204');
      for (const login of logins) if (login) expect(await apps.isLive(login)).toBe(false);
    }
  });

  it('is not done by who is deactivated meanwhile, and to nobody who is anonymised meanwhile', async () => {
    const former = await administrator();
    const [customer, agent] = [await apps.customer(), await apps.agent()];
    for (const one of [customer, agent]) {
      await source().query(`UPDATE user_account SET status = 'active' WHERE id = $1`, [former.user.id]);
      const answer = await interleave(source(), {
        lock: (end) => end.query(`SELECT FROM user_account WHERE id = $1 FOR NO KEY UPDATE`, [former.user.id]),
        work: () => remove(pathOf(one), RESET, former),
        change: (end) => end.query(`UPDATE user_account SET status = 'inactive' WHERE id = $1`, [former.user.id]),
      });
      expect(outcome(answer)).toBe('403 Forbidden.');
    }
    expect(await loginCustomer(customer)).toBeDefined();
    const gone = await interleave(source(), {
      lock: (end) => end.query(`SELECT FROM customer WHERE id = $1 FOR NO KEY UPDATE`, [customer.id]),
      work: () => remove(pathOf(customer)),
      change: (end) => end.query(`UPDATE customer SET anonymized_at = now() WHERE id = $1`, [customer.id]),
    });
    expect(outcome(gone)).toBe('404 009');
  });

  it('by two administrators at once, of one another, ends without a deadlock', async () => {
    const [one, other] = [await administrator(), await administrator()];
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    const answers = await interleave(source(), {
      lock: (both) =>
        both.query(`SELECT FROM user_account WHERE id = ANY ($1) FOR UPDATE`, [[one.user.id, other.user.id]]),
      work: () => Promise.all([remove(pathOf(one.user), RESET, other), remove(pathOf(other.user), RESET, one)]),
      // both are past their token and code
      change: () =>
        vi.waitUntil(async () => (await source().query<unknown[]>(waiting)).length === 2, { timeout: 10_000 }),
    });
    expect(answers.map(outcome)).toEqual(['204', '204']);
  });

  it('needs a code like every removal', async () => {
    const customer = await apps.customer();
    const careful = await administrator();
    const bare = await apps.login('backend', await createUser(source(), { roles: ['administrator'] }));
    expect(outcome(await remove(pathOf(customer), RESET, { ...careful, code: wrongCode(careful.code) }))).toBe(
      '403 5901',
    );
    expect(outcome(await remove(pathOf(customer), RESET, { ...careful, ...bare }))).toBe('403 5913');
    expect(await loginCustomer(customer)).toBeDefined();
  });
});

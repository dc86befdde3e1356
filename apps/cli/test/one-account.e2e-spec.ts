import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '#auth';
import { wrongCode, createUser, interleave, outcome, PASSWORD } from '#testing';
import { BothApps, type AppName, type Login } from './both-apps.js';

/** What a protected write of the storefront answers that passed the second factor. */
const PASSED = '422 901';

describe('Rule 2: one account, one truth, on both apps', () => {
  let apps: BothApps;

  beforeAll(async () => {
    apps = await BothApps.open();
  });
  afterAll(() => apps.close());

  it.each([
    ['storefront', 'backend'],
    ['backend', 'storefront'],
  ] as const)('shows a method that an agent sets up on the %s as active on the %s', async (one, other) => {
    const agent = await apps.agent();
    const [here, there] = [await apps.login(one, agent), await apps.login(other, agent)];
    await apps.codeOf(here, agent, 'type-activate');
    expect([await apps.status(here), await apps.status(there)]).toEqual([1, 1]);
    await apps.enableMfa(here, agent);
    expect([await apps.status(here), await apps.status(there)]).toEqual([2, 2]);
    expect(await apps.mfa('type-activate', there)).toBe('400 5904');
    const code = await apps.codeOf(there, agent);
    expect(await apps.mfa('type-deactivate', there, code)).toBe('204');
    expect([await apps.status(here), await apps.status(there)]).toEqual([0, 0]);
  });

  it('asks for what was set up on the storefront in the backend', async () => {
    const agent = await apps.agent();
    const backend = await apps.login('backend', agent);
    expect(await apps.writeInBackend(backend)).toBe('200');
    await apps.enableMfa(await apps.login('storefront', agent), agent);
    expect(await apps.writeInBackend(backend)).toBe('403 5900');
    const code = await apps.codeOf(backend, agent);
    expect(await apps.writeInBackend(backend, wrongCode(code))).toBe('403 5901');
    expect(await apps.writeInBackend(backend, code)).toBe('200');
  });

  it('asks for what was set up in the backend on the storefront, where the agent acts for a customer', async () => {
    const [agent, customer] = [await apps.agent(), await apps.customer()];
    const acting = await apps.impersonate(await apps.login('storefront', agent), customer);
    expect(await apps.writeOnStorefront(acting, customer)).toBe(PASSED);
    await apps.enableMfa(await apps.login('backend', agent), agent);
    expect(await apps.status(acting)).toBe(2);
    expect(await apps.writeOnStorefront(acting, customer)).toBe('403 5900');
    const code = await apps.codeOf(acting, agent);
    expect(await apps.writeOnStorefront(acting, customer, wrongCode(code))).toBe('403 5901');
    expect(await apps.writeOnStorefront(acting, customer, code)).toBe(PASSED);
  });

  it('keeps codes and grants in the session that asked for them, and a login on either app voids them', async () => {
    const agent = await apps.agent();
    const [storefront, backend] = [await apps.login('storefront', agent), await apps.login('backend', agent)];
    const granted = await apps.enableMfa(storefront, agent);
    expect(await apps.writeInBackend(backend, granted)).toBe('403 5901');
    const code = await apps.codeOf(backend, agent);
    expect(await apps.mfa('type-deactivate', storefront, code)).toBe('403 5901');
    expect(await apps.writeInBackend(backend, code)).toBe('200');
    await apps.login('storefront', agent);
    expect(await apps.writeInBackend(backend, code)).toBe('403 5901');
    expect(await apps.mfa('type-deactivate', storefront, granted)).toBe('403 5901');
  });

  it.each([
    ['storefront', 'backend'],
    ['backend', 'storefront'],
  ] as const)('counts misses on the %s and on the %s together, and locks both', async (one, other) => {
    const agent = await apps.agent();
    const [here, there] = [await apps.login(one, agent), await apps.login(other, agent)];
    await apps.enableMfa(here, agent);
    const code = await apps.codeOf(here, agent);
    for (let n = 0; n < 9; n += 1) expect(await apps.mfa('type-deactivate', here, wrongCode(code))).toBe('403 5901');
    expect(await apps.mfa('type-deactivate', there, wrongCode(code))).toBe('403 5901');
    for (const login of [here, there]) {
      expect(await apps.mfa('type-deactivate', login, code)).toBe('429 5911');
      expect(await apps.mfa('trigger', login)).toBe('429 5911');
    }
    apps.backend.clock.advance(1800);
    const fresh = await apps.codeOf(there, agent);
    expect(await apps.mfa('type-deactivate', there, fresh)).toBe('204');
  });

  it('voids a code on the one app by wrong values on the other', async () => {
    const agent = await apps.agent();
    const [storefront, backend] = [await apps.login('storefront', agent), await apps.login('backend', agent)];
    await apps.enableMfa(storefront, agent);
    const code = await apps.codeOf(backend, agent);
    for (let n = 0; n < 3; n += 1) await apps.mfa('type-deactivate', storefront, wrongCode(code));
    expect(await apps.writeInBackend(backend, code)).toBe('403 5901');
  });

  it('takes parallel guesses on both apps one after the other: ten, and not one more, are judged', async () => {
    const agent = await apps.agent();
    const [storefront, backend] = [await apps.login('storefront', agent), await apps.login('backend', agent)];
    const code = await apps.enableMfa(storefront, agent);
    const guesses = Array.from({ length: 12 }, () => [storefront, backend]).flat();
    const outcomes = await Promise.all(guesses.map((login) => apps.mfa('type-deactivate', login, wrongCode(code))));
    expect(outcomes.filter((one) => one === '403 5901')).toHaveLength(10);
    expect(outcomes.filter((one) => one === '429 5911')).toHaveLength(14);
    expect(await apps.mfa('type-deactivate', storefront, code)).toBe('429 5911');
  });

  it('has one allowance of mails for both apps', async () => {
    const agent = await apps.agent();
    const [storefront, backend] = [await apps.login('storefront', agent), await apps.login('backend', agent)];
    await apps.enableMfa(storefront, agent);
    for (const login of [storefront, backend, storefront, backend])
      expect(await apps.mfa('trigger', login)).toBe('204');
    for (const login of [storefront, backend]) expect(await apps.mfa('trigger', login)).toBe('429 5912');
  });

  it('tells the apps apart by their tokens', async () => {
    const agent = await apps.agent();
    for (const [one, other] of [
      ['storefront', 'backend'],
      ['backend', 'storefront'],
    ] as [AppName, AppName][]) {
      const login = await apps.login(one, agent);
      expect(await apps.isLive(login)).toBe(true);
      expect(await apps.isLive({ ...login, app: other })).toBe(false);
      expect(await apps.canRefresh({ ...login, app: other })).toBe(false);
      expect(await apps.canRefresh(login)).toBe(true);
    }
  });
});

const NEW_PASSWORD = 'Harbor-Test-02!';

describe('What ends the access of an agent in the backend ends it on the storefront, at once', () => {
  let apps: BothApps;
  let admin: Login & { readonly code: string };

  beforeAll(async () => {
    apps = await BothApps.open();
    const user = await createUser(apps.backend.dataSource, { roles: ['administrator'] });
    const login = await apps.login('backend', user);
    admin = { ...login, code: await apps.enableMfa(login, user) };
  });
  afterAll(() => apps.close());

  const change = async ({ uuid }: User, attributes: object): Promise<string> =>
    outcome(await apps.backend.api.patch(`/users/${uuid}`, attributes, { token: admin.token, code: admin.code }));
  const deactivate = async ({ uuid }: User): Promise<string> =>
    outcome(await apps.backend.api.delete(`/users/${uuid}`, { token: admin.token, code: admin.code }));
  const liveSessions = async ({ id }: User): Promise<number> => {
    const text = `SELECT count(*)::int AS count FROM login_session
      WHERE ((account_kind = 'user' AND account_id = $1) OR agent_id = $1) AND ended_at IS NULL`;
    const [row] = await apps.backend.dataSource.query<{ count: number }[]>(text, [id]);
    return row!.count;
  };
  const changeOwnPassword = async (user: User): Promise<string> => {
    const { token } = await apps.login('backend', user);
    const passwords = { password: PASSWORD, newPassword: NEW_PASSWORD, confirmPassword: NEW_PASSWORD };
    return outcome(await apps.backend.api.patch('/users/mine', passwords, { token }));
  };

  it.each<[string, (user: User) => Promise<string>]>([
    ['a deactivation', (user) => deactivate(user)],
    ['another status', (user) => change(user, { status: 'inactive' })],
    ['a password that an administrator sets', (user) => change(user, { password: NEW_PASSWORD })],
    ['a new password of their own', (user) => changeOwnPassword(user)],
    ['another username', (user) => change(user, { username: `moved-${user.username}` })],
  ])('by %s', async (_, end) => {
    const [agent, customer] = [await apps.agent(), await apps.customer()];
    const [storefront, backend] = [await apps.login('storefront', agent), await apps.login('backend', agent)];
    const acting = await apps.impersonate(storefront, customer);
    for (const login of [storefront, backend, acting]) expect(await apps.isLive(login)).toBe(true);
    expect(['200', '204']).toContain(await end(agent));
    for (const login of [storefront, backend, acting]) {
      expect(await apps.isLive(login)).toBe(false);
      expect(await apps.canRefresh(login)).toBe(false);
    }
    expect(await liveSessions(agent)).toBe(0);
  });

  it('and a later activation brings none of it back', async () => {
    const [agent, customer] = [await apps.agent(), await apps.customer()];
    const storefront = await apps.login('storefront', agent);
    const acting = await apps.impersonate(storefront, customer);
    await deactivate(agent);
    expect(await change(agent, { status: 'active' })).toBe('200');
    for (const login of [storefront, acting]) {
      expect(await apps.isLive(login)).toBe(false);
      expect(await apps.canRefresh(login)).toBe(false);
    }
    expect(await apps.isLive(await apps.login('storefront', agent))).toBe(true);
  });

  it('and the customer stays logged in', async () => {
    const [agent, customer] = [await apps.agent(), await apps.customer()];
    const attributes = { username: customer.email, password: PASSWORD };
    const { json } = await apps.api('storefront').post('/access-tokens', attributes);
    const { accessToken: token, refreshToken } = json.data.attributes;
    await apps.impersonate(await apps.login('storefront', agent), customer);
    await deactivate(agent);
    expect(await apps.isLive({ app: 'storefront', token, refreshToken })).toBe(true);
  });

  it('by the loss of the role alone: who gets it back opens sessions for customers anew', async () => {
    const [agent, customer] = [await apps.agent({ roles: ['agent', 'merchant'] }), await apps.customer()];
    const [storefront, backend] = [await apps.login('storefront', agent), await apps.login('backend', agent)];
    const acting = await apps.impersonate(storefront, customer);
    expect(await change(agent, { roles: ['merchant'] })).toBe('200');
    expect(await Promise.all([storefront, acting, backend].map(apps.isLive))).toEqual([false, false, true]);
    expect(await change(agent, { roles: ['agent'] })).toBe('200');
    expect(await Promise.all([storefront, acting, backend].map(apps.isLive))).toEqual([true, false, true]);
  });

  it('and who opens a session for a customer meanwhile holds nothing that the end waits for', async () => {
    const [agent, customer] = [await apps.agent(), await apps.customer()];
    const storefront = await apps.login('storefront', agent);
    const acting = await interleave(apps.backend.dataSource, {
      lock: (end) => end.query(`SELECT FROM user_account WHERE id = $1 FOR NO KEY UPDATE`, [agent.id]),
      work: () => apps.impersonate(storefront, customer),
      change: async (end) => {
        const ofAgent = `account_kind = 'user' AND account_id = $1`;
        await end.query(`SELECT FROM login_session WHERE ${ofAgent} FOR UPDATE NOWAIT`, [agent.id]);
        await end.query(`UPDATE login_session SET ended_at = now() WHERE ${ofAgent}`, [agent.id]);
      },
    });
    expect(acting.token).toBe('');
  });

  it('also while sessions for customers are being opened, and nobody waits for ever', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [agent, customer] = [await apps.agent(), await apps.customer()];
      const storefront = await apps.login('storefront', agent);
      const [ended, ...opened] = await Promise.all([
        round % 2 === 0 ? deactivate(agent) : change(agent, { password: NEW_PASSWORD }),
        ...[1, 2, 3, 4].map(() => apps.impersonate(storefront, customer)),
        apps.login('storefront', agent),
        apps.login('backend', agent),
      ]);
      expect(['200', '204']).toContain(ended);
      for (const login of opened) if (login.token) expect(await apps.isLive(login)).toBe(false);
      expect(await liveSessions(agent)).toBe(0);
    }
  });
});

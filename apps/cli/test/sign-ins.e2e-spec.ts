import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer, User } from '#auth';
import { PASSWORD, recordStatements, trailOf, type Answer, type TrailEntry } from '#testing';
import { WarehouseUserAssignment } from '../../backend/src/warehouse-user-assignments/warehouse-user-assignment.entity.js';
import { Warehouse } from '../../backend/src/warehouse-user-assignments/warehouse.entity.js';
import { claimsOf } from '../../backend/test/back-office.js';
import { storeFactor } from '../../backend/test/stored-factors.js';
import { BothApps, type AppName } from './both-apps.js';
import { runCli } from './run-cli.js';

type Kind = 'customer' | 'user';

const WRONG = 'not the password';
const LIMIT = 10;

describe('A login of an account with a second factor', () => {
  let apps: BothApps;

  beforeAll(async () => {
    apps = await BothApps.open({ TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(() => apps.close());

  const source = () => apps.backend.dataSource;
  const protect = async <T extends { readonly id: string }>(kind: Kind, one: T): Promise<T> => {
    await storeFactor(source(), { kind, id: one.id });
    return one;
  };
  const customer = async (): Promise<Customer> => protect('customer', await apps.customer());
  const user = async (overrides: Partial<User> = {}): Promise<User> => protect('user', await apps.agent(overrides));
  const entries = (kind: Kind, { id }: { readonly id: string }): Promise<TrailEntry[]> =>
    trailOf(source(), { kind, id }, 'signed-in', 'sign-in-refused');
  const details = async (kind: Kind, one: { readonly id: string }): Promise<unknown[]> =>
    (await entries(kind, one)).map((entry) => entry.details);

  /** A customer's login at the storefront, or a user's at the backend, from an address. */
  const attempt = (kind: Kind, username: string, password = PASSWORD, from = '192.0.2.1'): Promise<Answer> => {
    const headers = { 'x-forwarded-for': from };
    if (kind === 'customer') return apps.api('storefront').post('/access-tokens', { username, password }, { headers });
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    const body = new URLSearchParams({ grant_type: 'password', username, password }).toString();
    return apps.api('backend').call('POST', '/token', { headers: form, body });
  };
  const sessionOf = (token: string): unknown => claimsOf(token)['sid'];

  describe('that opens a session is an entry', () => {
    it('with the session, the app, the address and the request', async () => {
      const ada = await customer();
      const { json, headers } = await attempt('customer', ada.email);
      expect(await entries('customer', ada)).toEqual([
        {
          event: 'signed-in',
          actor: `customer ${ada.id}`,
          reason: null,
          details: { app: 'storefront', by: 'password' },
          sessionId: sessionOf(json.data.attributes.accessToken),
          requestId: headers.get('x-request-id'),
          clientAddress: '192.0.2.1',
        },
      ]);
    });

    it.each<[string, AppName, (one: User) => Promise<string>]>([
      ['at the token endpoint of the backend', 'backend', async (one) => (await apps.login('backend', one)).token],
      ['of an agent on the storefront', 'storefront', async (one) => (await apps.login('storefront', one)).token],
    ])('%s', async (_, app, login) => {
      const one = await user();
      const sessionId = sessionOf(await login(one));
      expect(await entries('user', one)).toMatchObject([
        { event: 'signed-in', sessionId, details: { app, by: 'password' } },
      ]);
    });

    it('at the token endpoint of the storefront, but not when it is refreshed', async () => {
      const ada = await customer();
      const form = { grant_type: 'password', username: ada.email, password: PASSWORD };
      const { json } = await apps.api('storefront').form('/token', form);
      const refresh = { grant_type: 'refresh_token', refresh_token: json.refresh_token as string };
      expect((await apps.api('storefront').form('/token', refresh)).status).toBe(200);
      const sessionId = sessionOf(json.access_token);
      expect(await entries('customer', ada)).toMatchObject([{ event: 'signed-in', sessionId }]);
    });

    it('for a company user, in the same session', async () => {
      const ada = await customer();
      const uuid = randomUUID();
      const one = { uuid, customerId: ada.id, companyName: 'Harbor Supply GmbH' };
      await source().query(`INSERT INTO company_user (uuid, customer_id, company_name) VALUES ($1, $2, $3)`, [
        one.uuid,
        one.customerId,
        one.companyName,
      ]);
      const token = (await attempt('customer', ada.email)).json.data.attributes.accessToken as string;
      const api = apps.api('storefront');
      const choose = (idCompanyUser: string) => api.post('/company-user-access-tokens', { idCompanyUser }, { token });
      expect([(await choose(uuid)).status, (await choose(randomUUID())).status]).toEqual([201, 401]);
      expect(await details('customer', ada)).toEqual([
        { app: 'storefront', by: 'password' },
        { app: 'storefront', by: 'company-user' },
      ]);
      const [first, second] = await entries('customer', ada);
      expect(second!.sessionId).toBe(first!.sessionId);
    });

    it('of an agent as a customer: in the trail of both, or of the one that has a second factor', async () => {
      const [ada, agent] = [await customer(), await user()];
      const own = await apps.login('storefront', agent);
      const acting = await apps.impersonate(own, ada);
      const entry = { event: 'signed-in', actor: `user ${agent.id}`, sessionId: sessionOf(acting.token) };
      const impersonation = { ...entry, details: { app: 'storefront', by: 'impersonation' } };
      expect(await entries('customer', ada)).toMatchObject([impersonation]);
      expect(await entries('user', agent)).toMatchObject([{ sessionId: sessionOf(own.token) }, impersonation]);
      const actsFor = `SELECT DISTINCT acts_for_kind || ' ' || acts_for_id AS "actsFor" FROM mfa_audit_event WHERE session_id = $1`;
      expect(await source().query(actsFor, [sessionOf(acting.token)])).toEqual([{ actsFor: `customer ${ada.id}` }]);
      const unprotected = await apps.agent();
      await apps.impersonate(await apps.login('storefront', unprotected), ada);
      expect(await entries('customer', ada)).toHaveLength(2);
      expect(await entries('user', unprotected)).toEqual([]);
    });

    it('of a warehouse', async () => {
      const one = await user({ roles: ['warehouse'], isWarehouseUser: true });
      const warehouse = { uuid: randomUUID(), name: 'Hamburg Quay 4' };
      const { id: warehouseId } = await source().getRepository(Warehouse).save(warehouse);
      const assignment = { uuid: randomUUID(), userId: one.id, warehouseId, isActive: true };
      await source().getRepository(WarehouseUserAssignment).insert(assignment);
      const { token } = await apps.login('backend', one);
      const { json } = await apps.api('backend').call('POST', '/warehouse-tokens', { token });
      const sessionId = sessionOf(json[0].accessToken);
      const entry = { sessionId, details: { app: 'backend', by: 'warehouse' } };
      expect((await entries('user', one)).at(-1)).toMatchObject(entry);
    });

    it('without which there is no session', async () => {
      const [ada, ben] = [await customer(), await apps.customer()];
      await source().query(
        `ALTER TABLE mfa_audit_event ADD CONSTRAINT no_sign_ins CHECK (event <> 'signed-in') NOT VALID`,
      );
      try {
        expect((await attempt('customer', ada.email)).status).toBe(500);
        expect((await attempt('customer', ben.email)).status).toBe(201);
      } finally {
        await source().query(`ALTER TABLE mfa_audit_event DROP CONSTRAINT no_sign_ins`);
      }
      const sessions = `SELECT FROM login_session WHERE account_kind = 'customer' AND account_id = $1`;
      expect(await source().query(sessions, [ada.id])).toEqual([]);
      expect((await attempt('customer', ada.email)).status).toBe(201);
    });
  });

  describe('that is refused is an entry', () => {
    it('with the reason, the app, the address and the request', async () => {
      const ada = await customer();
      const { headers } = await attempt('customer', ada.email.toUpperCase(), WRONG);
      expect(await entries('customer', ada)).toEqual([
        {
          event: 'sign-in-refused',
          actor: `customer ${ada.id}`,
          reason: null,
          details: { app: 'storefront', reason: 'wrong-password' },
          sessionId: null,
          requestId: headers.get('x-request-id'),
          clientAddress: '192.0.2.1',
        },
      ]);
    });

    it('of an account that is inactive, or may do nothing in the app', async () => {
      const inactive = await user({ status: 'inactive' });
      await attempt('user', inactive.username);
      expect(await details('user', inactive)).toEqual([{ app: 'backend', reason: 'inactive' }]);
      const stranger = await user({ roles: ['back-office'] });
      await apps.login('storefront', stranger);
      expect(await details('user', stranger)).toEqual([{ app: 'storefront', reason: 'no-access' }]);
    });

    it('once for each failure, once for the block, and not during it', async () => {
      const one = await user();
      for (let n = 0; n < LIMIT; n += 1) expect((await attempt('user', one.username, WRONG)).status).toBe(400);
      const blockedUntil = new Date(apps.backend.clock.now().getTime() + 300_000).toISOString();
      for (let n = 0; n < 3; n += 1) expect((await attempt('user', one.username)).status).toBe(429);
      const failure = { app: 'backend', reason: 'wrong-password' };
      const block = { app: 'backend', reason: 'blocked', blockedUntil };
      expect(await details('user', one)).toEqual([...Array.from({ length: LIMIT }, () => failure), block]);
    });

    it('but no more than ten in ten minutes, whatever addresses they come from at once', async () => {
      const one = await user();
      const fromAll = (): Promise<Answer[]> =>
        Promise.all(
          Array.from({ length: 3 * LIMIT }, (_, n) => attempt('user', one.username, WRONG, `198.51.100.${n}`)),
        );
      expect(new Set((await fromAll()).map(({ status }) => status))).toEqual(new Set([400]));
      expect(await entries('user', one)).toHaveLength(LIMIT);
      apps.backend.clock.advance(599);
      await attempt('user', one.username, WRONG, '198.51.100.99');
      expect(await entries('user', one)).toHaveLength(LIMIT);
      apps.backend.clock.advance(1);
      await fromAll();
      expect(await entries('user', one)).toHaveLength(2 * LIMIT);
      const { out } = await runCli(apps.backend.settings, 'audit', 'verify');
      expect(out).toContain('The audit trail is whole.');
    });

    it('and counts as a failure only with it', async () => {
      const one = await user();
      await source().query(
        `ALTER TABLE mfa_audit_event ADD CONSTRAINT no_refusals CHECK (event <> 'sign-in-refused') NOT VALID`,
      );
      try {
        for (let n = 0; n <= LIMIT; n += 1) expect((await attempt('user', one.username, WRONG)).status).toBe(500);
      } finally {
        await source().query(`ALTER TABLE mfa_audit_event DROP CONSTRAINT no_refusals`);
      }
      expect((await attempt('user', one.username)).status).toBe(200);
    });

    it('for which the database does the same as for an account without one, or none, to the block and behind it', async () => {
      const [known, unprotected, inactive] = [await user(), await apps.agent(), await user({ status: 'inactive' })];
      const statements = (username: string, password: string) =>
        recordStatements(async () => {
          for (let n = 0; n < LIMIT + 2; n += 1) await attempt('user', username, password, '203.0.113.5');
        });
      const expected = await statements('nobody@nowhere.example', WRONG);
      expect(expected.length).toBeGreaterThan(LIMIT * 5);
      expect(await statements(known.username, WRONG)).toEqual(expected);
      expect(await statements(unprotected.username, WRONG)).toEqual(expected);
      expect(await statements(inactive.username, PASSWORD)).toEqual(expected);
      expect([(await entries('user', known)).length, (await entries('user', unprotected)).length]).toEqual([11, 0]);
    });
  });

  it('is told by no mail', async () => {
    const one = await user();
    await attempt('user', one.username);
    await attempt('user', one.username, WRONG);
    await apps.backend.mailsSent();
    expect(await source().query(`SELECT payload FROM graphile_worker._private_jobs`)).toEqual([]);
    expect(apps.backend.mailbox.mails.filter(({ to }) => to.includes(one.username))).toEqual([]);
  });

  it('leaves no entry where the account has none, or has not verified it', async () => {
    const [ada, ben] = [await apps.customer(), await apps.customer()];
    await storeFactor(source(), { kind: 'customer', id: ben.id }, { status: 1 });
    for (const one of [ada, ben]) {
      expect((await attempt('customer', one.email)).status).toBe(201);
      expect((await attempt('customer', one.email, WRONG)).status).toBe(401);
      expect(await entries('customer', one)).toEqual([]);
    }
  });
});

import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '#auth';
import { interleave, mailedCode, outcome, PASSWORD, type Answer } from '#testing';
import { WarehouseUserAssignment } from '../src/warehouse-user-assignments/warehouse-user-assignment.entity.js';
import { Warehouse } from '../src/warehouse-user-assignments/warehouse.entity.js';
import { BackOffice, claimsOf, NEW_PASSWORD, type Session } from './back-office.js';

const FORBIDDEN = [{ status: 403, code: '5101', message: 'Operation is forbidden.' }];
const DAY_SECONDS = 86_400;

interface Worker extends Session {
  readonly warehouse: Warehouse;
  readonly assignment: string;
}

interface WarehouseTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

describe('Warehouse tokens', () => {
  let office: BackOffice;

  beforeAll(async () => {
    office = await BackOffice.open();
  });
  afterAll(() => office.app.stop());

  const post = (token?: string): Promise<Answer> => office.app.api.call('POST', '/warehouse-tokens', { token });
  const assign = async ({ id }: User, isActive = true): Promise<Pick<Worker, 'warehouse' | 'assignment'>> => {
    const { dataSource } = office.app;
    const warehouse = await dataSource.getRepository(Warehouse).save({ uuid: randomUUID(), name: 'Hamburg Quay 4' });
    const row = { uuid: randomUUID(), userId: id, warehouseId: warehouse.id, isActive };
    await dataSource.getRepository(WarehouseUserAssignment).insert(row);
    return { warehouse, assignment: row.uuid };
  };
  const worker = async (role = 'warehouse', overrides: Partial<User> = {}): Promise<Worker> => {
    const session = await office.session(role, { isWarehouseUser: true, ...overrides });
    return { ...session, ...(await assign(session.user)) };
  };
  const tokensOf = async ({ token }: Pick<Session, 'token'>): Promise<WarehouseTokens> => (await post(token)).json[0];
  const types = async (token: string): Promise<string> =>
    outcome(await office.app.api.get('/multi-factor-auth-types', { token }));
  const refreshed = async (refreshToken: string): Promise<WarehouseTokens | undefined> => {
    const { status, json } = await office.refresh(refreshToken);
    return status === 200 ? { accessToken: json.access_token, refreshToken: json.refresh_token } : undefined;
  };
  // a new administrator each time: the clock goes on, and grants end
  const changeUser = async ({ uuid }: User, attributes: object): Promise<Answer> =>
    office.app.api.patch(`/users/${uuid}`, attributes, await office.administrator());
  const deactivate = async ({ uuid }: User): Promise<Answer> =>
    office.app.api.delete(`/users/${uuid}`, await office.administrator());
  const sign = (token: string, changed: object): string => {
    const { header, payload } = jwt.decode(token, { complete: true })!;
    const { privateKey } = office.app.settings.tokenKeys();
    const claims = Object.fromEntries(
      Object.entries({ ...(payload as object), ...changed }).filter(([, value]) => value !== undefined),
    );
    return jwt.sign(claims, privateKey, { algorithm: 'RS256', keyid: header.kid! });
  };

  it.each(['warehouse', 'back-office', 'administrator', 'agent'])(
    'are given to users with the role %s that are flagged and have an active assignment',
    async (role) => {
      const { token, warehouse } = await worker(role);
      const answer = await post(token);
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
        201,
        'application/json',
        'no-store',
      ]);
      expect(answer.json).toEqual([
        {
          tokenType: 'Bearer',
          expiresIn: 604_800,
          accessToken: expect.any(String),
          refreshToken: expect.stringMatching(/^[0-9a-f]{96}$/),
        },
      ]);
      const claims = claimsOf(answer.json[0].accessToken);
      expect(claims).toMatchObject({ aud: 'backend', sub: warehouse.uuid, scopes: ['warehouse'] });
      expect(claims).not.toHaveProperty('kind');
      expect(claims['sid']).not.toBe(claimsOf(token)['sid']);
      expect(Number(claims['exp']) - Number(claims['iat'])).toBe(604_800);
      expect(office.app.logged()).not.toContain(answer.json[0].refreshToken);
      expect(office.app.logged()).not.toContain(answer.json[0].accessToken);
    },
  );

  it('take an empty body, or one that is not looked at', async () => {
    const { token } = await worker();
    for (const body of [undefined, '', '{}', { data: { type: 'x' } }]) {
      const answer = await office.app.api.call('POST', '/warehouse-tokens', {
        token,
        ...(body !== undefined && { body }),
      });
      expect(answer.status).toBe(201);
    }
  });

  it('are refused with a bare array to users without the flag or without an active assignment', async () => {
    const unflagged = await worker('warehouse', { isWarehouseUser: false });
    const unassigned = await office.session('warehouse', { isWarehouseUser: true });
    const resting = await office.session('warehouse', { isWarehouseUser: true });
    await assign(resting.user, false);
    for (const { token } of [unflagged, unassigned, resting]) {
      const { status, headers, json } = await post(token);
      expect([status, headers.get('content-type'), json]).toEqual([403, 'application/json', FORBIDDEN]);
    }
  });

  it.each(['merchant', 'merchant-agent'])('are not for the role %s, flagged or not', async (role) => {
    const { token } = await worker(role);
    expect(outcome(await post(token))).toBe('403 Forbidden.');
  });

  it('need a token of an account', async () => {
    expect(outcome(await post())).toBe('401 Unauthorized request.');
    expect(outcome(await post('x'))).toBe('401 001');
    const { accessToken } = await tokensOf(await worker());
    expect(outcome(await post(accessToken))).toBe('403 Forbidden.');
  });

  it('need no code, also where MFA is on, and void none', async () => {
    const someone = await worker();
    const code = await office.enableMfa(someone);
    expect((await post(someone.token)).status).toBe(201);
    const path = `/warehouse-user-assignments/${someone.assignment}`;
    const answer = await office.app.api.patch(path, { isActive: true }, { token: someone.token, code });
    expect(outcome(answer)).toBe('200');
    await office.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token: someone.token });
    const newer = mailedCode(office.app.mailbox, someone.user.username);
    await post(someone.token);
    const again = await office.app.api.patch(path, { isActive: true }, { token: someone.token, code: newer });
    expect(outcome(again)).toBe('200');
    expect(await office.isLive(someone.token)).toBe(true);
  });

  it('reach the five MFA endpoints, which know no user by them, and nothing else', async () => {
    const { accessToken: token } = await tokensOf(await worker('administrator'));
    expect((await office.app.api.get('/multi-factor-auth-types', { token })).json.errors).toEqual([
      expect.objectContaining({ status: 400, code: '5909', detail: 'No user identifier provided.' }),
    ]);
    for (const name of ['type-activate', 'type-verify', 'trigger', 'type-deactivate']) {
      const options = { token, code: '123456' };
      const answer = await office.app.api.post(`/multi-factor-auth-${name}`, { type: 'email' }, options);
      expect([name, outcome(answer), answer.json.errors[0].detail]).toEqual([name, '400 5908', 'User not found.']);
    }
    for (const [method, path] of [
      ['GET', '/warehouse-user-assignments'],
      ['POST', '/warehouse-user-assignments'],
      ['PATCH', `/warehouse-user-assignments/${randomUUID()}`],
      ['DELETE', `/warehouse-user-assignments/${randomUUID()}`],
      ['GET', '/users'],
      ['GET', '/users/mine'],
      ['PATCH', '/users/mine'],
      ['POST', '/users'],
      ['POST', '/warehouse-tokens'],
    ] as const) {
      expect([path, outcome(await office.app.api.call(method, path, { token }))]).toEqual([path, '403 Forbidden.']);
    }
  });

  it('live for seven days', async () => {
    const { accessToken } = await tokensOf(await worker());
    office.app.clock.advance(7 * DAY_SECONDS - 1);
    expect(await types(accessToken)).toBe('400 5909');
    office.app.clock.advance(1);
    expect(await types(accessToken)).toBe('401 001');
  });

  it('are refreshed to warehouse tokens in the same session, each refresh token once', async () => {
    const { warehouse, ...someone } = await worker();
    const first = await tokensOf(someone);
    const { status, json } = await office.refresh(first.refreshToken);
    expect([status, json.expires_in]).toEqual([200, 604_800]);
    const claims = claimsOf(json.access_token);
    expect(claims).toMatchObject({
      sub: warehouse.uuid,
      scopes: ['warehouse'],
      sid: claimsOf(first.accessToken)['sid'],
    });
    expect(claims).not.toHaveProperty('kind');
    expect(await types(json.access_token)).toBe('400 5909');
    // a rotated token that is used again ends the session, and no other one
    expect(await refreshed(first.refreshToken)).toBeUndefined();
    expect(await types(json.access_token)).toBe('401 001');
    expect(await refreshed(json.refresh_token)).toBeUndefined();
    expect(await office.isLive(someone.token)).toBe(true);
  });

  it('end with the flag of their user, for good', async () => {
    const someone = await worker('back-office');
    const { accessToken, refreshToken } = await tokensOf(someone);
    await changeUser(someone.user, { isWarehouseUser: false });
    expect(await types(accessToken)).toBe('401 001');
    expect(await office.isLive(someone.token)).toBe(true);
    await changeUser(someone.user, { isWarehouseUser: true });
    expect(await types(accessToken)).toBe('401 001');
    expect(await refreshed(refreshToken)).toBeUndefined();
  });

  it('are worth nothing without the flag, also where it went behind the back of the app', async () => {
    const someone = await worker('back-office');
    const { accessToken, refreshToken } = await tokensOf(someone);
    await office.app.dataSource.query(`UPDATE user_account SET is_warehouse_user = false WHERE id = $1`, [
      someone.user.id,
    ]);
    expect(await types(accessToken)).toBe('401 001');
    expect(await refreshed(refreshToken)).toBeUndefined();
  });

  it('end with the account of their user, for good', async () => {
    const someone = await worker();
    const { accessToken, refreshToken } = await tokensOf(someone);
    expect(outcome(await deactivate(someone.user))).toBe('204');
    expect(await types(accessToken)).toBe('401 001');
    expect(await refreshed(refreshToken)).toBeUndefined();
    await changeUser(someone.user, { status: 'active' });
    expect(await types(accessToken)).toBe('401 001');
  });

  it.each([
    ['an administrator changes', (user: User) => changeUser(user, { password: NEW_PASSWORD })],
    [
      'the user changes',
      async ({ username }: User) => {
        const passwords = { password: PASSWORD, newPassword: NEW_PASSWORD, confirmPassword: NEW_PASSWORD };
        return office.app.api.patch('/users/mine', passwords, await office.login(username));
      },
    ],
  ])('end when %s the password', async (_, change) => {
    const someone = await worker('back-office');
    const { accessToken, refreshToken } = await tokensOf(someone);
    expect((await change(someone.user)).status).toBe(200);
    expect(await types(accessToken)).toBe('401 001');
    expect(await refreshed(refreshToken)).toBeUndefined();
  });

  it('outlive the session in which they were asked for, and its next login', async () => {
    const someone = await worker();
    const { accessToken } = await tokensOf(someone);
    await office.login(someone.user.username);
    await office.app.dataSource.query(`UPDATE login_session SET ended_at = now() WHERE id = $1`, [
      claimsOf(someone.token)['sid'],
    ]);
    expect(await types(accessToken)).toBe('400 5909');
  });

  it('are no tokens of an account, nor those of an account a warehouse, whoever signs', async () => {
    const someone = await worker();
    const { accessToken } = await tokensOf(someone);
    const asUser = { kind: 'user', sub: someone.user.id, scopes: ['user', 'back-office-user'] };
    for (const changed of [
      asUser,
      { ...asUser, sub: someone.warehouse.uuid },
      { kind: 'user' },
      { sub: someone.user.id },
      { sub: randomUUID() },
    ]) {
      expect(await types(sign(accessToken, changed))).toBe('401 001');
    }
    const asWarehouse = { kind: undefined, scopes: ['warehouse'] };
    expect(await types(sign(someone.token, asWarehouse))).toBe('401 001');
    expect(await types(sign(someone.token, { ...asWarehouse, sub: someone.warehouse.uuid }))).toBe('401 001');
    // what a token says of its scopes opens nothing
    const token = sign(accessToken, { scopes: ['user', 'back-office-user'] });
    expect(outcome(await office.app.api.get('/warehouse-user-assignments', { token }))).toBe('403 Forbidden.');
  });

  it('are not opened in a session that ended meanwhile', async () => {
    const someone = await worker();
    const answer = await interleave(office.app.dataSource, {
      lock: (transaction) =>
        transaction.query(`SELECT FROM user_account WHERE id = $1 FOR NO KEY UPDATE`, [someone.user.id]),
      work: () => post(someone.token),
      change: (transaction) =>
        transaction.query(`UPDATE login_session SET ended_at = now() WHERE id = $1`, [claimsOf(someone.token)['sid']]),
    });
    expect([answer.status, answer.json]).toEqual([403, FORBIDDEN]);
  });

  it.each([
    ['is unflagged', `UPDATE user_account SET is_warehouse_user = false WHERE id = $1`],
    ['is deactivated', `UPDATE user_account SET status = 'inactive' WHERE id = $1`],
    ['loses the assignment', `UPDATE warehouse_user_assignment SET is_active = false WHERE user_id = $1`],
  ])('are not opened for who %s meanwhile', async (_, change) => {
    const someone = await worker();
    const answer = await interleave(office.app.dataSource, {
      lock: (transaction) =>
        transaction.query(`SELECT FROM user_account WHERE id = $1 FOR NO KEY UPDATE`, [someone.user.id]),
      work: () => post(someone.token),
      change: (transaction) => transaction.query(change, [someone.user.id]),
    });
    expect([answer.status, answer.json]).toEqual([403, FORBIDDEN]);
  });

  it('are not left behind by who is deactivated meanwhile', async () => {
    const admin = await office.administrator();
    for (let round = 0; round < 6; round += 1) {
      const someone = await worker();
      const [ending, ...opened] = await Promise.all([
        office.app.api.delete(`/users/${someone.user.uuid}`, admin),
        ...[1, 2, 3].map(() => post(someone.token)),
      ]);
      expect(ending.status).toBe(204);
      for (const { status, json } of opened) {
        expect([201, 401, 403]).toContain(status);
        if (status === 201) expect(await types(json[0].accessToken as string)).toBe('401 001');
      }
    }
  });
});

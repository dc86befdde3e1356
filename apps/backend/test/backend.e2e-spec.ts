import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '#auth';
import {
  createUser,
  mailedCode,
  outcome,
  PASSWORD,
  startTestApp,
  wrongCode,
  type Answer,
  type TestApp,
} from '#testing';
import { createBackend } from '../src/backend.js';
import { Warehouse } from '../src/warehouse-user-assignments/warehouse.entity.js';

describe('The backend', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createBackend);
  });
  afterAll(() => app.stop());

  const grant = (username: string, password = PASSWORD): Promise<Answer> =>
    app.api.form('/token', { grant_type: 'password', username, password });
  const login = async ({ username }: Pick<User, 'username'>): Promise<string> =>
    (await grant(username)).json.access_token;
  const claims = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
  const mfa = async (endpoint: string, token: string, code?: string): Promise<string> =>
    outcome(await app.api.post(`/multi-factor-auth-${endpoint}`, { type: 'email' }, { token, code }));

  describe('POST /token', () => {
    it('answers a form, and a JSON body under any type, with plain JSON', async () => {
      const { username } = await createUser(app.dataSource);
      const form = await grant(username);
      expect([form.status, form.headers.get('content-type'), form.headers.get('cache-control')]).toEqual([
        200,
        'application/json',
        'no-store',
      ]);
      expect(form.json).toEqual({
        token_type: 'Bearer',
        expires_in: 28800,
        access_token: expect.any(String),
        refresh_token: expect.any(String),
      });
      for (const type of ['application/json', 'application/vnd.api+json', 'application/x-www-form-urlencoded']) {
        const body = { grantType: 'password', username, password: PASSWORD };
        expect((await app.api.call('POST', '/token', { body, headers: { 'content-type': type } })).status).toBe(200);
      }
      const refreshed = await app.api.form('/token', {
        grant_type: 'refresh_token',
        refresh_token: form.json.refresh_token,
      });
      expect(claims(refreshed.json.access_token).sid).toBe(claims(form.json.access_token).sid);
    });

    it.each([
      [['back-office'], ['user', 'back-office-user']],
      [
        ['administrator', 'agent'],
        ['user', 'back-office-user'],
      ],
      [['warehouse'], ['user', 'warehouse-user']],
      [['merchant'], ['user', 'merchant-user']],
      [
        ['merchant-agent', 'warehouse'],
        ['user', 'merchant-user', 'warehouse-user'],
      ],
    ])('gives users with the roles %j the scopes %j', async (roles, scopes) => {
      const user = await createUser(app.dataSource, { roles });
      expect(claims(await login(user))).toMatchObject({ aud: 'backend', kind: 'user', sub: user.id, scopes });
    });

    it.each([
      [
        { grant_type: 'password', username: 'nobody@users.example', password: 'x' },
        'invalid_grant',
        'The user credentials were incorrect.',
      ],
      [{ grant_type: 'magic' }, 'unsupported_grant_type', 'Grant type "magic" not found'],
      [{ grant_type: 'password' }, 'invalid_request', expect.any(String)],
      [{ grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_request', 'The refresh token is invalid.'],
    ])('refuses %j with a bare array', async (fields, code, message) => {
      const answer = await app.api.form('/token', fields as Record<string, string>);
      expect([answer.status, answer.json]).toEqual([400, [{ status: 400, code, message }]]);
    });

    it('refuses users without a known role and deactivated ones', async () => {
      for (const overrides of [{ roles: [] }, { roles: ['gardener'] }, { status: 'inactive' }]) {
        const { username } = await createUser(app.dataSource, overrides);
        expect((await grant(username)).json[0].code).toBe('invalid_grant');
      }
    });

    it('answers the login limit with 429 in the shape of its other errors', async () => {
      const { username } = await createUser(app.dataSource);
      for (let n = 0; n < 10; n += 1) await grant(username, 'wrong');
      const answer = await grant(username);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '300']);
      expect(answer.json).toEqual([
        { status: 429, code: 'access_denied', message: expect.stringContaining('Too many') },
      ]);
    });
  });

  it('logs in whoever sends an old token along, but not with a forged one', async () => {
    const { username } = await createUser(app.dataSource);
    const { access_token: token } = (await grant(username)).json;
    const again = (authorization: string) =>
      app.api.call('POST', '/token', {
        body: { grantType: 'password', username, password: PASSWORD },
        headers: { authorization },
      });
    await app.dataSource.query(`UPDATE login_session SET ended_at = now() WHERE id = $1`, [claims(token).sid]);
    expect(outcome(await app.api.get('/users/mine', { token }))).toBe('401 001');
    expect(outcome(await again(`Bearer ${token}`))).toBe('200');
    expect(outcome(await again(`Bearer ${token.slice(0, -8)}AAAAAAAA`))).toBe('401 001');
  });

  describe('A token', () => {
    it('that is missing, empty or wrong is answered in the words of this app', async () => {
      const get = async (authorization?: string): Promise<unknown> =>
        (await app.api.get('/warehouse-user-assignments', authorization ? { headers: { authorization } } : {})).json
          .errors;
      expect(await get()).toEqual([{ status: 401, detail: 'Unauthorized request.', message: 'Unauthorized request.' }]);
      expect(await get('Bearer')).toEqual([
        { status: 401, code: '002', detail: 'Missing access token.', message: 'Missing access token.' },
      ]);
      expect(await get('Bearer x')).toEqual([
        { status: 401, code: '001', detail: 'Invalid access token.', message: 'Invalid access token.' },
      ]);
    });

    it('ends at once when its user is deactivated', async () => {
      const user = await createUser(app.dataSource);
      const token = await login(user);
      await app.dataSource.query(`UPDATE user_account SET status = 'inactive' WHERE id = $1`, [user.id]);
      expect(outcome(await app.api.get('/warehouse-user-assignments', { token }))).toBe('401 001');
    });

    it('may do what the roles of its user allow now, not what they allowed at login', async () => {
      const user = await createUser(app.dataSource);
      const { access_token: token, refresh_token } = (await grant(user.username)).json;
      await app.dataSource.query(`UPDATE user_account SET roles = '{merchant}' WHERE id = $1`, [user.id]);
      expect(outcome(await app.api.get('/warehouse-user-assignments', { token }))).toBe('403 Forbidden.');
      await app.dataSource.query(`UPDATE user_account SET roles = '{}' WHERE id = $1`, [user.id]);
      const refreshed = await app.api.form('/token', { grant_type: 'refresh_token', refresh_token });
      expect(refreshed.json[0].message).toBe('The refresh token is invalid.');
    });

    it('of a merchant user reaches the five MFA endpoints and nothing else', async () => {
      const token = await login(await createUser(app.dataSource, { roles: ['merchant'] }));
      expect((await app.api.get('/multi-factor-auth-types', { token })).status).toBe(200);
      expect(outcome(await app.api.get('/warehouse-user-assignments', { token }))).toBe('403 Forbidden.');
      expect(outcome(await app.api.post('/warehouse-user-assignments', {}, { token }))).toBe('403 Forbidden.');
    });

    it('of a warehouse user does not create or delete assignments', async () => {
      const token = await login(await createUser(app.dataSource, { roles: ['warehouse'], isWarehouseUser: true }));
      expect((await app.api.get('/warehouse-user-assignments', { token })).status).toBe(200);
      expect(outcome(await app.api.post('/warehouse-user-assignments', {}, { token }))).toBe('403 Forbidden.');
      expect(outcome(await app.api.delete('/warehouse-user-assignments/x', { token }))).toBe('403 Forbidden.');
    });
  });

  describe('The conventions', () => {
    it('leave out an id that is null, and answer unknown routes with 007', async () => {
      const token = await login(await createUser(app.dataSource));
      const { json } = await app.api.get('/multi-factor-auth-types', { token });
      expect(Object.keys(json.data[0])).toEqual(['type', 'attributes', 'links']);
      expect((await app.api.get('/nothing')).json.errors).toEqual([
        { status: 404, code: '007', detail: 'Not found', message: 'Not found' },
      ]);
      for (const method of ['PUT', 'POST', 'PATCH']) {
        expect(outcome(await app.api.call(method, '/token/extra'))).toBe('404 007');
        expect(outcome(await app.api.call(method, '/health'))).toBe('404 008');
      }
      expect((await app.api.call('DELETE', '/multi-factor-auth-trigger')).json.errors).toEqual([
        { status: 404, code: '008', detail: 'Method does not exist', message: 'Method does not exist' },
      ]);
      expect((await app.api.call('OPTIONS', '/multi-factor-auth-trigger')).headers.get('allow')).toBe('OPTIONS, POST');
      expect((await app.api.get('/%E0%A4%A')).text).toBe(
        '{"errors":[{"status":404,"code":"007","detail":"Not found","message":"Not found"}]}',
      );
      const answer = await app.api.get('/multi-factor-auth-types', { token, headers: { accept: 'text/html' } });
      expect(outcome(answer)).toBe('415 010');
      expect((await app.api.call('OPTIONS', '/warehouse-user-assignments')).status).toBe(204);
    });
  });

  describe('The story of a stolen password', () => {
    let admin: User;
    let worker: User;
    let warehouses: Warehouse[];
    let owner: string;

    beforeAll(async () => {
      admin = await createUser(app.dataSource, { locale: 'de_DE' });
      worker = await createUser(app.dataSource, { roles: ['warehouse'], isWarehouseUser: true });
      warehouses = await app.dataSource.getRepository(Warehouse).save([
        { uuid: 'c94c4434-0a1d-4c5d-85d1-4b8fdc998f42', name: 'Hamburg Quay 4', isActive: true },
        { uuid: '4110000a-1674-45ca-be60-7ee083beffe9', name: 'Rostock Depot', isActive: true },
      ]);
    });

    const assign = async (token: string, warehouseUuid: string, code?: string): Promise<string> =>
      outcome(
        await app.api.post(
          '/warehouse-user-assignments',
          { userUuid: worker.uuid, warehouse: { uuid: warehouseUuid }, isActive: false },
          { token, code },
        ),
      );

    it('lets a user without MFA assign without any code', async () => {
      owner = await login(admin);
      expect(await assign(owner, warehouses[0]!.uuid)).toBe('201');
    });

    it('sets the e-mail method up, in the language of the user', async () => {
      expect(await mfa('type-activate', owner)).toBe('204');
      expect(app.mailbox.mails[0]!.subject).toBe('Ihr Sicherheitscode');
      const code = mailedCode(app.mailbox, admin.username);
      expect(await mfa('type-verify', owner, wrongCode(code))).toBe('403 5901');
      expect(await mfa('type-verify', owner, code)).toBe('204');
    });

    it('stops a thief who knows the password', async () => {
      const thief = await login(admin);
      expect(await assign(thief, warehouses[1]!.uuid)).toBe('403 5900');
      expect(await mfa('trigger', owner)).toBe('204');
      const code = mailedCode(app.mailbox, admin.username);
      for (let n = 0; n < 3; n += 1) expect(await assign(thief, warehouses[1]!.uuid, wrongCode(code))).toBe('403 5901');
      expect(await assign(owner, warehouses[1]!.uuid, code)).toBe('403 5901');
      expect((await app.api.get('/warehouse-user-assignments', { token: thief })).json.data).toHaveLength(1);
    });

    it('lets the owner act with one code in one session, and deactivate with it', async () => {
      const thief = await login(admin);
      owner = await login(admin);
      expect(await mfa('trigger', owner)).toBe('204');
      const code = mailedCode(app.mailbox, admin.username);
      expect(await assign(owner, '00000000-0000-4000-8000-000000000000', code)).toBe('400 5203');
      expect(await assign(thief, warehouses[1]!.uuid, code)).toBe('403 5901');
      expect(await assign(owner, warehouses[1]!.uuid, code)).toBe('201');
      expect(await mfa('type-deactivate', owner, code)).toBe('204');
      expect(await assign(owner, warehouses[1]!.uuid)).toBe('400 5206');
    });
  });
});

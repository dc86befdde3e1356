import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { interleave, outcome, type Answer } from '#testing';
import { BackOffice, claimsOf, type ProtectedSession, type Session } from './back-office.js';

const PASSWORD = 'Gate-Test-77!';

describe('POST /users', () => {
  let office: BackOffice;
  let admin: ProtectedSession;
  let count = 0;

  beforeAll(async () => {
    office = await BackOffice.open();
    admin = await office.administrator();
  });
  afterAll(() => office.app.stop());

  const person = (overrides: object = {}): Record<string, unknown> => ({
    username: `new-${(count += 1)}@users.example`,
    password: PASSWORD,
    firstName: 'Wim',
    lastName: 'Dekker',
    roles: ['warehouse'],
    ...overrides,
  });
  type Caller = Pick<Session, 'token'> & Partial<ProtectedSession>;
  const create = (attributes: object, { token, code }: Caller = admin): Promise<Answer> =>
    office.app.api.post('/users', attributes, { token, code });
  const errors = async (overrides: object): Promise<string[]> =>
    (await create(person(overrides))).json.errors.map(({ status, detail }: any) => `${status} ${detail}`);

  it('creates a user who can log in, and never answers the password', async () => {
    const attributes = person({ roles: ['warehouse', 'merchant-agent'], isWarehouseUser: true, locale: 'de_DE' });
    const answer = await create(attributes);
    const { id, attributes: answered, links } = answer.json.data;
    expect(answer.status).toBe(201);
    expect(links.self).toBe(`${office.app.api.url}/users/${id}`);
    const { password: _password, ...others } = attributes;
    const now = office.app.clock.now().toISOString().slice(0, -1).replace('T', ' ');
    expect(answered).toEqual({ ...others, status: 'active', createdAt: `${now}000`, updatedAt: `${now}000` });
    expect(answer.text).not.toMatch(/argon2|password/i);
    const { token } = await office.login(String(attributes['username']), PASSWORD);
    expect(claimsOf(token)['scopes']).toEqual(['user', 'warehouse-user', 'merchant-user']);
    expect(office.app.logged()).not.toContain(PASSWORD);
  });

  it('takes a locale, a status and the warehouse flag, or what is usual', async () => {
    const usual = (await create(person())).json.data.attributes;
    expect(usual).toMatchObject({ locale: 'en_US', status: 'active', isWarehouseUser: false });
    const attributes = person({ status: 'inactive' });
    expect((await create(attributes)).json.data.attributes.status).toBe('inactive');
    expect((await office.grant(String(attributes['username']), PASSWORD)).status).toBe(400);
  });

  it('ignores what only the app can know', async () => {
    const overrides = {
      id: '1',
      uuid: admin.user.uuid,
      passwordHash: 'x',
      createdAt: '2000-01-01',
      password_hash: 'x',
    };
    const { json } = await create(person(overrides));
    expect(json.data.id).not.toBe(admin.user.uuid);
    expect(json.data.attributes.createdAt).not.toMatch(/^2000/);
  });

  it.each([
    [{ username: undefined }, ['422 username => This field is missing.']],
    [{ username: 'no address' }, ['422 username => This value is not a valid email address.']],
    [{ username: 'müller@users.example' }, ['422 username => This value is not a valid email address.']],
    [{ username: 7 }, ['422 username => This value should be of type string.']],
    [{ password: undefined }, ['422 password => This field is missing.']],
    [{ password: 'Short-1' }, ['422 password => This value is too short. It should have 8 characters or more.']],
    [{ password: 'no-upper-case-1!' }, [expect.stringContaining('422 password => Your password must include')]],
    [{ password: 'Gaaate-Test-77!' }, ['400 The password contains sequence of the same character.']],
    [{ password: 'Password1!' }, ['400 The password is listed as common.']],
    [{ firstName: '' }, ['422 firstName => This value should not be blank.']],
    [{ lastName: 'x'.repeat(101) }, ['422 lastName => This value is too long. It should have 100 characters or less.']],
    [{ firstName: 'a\0b' }, ['422 firstName => This value contains a character that is not allowed.']],
    [{ roles: undefined }, ['422 roles => This field is missing.']],
    [{ roles: null }, ['422 roles => This value should not be blank.']],
    [{ roles: [] }, ['422 roles => This value should not be blank.']],
    [{ roles: 'administrator' }, ['422 roles => This value should be of type array.']],
    [{ roles: { 0: 'agent' } }, ['422 roles => This value should be of type array.']],
    [{ roles: ['gardener'] }, ['422 roles => One or more of the given values is invalid.']],
    [{ roles: ['agent', null] }, ['422 roles => One or more of the given values is invalid.']],
    [{ roles: [['agent']] }, ['422 roles => One or more of the given values is invalid.']],
    [{ roles: ['Administrator'] }, ['422 roles => One or more of the given values is invalid.']],
    [{ roles: ['agent', 'agent'] }, ['422 roles => This collection should contain only unique elements.']],
    [{ isWarehouseUser: 'yes' }, ['422 isWarehouseUser => This value should be of type bool.']],
    [{ isWarehouseUser: null }, ['422 isWarehouseUser => This value should not be blank.']],
    [{ locale: 'fr_FR' }, ['422 locale => The value you selected is not a valid choice.']],
    [{ status: 'asleep' }, ['422 status => The value you selected is not a valid choice.']],
  ])('refuses %j', async (overrides, expected) => {
    expect(await errors(overrides)).toEqual(expected);
  });

  it('refuses a username that somebody has, in any case, and one that two create at once', async () => {
    const { username } = admin.user;
    expect(await errors({ username: username.toUpperCase() })).toEqual(['422 username => This value is already used.']);
    const attributes = person();
    const answers = await Promise.all([1, 2, 3, 4].map(() => create(attributes)));
    expect(answers.map(outcome).toSorted()).toEqual(['201', '422 901', '422 901', '422 901']);
  });

  it('refuses a document of another type, or none, when the caller may create', async () => {
    const body = { data: { type: 'customers', attributes: person() } };
    const call = (sent: unknown, { token, code }: Caller): Promise<Answer> =>
      office.app.api.call('POST', '/users', { body: sent, token, code });
    expect(outcome(await call(body, admin))).toBe('400 Invalid type.');
    expect(outcome(await call({}, admin))).toBe('400 Post data is invalid.');
    expect(outcome(await call({}, await office.session('agent')))).toBe('403 Forbidden.');
  });

  it.each(['back-office', 'agent', 'warehouse', 'merchant', 'merchant-agent'])(
    'lets nobody with the role %s make an administrator',
    async (role) => {
      const attributes = person({ roles: ['administrator'] });
      expect(outcome(await create(attributes, await office.session(role)))).toBe('403 Forbidden.');
      expect((await office.grant(String(attributes['username']), PASSWORD)).status).toBe(400);
    },
  );

  it('creates nobody for who is deactivated while the request is under way', async () => {
    const former = await office.administrator();
    const overrides = person();
    const answer = await interleave(office.app.dataSource, {
      lock: (end) => end.query(`SELECT FROM user_account WHERE id = $1 FOR NO KEY UPDATE`, [former.user.id]),
      work: () => create(overrides, former),
      change: (end) => end.query(`UPDATE user_account SET status = 'inactive' WHERE id = $1`, [former.user.id]),
    });
    expect(outcome(answer)).toBe('403 Forbidden.');
    expect((await office.grant(String(overrides['username']), PASSWORD)).status).toBe(400);
  });

  it('asks for a code first, whatever the configured list says', async () => {
    const { token } = await office.administrator();
    expect(outcome(await create({}, { token }))).toBe('403 5900');
    expect(outcome(await create(person(), { token, code: '000000x' }))).toBe('403 5901');
    expect(outcome(await create({}))).toBe('422 901');
    expect(outcome(await create(person()))).toBe('201');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { interleave, mailedCode, outcome, PASSWORD, type Answer } from '#testing';
import { BackOffice, NEW_PASSWORD, type Session } from './back-office.js';

const PASSWORDS = { password: PASSWORD, newPassword: NEW_PASSWORD, confirmPassword: NEW_PASSWORD };

describe('/users/mine', () => {
  let office: BackOffice;

  beforeAll(async () => {
    office = await BackOffice.open();
  });
  afterAll(() => office.app.stop());

  const get = (token: string): Promise<Answer> => office.app.api.get('/users/mine', { token });
  const patch = (attributes: object, { token }: Pick<Session, 'token'>, code?: string): Promise<Answer> => {
    const body = { data: { type: 'users', attributes } };
    return office.app.api.call('PATCH', '/users/mine', { body, token, code });
  };

  it.each(['back-office', 'administrator', 'agent'])('shows the own data to the role %s', async (role) => {
    const { token, user } = await office.session(role);
    const { json, text } = await get(token);
    expect(json.data).toMatchObject({
      type: 'users',
      id: user.uuid,
      attributes: { username: user.username, roles: [role], status: 'active' },
      links: { self: `${office.app.api.url}/users/mine` },
    });
    expect(text).not.toMatch(/argon2|password/i);
  });

  it.each(['warehouse', 'merchant', 'merchant-agent'])('is closed to the role %s', async (role) => {
    const session = await office.session(role, { isWarehouseUser: true });
    expect(outcome(await get(session.token))).toBe('403 Forbidden.');
    expect(outcome(await patch({}, session))).toBe('403 Forbidden.');
    expect(outcome(await office.app.api.get('/users/mine'))).toBe('401 Unauthorized request.');
  });

  it('knows no other methods', async () => {
    const { token } = await office.session('administrator');
    for (const method of ['POST', 'DELETE', 'PUT']) {
      expect(outcome(await office.app.api.call(method, '/users/mine', { token }))).toBe('404 008');
    }
  });

  it('changes names and language, and ignores everything that only administrators may change', async () => {
    const session = await office.session('agent');
    const others = { username: 'x@users.example', roles: ['administrator'], status: 'inactive', isWarehouseUser: true };
    const answer = await patch({ firstName: 'Nele', lastName: 'Voss', locale: 'de_DE', ...others }, session);
    expect(answer.status).toBe(200);
    expect(answer.json.data.attributes).toMatchObject({
      username: session.user.username,
      firstName: 'Nele',
      lastName: 'Voss',
      locale: 'de_DE',
      roles: ['agent'],
      status: 'active',
      isWarehouseUser: false,
    });
    expect(answer.json.data.links.self).toBe(`${office.app.api.url}/users/mine`);
    expect(await office.isLive(session.token)).toBe(true);
  });

  it('cannot be used to become an administrator', async () => {
    const session = await office.session('back-office');
    await patch({ roles: ['administrator'], ...PASSWORDS }, session);
    const { token } = await office.login(session.user.username, NEW_PASSWORD);
    expect(outcome(await office.app.api.get('/users', { token }))).toBe('403 Forbidden.');
  });

  it.each([
    [{ firstName: '' }, ['422 firstName => This value should not be blank.']],
    [{ locale: 'fr_FR' }, ['422 locale => The value you selected is not a valid choice.']],
    [
      { newPassword: NEW_PASSWORD },
      ['422 password => This field is missing.', '422 confirmPassword => This field is missing.'],
    ],
    [
      { password: PASSWORD },
      ['422 newPassword => This field is missing.', '422 confirmPassword => This field is missing.'],
    ],
    [{ ...PASSWORDS, password: null }, ['422 password => This value should not be blank.']],
    [
      { ...PASSWORDS, newPassword: 'short', confirmPassword: 'short' },
      expect.arrayContaining(['422 newPassword => This value is too short. It should have 8 characters or more.']),
    ],
    [
      { ...PASSWORDS, confirmPassword: `${NEW_PASSWORD}x` },
      ['422 Value in field newPassword should be identical to value in the confirmPassword field.'],
    ],
    [{ ...PASSWORDS, password: 'Wrong-Test-01!' }, ['400 Invalid password']],
    [
      { ...PASSWORDS, newPassword: 'Password1!', confirmPassword: 'Password1!' },
      ['400 The password is listed as common.'],
    ],
    [
      { ...PASSWORDS, newPassword: 'Haaarbor-2!', confirmPassword: 'Haaarbor-2!' },
      ['400 The password contains sequence of the same character.'],
    ],
  ])('refuses %j and changes nothing', async (attributes, expected) => {
    const session = await office.session();
    const { json } = await patch({ lastName: 'Voss', ...attributes }, session);
    expect(json.errors.map(({ status, detail }: any) => `${status} ${detail}`)).toEqual(expected);
    expect((await get(session.token)).json.data.attributes.lastName).toBe(session.user.lastName);
    expect((await office.grant(session.user.username)).status).toBe(200);
  });

  it('changes the password with the current one: all sessions end, codes are void', async () => {
    const session = await office.session();
    const code = await office.enableMfa(session);
    const other = await office.login(session.user.username);
    await office.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token: other.token });
    expect(outcome(await patch({ firstName: 'Nele', ...PASSWORDS }, session))).toBe('403 5900');
    // a login voided the grant of the code
    expect(outcome(await patch({ firstName: 'Nele', ...PASSWORDS }, session, code))).toBe('403 5901');
    const fresh = { ...session, token: other.token };
    await office.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token: fresh.token });
    const newest = mailedCode(office.app.mailbox, session.user.username);
    const answer = await patch({ firstName: 'Nele', ...PASSWORDS }, fresh, newest);
    expect([answer.status, answer.json.data?.attributes.firstName]).toEqual([200, 'Nele']);
    for (const token of [session.token, other.token]) expect(await office.isLive(token)).toBe(false);
    for (const one of [session, other]) expect(await office.canRefresh(one.refreshToken)).toBe(false);
    expect((await office.grant(session.user.username)).status).toBe(400);
    const { token } = await office.login(session.user.username, NEW_PASSWORD);
    expect(outcome(await patch({}, { token }, newest))).toBe('403 5901');
    expect(office.app.logged()).not.toContain(NEW_PASSWORD);
    await office.app.mailsSent();
    expect(office.noticesTo(session.user.username)).toContain('The password of your account was changed');
  });

  it('lets one of two parallel changes of the password win', async () => {
    const session = await office.session();
    const passwords = ['Harbor-Test-11!', 'Harbor-Test-12!', 'Harbor-Test-13!'];
    const answers = await Promise.all(
      passwords.map((one) => patch({ password: PASSWORD, newPassword: one, confirmPassword: one }, session)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const winner = passwords[statuses.indexOf(200)]!;
    expect((await office.grant(session.user.username, winner)).status).toBe(200);
  });

  it('changes no other user, not even one who got the username meanwhile', async () => {
    const [session, other] = [await office.session(), await office.user()];
    const rename = `UPDATE user_account SET username = $2 WHERE id = $1`;
    const answer = await interleave(office.app.dataSource, {
      lock: (transaction) => transaction.query(`LOCK TABLE login_failure IN EXCLUSIVE MODE`),
      work: () => patch(PASSWORDS, session),
      change: async (transaction) => {
        await transaction.query(rename, [session.user.id, `moved-${session.user.username}`]);
        await transaction.query(rename, [other.id, session.user.username]);
      },
    });
    expect(outcome(answer)).toBe('400 408');
    expect((await office.grant(session.user.username)).status).toBe(200);
  });

  it('changes nothing of who is deactivated meanwhile', async () => {
    const session = await office.session();
    const answer = await interleave(office.app.dataSource, {
      lock: (other) => other.query(`SELECT FROM user_account WHERE id = $1 FOR NO KEY UPDATE`, [session.user.id]),
      work: () => patch({ firstName: 'Nele' }, session),
      change: (other) => other.query(`UPDATE user_account SET status = 'inactive' WHERE id = $1`, [session.user.id]),
    });
    expect(outcome(answer)).toBe('404 007');
    const named = `SELECT first_name AS name FROM user_account WHERE id = $1`;
    expect(await office.app.dataSource.query(named, [session.user.id])).toEqual([{ name: session.user.firstName }]);
  });

  it('counts wrong current passwords like logins, and the other way round', async () => {
    const session = await office.session();
    const wrong = { ...PASSWORDS, password: 'Wrong-Test-01!' };
    for (let n = 0; n < 5; n += 1) expect(outcome(await patch(wrong, session))).toBe('400 408');
    for (let n = 0; n < 5; n += 1) expect((await office.grant(session.user.username, 'wrong')).status).toBe(400);
    const blocked = await patch(PASSWORDS, session);
    expect([outcome(blocked), blocked.headers.get('retry-after')]).toEqual(['429 4401', '300']);
    expect((await office.grant(session.user.username)).status).toBe(429);
    // names are no guess
    expect(outcome(await patch({ firstName: 'Nele' }, session))).toBe('200');
  });

  it('asks a user with MFA for a code before anything is looked at', async () => {
    const session = await office.session('agent');
    const code = await office.enableMfa(session);
    expect(outcome(await get(session.token))).toBe('200');
    expect(outcome(await patch({ firstName: '' }, session))).toBe('403 5900');
    expect(outcome(await patch({ firstName: '' }, session, 'wrong'))).toBe('403 5901');
    expect(outcome(await patch({ firstName: '' }, session, code))).toBe('422 901');
    expect(outcome(await patch({ firstName: 'Nele' }, session, code))).toBe('200');
    const body = { data: { type: 'customers', attributes: {} } };
    const answer = await office.app.api.call('PATCH', '/users/mine', { body, token: session.token, code });
    expect(outcome(answer)).toBe('400 Invalid type.');
  });
});

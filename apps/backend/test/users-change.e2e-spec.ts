import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcome, PASSWORD, type Answer } from '#testing';
import { BackOffice, NEW_PASSWORD, type ProtectedSession, type Session } from './back-office.js';

const REASON = 'Married; the papers were shown';
const NEW_USER = { password: NEW_PASSWORD, firstName: 'Ida', lastName: 'Brandt', roles: ['agent'] };

describe('An administrator', () => {
  let office: BackOffice;
  let admin: ProtectedSession;

  beforeAll(async () => {
    office = await BackOffice.open();
    admin = await office.administrator();
  });
  afterAll(() => office.app.stop());

  type Caller = Pick<Session, 'token'> & Partial<ProtectedSession>;
  const patch = (uuid: string, attributes: object, { token, code }: Caller = admin): Promise<Answer> =>
    office.app.api.patch(`/users/${uuid}`, attributes, { token, code });
  const remove = (uuid: string, { token, code }: Caller = admin): Promise<Answer> =>
    office.app.api.delete(`/users/${uuid}`, { token, code });
  const assignments = async (token: string): Promise<string> =>
    outcome(await office.app.api.get('/warehouse-user-assignments', { token }));

  it('changes what is sent, and nothing else', async () => {
    const { user } = await office.session('agent', { locale: 'de_DE' });
    const answer = await patch(user.uuid.toUpperCase(), { firstName: 'Nele', isWarehouseUser: true });
    expect(answer.status).toBe(200);
    expect(answer.json.data).toMatchObject({
      id: user.uuid,
      attributes: {
        username: user.username,
        firstName: 'Nele',
        lastName: user.lastName,
        roles: ['agent'],
        isWarehouseUser: true,
        locale: 'de_DE',
        status: 'active',
      },
    });
    expect((await patch(user.uuid, { isWarehouseUser: false, locale: 'en_US' })).json.data.attributes).toMatchObject({
      firstName: 'Nele',
      isWarehouseUser: false,
      locale: 'en_US',
    });
    expect((await patch(user.uuid, {})).json.data.attributes.firstName).toBe('Nele');
  });

  it.each([
    [{ username: null }, 'username => This value should not be blank.'],
    [{ username: 'nobody' }, 'username => This value is not a valid email address.'],
    [{ password: 'short' }, 'password => This value is too short. It should have 8 characters or more.'],
    [{ roles: [] }, 'roles => This value should not be blank.'],
    [{ status: '' }, 'status => This value should not be blank.'],
    [{ locale: 'de' }, 'locale => The value you selected is not a valid choice.'],
    [{ isWarehouseUser: 1 }, 'isWarehouseUser => This value should be of type bool.'],
  ])('is refused the change %j', async (changes, detail) => {
    const { json } = await patch((await office.user()).uuid, changes);
    expect(json.errors[0]).toEqual({ status: 422, code: '901', detail, message: detail });
  });

  it('is told of a bad password, an unknown user, a missing id and a taken username', async () => {
    const [user, other] = [await office.user(), await office.user()];
    expect(outcome(await patch(user.uuid, { password: 'Password1!' }))).toBe('400 422');
    expect(outcome(await patch(user.uuid, { password: 'Gaaate-Test-77!' }))).toBe('400 421');
    expect(outcome(await patch('0fbf1ccc-dca1-54e6-8f57-5ee43b0c0ab2', { firstName: 'x' }))).toBe('404 007');
    expect(outcome(await patch('x', { firstName: 'x' }))).toBe('404 007');
    expect(outcome(await patch('x', { firstName: '' }))).toBe('422 901');
    expect(outcome(await remove('x'))).toBe('404 007');
    expect(outcome(await office.app.api.call('DELETE', '/users', admin))).toBe('400 Resource id is not specified.');
    const taken = await patch(user.uuid, { username: other.username.toUpperCase(), password: NEW_PASSWORD });
    expect(taken.json.errors[0].detail).toBe('username => This value is already used.');
    // nothing of a refused change is stored
    expect((await office.grant(user.username)).status).toBe(200);
  });

  it('can take the own access from nobody but others', async () => {
    const own = await office.administrator();
    const { uuid, username } = own.user;
    for (const changes of [
      { status: 'inactive' },
      { roles: ['back-office'] },
      { roles: ['agent', 'merchant'], firstName: 'Nele' },
      { password: NEW_PASSWORD },
    ]) {
      for (const id of [uuid, uuid.toUpperCase()]) {
        expect(outcome(await patch(id, changes, own))).toBe('403 Forbidden.');
      }
    }
    expect(outcome(await remove(uuid, own))).toBe('403 Forbidden.');
    expect(outcome(await remove(uuid.toUpperCase(), own))).toBe('403 Forbidden.');
    const changes = { roles: ['administrator', 'agent'], status: 'active', lastName: 'Voss' };
    expect((await patch(uuid, changes, own)).json.data.attributes).toMatchObject(changes);
    expect((await office.grant(username)).status).toBe(200);
    const colleague = await office.session('administrator');
    expect(outcome(await patch(colleague.user.uuid, { roles: ['merchant'] }))).toBe('200');
    expect(outcome(await office.app.api.get('/users', { token: colleague.token }))).toBe('403 Forbidden.');
  });

  it.each(['back-office', 'agent', 'warehouse', 'merchant', 'merchant-agent'])(
    'is who it takes: the role %s changes nobody, and is no way up',
    async (role) => {
      const session = await office.session(role, { isWarehouseUser: true });
      const [{ user }, administrator] = [session, await office.user({ roles: ['administrator'] })];
      for (const changes of [{ roles: ['administrator'] }, { password: NEW_PASSWORD }, { status: 'inactive' }]) {
        for (const { uuid } of [user, administrator]) {
          expect(outcome(await patch(uuid, changes, session))).toBe('403 Forbidden.');
          expect(outcome(await remove(uuid, session))).toBe('403 Forbidden.');
        }
      }
      expect((await office.grant(user.username)).status).toBe(200);
      expect((await office.grant(administrator.username)).status).toBe(200);
    },
  );

  it('changes roles and the warehouse flag for the sessions there are, and ends none', async () => {
    const { user, token } = await office.session('back-office');
    expect(await assignments(token)).toBe('200');
    await patch(user.uuid, { roles: ['merchant'] });
    expect(await assignments(token)).toBe('403 Forbidden.');
    expect(await office.isLive(token)).toBe(true);
    expect(outcome(await patch(user.uuid, { roles: ['administrator'] }))).toBe('200');
    expect(outcome(await office.app.api.get('/users', { token }))).toBe('200');
  });

  it('changes names and the language without ending a session', async () => {
    const session = await office.session();
    await patch(session.user.uuid, { firstName: 'Nele', locale: 'de_DE', username: session.user.username });
    expect(await office.isLive(session.token)).toBe(true);
  });

  it('sets a new password for others, which ends all of their sessions and voids their codes', async () => {
    const session = await office.session();
    const code = await office.enableMfa(session);
    const { token } = await office.login(session.user.username);
    await office.app.api.post('/multi-factor-auth-trigger', { type: 'email' }, { token });
    expect(await office.codesOf(session.user)).toBe(1);
    expect((await patch(session.user.uuid, { password: NEW_PASSWORD, reason: REASON })).status).toBe(200);
    expect(await office.codesOf(session.user)).toBe(0);
    for (const one of [session.token, token]) expect(await office.isLive(one)).toBe(false);
    expect(await office.canRefresh(session.refreshToken)).toBe(false);
    expect((await office.grant(session.user.username, PASSWORD)).status).toBe(400);
    const anew = await office.login(session.user.username, NEW_PASSWORD);
    const answer = await office.app.api.patch('/users/mine', { firstName: 'x' }, { token: anew.token, code });
    expect(outcome(answer)).toBe('403 5901');
  });

  it('sets a new username, which ends all sessions and voids codes: codes go elsewhere from then on', async () => {
    const session = await office.session();
    const username = `moved-${session.user.username}`;
    await office.app.api.post('/multi-factor-auth-type-activate', { type: 'email' }, { token: session.token });
    expect(await office.codesOf(session.user)).toBe(1);
    expect((await patch(session.user.uuid, { username })).json.data.attributes.username).toBe(username);
    expect(await office.codesOf(session.user)).toBe(0);
    expect(await office.isLive(session.token)).toBe(false);
    expect(await office.canRefresh(session.refreshToken)).toBe(false);
    expect((await office.grant(session.user.username)).status).toBe(400);
    expect((await office.grant(username)).status).toBe(200);
  });

  it('has people told of a new password and of a new address, once it is stored', async () => {
    const { user } = await office.session('agent', { locale: 'de_DE' });
    const taken = admin.user.username;
    expect(outcome(await patch(user.uuid, { username: taken, password: NEW_PASSWORD }))).toBe('422 901');
    await office.app.mailsSent();
    expect(office.noticesTo(user.username)).toEqual([]);
    const username = `moved-${user.username}`;
    await patch(user.uuid, { username });
    await office.app.mailsSent();
    expect(office.noticesTo(user.username)).toEqual(['Die E-Mail-Adresse Ihres Kontos wurde geändert']);
    const [mail] = office.app.mailbox.mails.filter(({ to }) => to.includes(user.username));
    expect(mail!.text).not.toContain(username);
    expect(office.noticesTo(username)).toEqual(['Die E-Mail-Adresse Ihres Kontos wurde geändert']);
    await patch(user.uuid, { password: NEW_PASSWORD, username, locale: 'en_US' });
    await office.app.mailsSent();
    expect(office.noticesTo(username)).toContain('The password of your account was changed');
  });

  it('who makes many changes at once waits for none of the connections that they hold', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => office.user({ roles: ['administrator'] })));
    const changes = people.map(({ uuid }) => patch(uuid, { password: NEW_PASSWORD }));
    expect(new Set((await Promise.all(changes)).map(outcome))).toEqual(new Set(['200']));
  });

  it('is asked for a code by every change, before anything is looked at', async () => {
    const { token } = admin;
    const { uuid } = await office.user();
    for (const overrides of [{}, { firstName: '' }, { firstName: 'Nele' }]) {
      expect(outcome(await patch(uuid, overrides, { token }))).toBe('403 5900');
    }
    const careful = await office.administrator();
    expect(outcome(await remove(uuid, { token }))).toBe('403 5900');
    expect(outcome(await remove(uuid, { ...careful, code: 'x' }))).toBe('403 5901');
    expect(outcome(await remove('x', { token }))).toBe('403 5900');
    expect(outcome(await patch(uuid, { firstName: 'Nele' }))).toBe('200');
    expect(outcome(await remove(uuid))).toBe('204');
  });

  it('without MFA changes nobody, in no way, and is told so before anything is looked at', async () => {
    const bare = await office.session('administrator');
    const [agent, other] = [await office.session('agent'), await office.user({ roles: ['administrator'] })];
    const overrides = { ...NEW_USER, username: `made-${agent.user.username}` };
    for (const attributes of [overrides, {}]) {
      const answer = await office.app.api.post('/users', attributes, { token: bare.token });
      expect(outcome(answer)).toBe('403 5913');
    }
    const changes = [
      { username: overrides.username },
      { password: NEW_PASSWORD },
      { firstName: 'Nele' },
      { roles: [] },
      {},
    ];
    for (const uuid of [agent.user.uuid, other.uuid, bare.user.uuid, 'nobody']) {
      for (const attributes of changes) expect(outcome(await patch(uuid, attributes, bare))).toBe('403 5913');
      expect(outcome(await remove(uuid, bare))).toBe('403 5913');
    }
    expect((await office.grant(overrides.username, NEW_PASSWORD)).status).toBe(400);
    expect((await office.grant(agent.user.username)).status).toBe(200);
    expect(outcome(await patch(bare.user.uuid, { locale: 'de_DE' }, { token: bare.token, code: '123456' }))).toBe(
      '403 5913',
    );
    expect(outcome(await office.app.api.patch('/users/mine', { firstName: 'Nele' }, bare))).toBe('200');
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '#auth';
import { interleave, outcome, type Answer } from '#testing';
import { BackOffice, type Session } from './back-office.js';
import { storedMfa } from './stored-factors.js';

const TYPE = 'multi-factor-auth-types';
const REASON = 'Left the phone on the ferry';

describe('The removal of MFA from a user', () => {
  let office: BackOffice;
  let admin: Session;
  let code: string;

  beforeAll(async () => {
    office = await BackOffice.open();
    admin = await office.session('administrator');
    code = await office.enableMfa(admin);
  });
  afterAll(() => office.app.stop());

  const path = (uuid: string, method?: string): string =>
    `/users/${uuid}/${TYPE}${method === undefined ? '' : `/${method}`}`;
  const stored = ({ id }: User) => storedMfa(office.app.dataSource, { kind: 'user', id });
  const list = (uuid: string): Promise<Answer> => office.app.api.get(path(uuid), { token: admin.token });
  const remove = (target: string, overrides: { token?: string; code?: string } = { token: admin.token, code }) => {
    const body = { data: { type: TYPE, attributes: { reason: REASON } } };
    return office.app.api.call('DELETE', target, { body, ...overrides });
  };
  const write = async (token: string, given?: string): Promise<string> =>
    outcome(await office.app.api.post('/warehouse-user-assignments', {}, { token, code: given }));

  it('lets a person who lost the second factor act again, in a session that goes on', async () => {
    const person = await office.session('back-office', { locale: 'de_DE' });
    const theirs = await office.enableMfa(person);
    expect([await write(person.token), await write(person.token, theirs)]).toEqual(['403 5900', '422 901']);
    expect((await list(person.user.uuid)).json.data[0].attributes).toEqual({ type: 'email', status: 2 });
    expect(outcome(await remove(path(person.user.uuid, 'email')))).toBe('204');
    expect((await list(person.user.uuid)).json.data[0].attributes).toEqual({ type: 'email', status: 0 });
    expect(await stored(person.user)).toEqual({ factors: [], codes: 0 });
    expect(await write(person.token)).toBe('422 901');
    // the code of before is good for nothing, also not for the method when it is set up again
    await office.app.api.post('/multi-factor-auth-type-activate', { type: 'email' }, { token: person.token });
    const verify = (given: string) =>
      office.app.api.post('/multi-factor-auth-type-verify', { type: 'email' }, { token: person.token, code: given });
    expect(outcome(await verify(theirs))).toBe('403 5901');
    await office.app.mailsSent();
    expect(office.noticesTo(person.user.username)).toContain(
      'Die Multi-Faktor-Authentifizierung wurde von Ihrem Konto entfernt',
    );
  });

  it('ends a method that was only begun, and all of them at once', async () => {
    const person = await office.session();
    await office.app.api.post('/multi-factor-auth-type-activate', { type: 'email' }, { token: person.token });
    expect((await list(person.user.uuid)).json.data[0].attributes.status).toBe(1);
    expect(outcome(await remove(path(person.user.uuid)))).toBe('204');
    expect(await stored(person.user)).toEqual({ factors: [], codes: 0 });
    expect(outcome(await remove(path(person.user.uuid)))).toBe('204');
    expect(outcome(await remove(path(person.user.uuid, 'email')))).toBe('400 5906');
  });

  it('is open for users who were deactivated', async () => {
    const person = await office.session();
    await office.enableMfa(person);
    await office.app.dataSource.query(`UPDATE user_account SET status = 'inactive' WHERE id = $1`, [person.user.id]);
    expect(outcome(await remove(path(person.user.uuid)))).toBe('204');
    expect((await stored(person.user)).factors).toEqual([]);
  });

  it('is never for oneself, however the uuid is written', async () => {
    const { uuid } = admin.user;
    for (const own of [uuid, uuid.toUpperCase()]) {
      for (const target of [path(own), path(own, 'email'), path(own, 'magic')]) {
        expect(outcome(await remove(target))).toBe('403 Forbidden.');
      }
    }
    for (const own of [`{${uuid}}`, uuid.replaceAll('-', ''), 'mine', `${uuid}%00`]) {
      expect(outcome(await remove(path(own)))).toBe('404 009');
    }
    expect((await stored(admin.user)).factors).toEqual(['email']);
    expect((await list(uuid)).json.data[0].attributes.status).toBe(2);
  });

  it('takes another administrator like everybody else', async () => {
    const other = await office.session('administrator');
    await office.enableMfa(other);
    expect(outcome(await remove(path(other.user.uuid.toUpperCase())))).toBe('204');
    expect((await stored(other.user)).factors).toEqual([]);
  });

  it('is 404 / 009 for a user that does not exist', async () => {
    for (const uuid of [randomUUID(), 'nobody', '%00', admin.user.id]) {
      expect(outcome(await list(uuid))).toBe('404 009');
      expect(outcome(await remove(path(uuid)))).toBe('404 009');
      expect(outcome(await remove(path(uuid, 'email')))).toBe('404 009');
    }
  });

  it('is for administrators with a method of their own', async () => {
    const { user } = await office.session();
    for (const role of ['back-office', 'warehouse', 'merchant']) {
      const other = await office.session(role, { isWarehouseUser: role === 'warehouse' });
      expect(outcome(await remove(path(user.uuid), { token: other.token }))).toBe('403 Forbidden.');
      expect(outcome(await office.app.api.get(path(user.uuid), { token: other.token }))).toBe('403 Forbidden.');
    }
    const bare = await office.session('administrator');
    expect(outcome(await remove(path(user.uuid), { token: bare.token }))).toBe('403 5913');
    expect(outcome(await remove(path(user.uuid), { token: admin.token }))).toBe('403 5900');
  });

  it('ends with the role of who would do it', async () => {
    const former = await office.session('administrator');
    const theirs = await office.enableMfa(former);
    const person = await office.session();
    await office.enableMfa(person);
    await office.app.dataSource.query(`UPDATE user_account SET roles = '{back-office}' WHERE id = $1`, [
      former.user.id,
    ]);
    expect(outcome(await remove(path(person.user.uuid), { token: former.token, code: theirs }))).toBe('403 Forbidden.');
    expect((await stored(person.user)).factors).toEqual(['email']);
  });

  it('is not done by who is deactivated while the request is under way', async () => {
    const former = await office.session('administrator');
    const theirs = await office.enableMfa(former);
    const person = await office.session();
    await office.enableMfa(person);
    const answer = await interleave(office.app.dataSource, {
      lock: (end) => end.query(`SELECT FROM user_account WHERE id = $1 FOR NO KEY UPDATE`, [former.user.id]),
      work: () => remove(path(person.user.uuid), { token: former.token, code: theirs }),
      change: (end) => end.query(`UPDATE user_account SET status = 'inactive' WHERE id = $1`, [former.user.id]),
    });
    expect(outcome(answer)).toBe('403 Forbidden.');
    expect((await stored(person.user)).factors).toEqual(['email']);
  });

  it('is done once when two administrators do it at the same time', async () => {
    const person = await office.session();
    await office.enableMfa(person);
    const second = await office.session('administrator');
    const theirs = await office.enableMfa(second);
    const callers = [
      { token: admin.token, code },
      { token: second.token, code: theirs },
    ];
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => remove(path(person.user.uuid, 'email'), callers[n % 2])),
    );
    expect(answers.map(outcome).toSorted()).toEqual(['204', ...Array.from({ length: 7 }, () => '400 5906')]);
    const entries = `SELECT FROM mfa_audit_event WHERE account_kind = 'user' AND account_id = $1 AND event = 'removed'`;
    expect(await office.app.dataSource.query(entries, [person.user.id])).toHaveLength(1);
  });
});

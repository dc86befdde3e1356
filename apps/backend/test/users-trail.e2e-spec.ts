import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '#auth';
import { mailsTo, outcome, PASSWORD, trailOf, type Answer, type TrailEntry } from '#testing';
import { BackOffice, claimsOf, NEW_PASSWORD, type ProtectedSession } from './back-office.js';

const REASON = 'Married; the papers were shown';
const MISSING = 'reason => This field is missing.';
const BLANK = 'reason => This value should not be blank.';

describe('A change of what protects a user', () => {
  let office: BackOffice;
  let admin: ProtectedSession;

  beforeAll(async () => {
    office = await BackOffice.open();
    admin = await office.administrator();
  });
  afterAll(() => office.app.stop());

  const patch = ({ uuid }: Pick<User, 'uuid'>, attributes: object): Promise<Answer> =>
    office.app.api.patch(`/users/${uuid}`, attributes, admin);
  const trail = ({ id }: User, ...events: string[]): Promise<TrailEntry[]> =>
    trailOf(office.app.dataSource, { kind: 'user', id }, ...events);
  const details = async (user: User, ...events: string[]): Promise<unknown[]> =>
    (await trail(user, ...events)).map((entry) => [entry.event, entry.details]);
  const detailOf = ({ json }: Answer): string => json.errors[0].detail;
  /** Somebody with MFA. */
  const careful = async (role = 'agent'): Promise<ProtectedSession> => {
    const session = await office.session(role);
    return { ...session, code: await office.enableMfa(session) };
  };

  it('by which somebody becomes an agent or an administrator names who made them one', async () => {
    const attributes = {
      ...{ username: 'new.agent@sallyport.example', password: NEW_PASSWORD, firstName: 'Ina', lastName: 'Berg' },
      ...{ roles: ['agent', 'administrator'], locale: 'en_US' },
    };
    const { json, status } = await office.app.api.post('/users', attributes, admin);
    expect(status).toBe(201);
    const [{ id }] = await office.app.dataSource.query(`SELECT id FROM user_account WHERE uuid = $1`, [json.data.id]);
    const [entry] = await trailOf(office.app.dataSource, { kind: 'user', id }, 'roles-changed');
    expect(entry).toMatchObject({
      actor: `user ${admin.user.id}`,
      details: { former: null, new: { roles: ['administrator', 'agent'], isWarehouseUser: false, status: 'active' } },
    });
  });

  it('by an administrator names the administrator, the reason, the session and the request', async () => {
    const { user } = await careful();
    const username = `moved-${user.username}`;
    const answer = await patch(user, { username, password: NEW_PASSWORD, reason: REASON });
    expect(outcome(answer)).toBe('200');
    const who = {
      actor: `user ${admin.user.id}`,
      reason: REASON,
      sessionId: claimsOf(admin.token)['sid'],
      requestId: answer.headers.get('x-request-id'),
      clientAddress: '127.0.0.1',
    };
    expect(await trail(user, 'address-changed', 'password-set', 'roles-changed')).toEqual([
      { event: 'address-changed', details: { former: user.username, new: username }, ...who },
      { event: 'password-set', details: { by: 'administrator' }, ...who },
    ]);
    const query = `filter[audit-events.userUuid]=${user.uuid}&filter[audit-events.event]=password-set`;
    const { json } = await office.app.api.get(`/audit-events?${query}`, { token: admin.token });
    expect(json.data[0].attributes).toMatchObject({
      actor: { kind: 'user', userUuid: admin.user.uuid },
      reason: REASON,
      details: { by: 'administrator' },
    });
  });

  it.each([
    ['username', ({ username }: User) => ({ username: `moved-${username}` })],
    ['password', () => ({ password: NEW_PASSWORD })],
  ])('needs a reason for another %s of somebody else who has MFA', async (_, changesOf) => {
    const { user } = await careful();
    const changes = changesOf(user);
    const refusals: [object, string][] = [
      [{}, MISSING],
      [{ reason: null }, BLANK],
      [{ reason: '' }, BLANK],
      [{ reason: ' \n ' }, BLANK],
      [{ reason: 7 }, 'reason => This value should be of type string.'],
      [{ reason: 'x'.repeat(501) }, 'reason => This value is too long. It should have 500 characters or less.'],
    ];
    for (const [reason, detail] of refusals) {
      const answer = await patch(user, { ...changes, firstName: 'Nele', ...reason });
      expect([outcome(answer), detailOf(answer)]).toEqual(['422 901', detail]);
    }
    // a refused change changes nothing, ends no session and is in no trail and no mail
    expect((await trail(user)).map(({ event }) => event)).not.toContain('address-changed');
    expect((await mailsTo(office.app, user.username)).map(({ subject }) => subject)).not.toContain(
      'The password of your account was changed',
    );
    const { json } = await office.app.api.get(`/users/${user.uuid}`, { token: admin.token });
    expect(json.data.attributes).toMatchObject({ username: user.username, firstName: user.firstName });
    expect((await office.grant(user.username)).status).toBe(200);
    expect(outcome(await patch(user, { ...changes, reason: 'ü'.repeat(500) }))).toBe('200');
  });

  it('needs no reason for whoever has no MFA, for oneself, and for what opens no account', async () => {
    const bare = await office.user();
    expect(outcome(await patch(bare, { username: `moved-${bare.username}`, password: NEW_PASSWORD }))).toBe('200');
    const begun = await office.session();
    await office.app.api.post('/multi-factor-auth-type-activate', { type: 'email' }, begun);
    expect(outcome(await patch(begun.user, { password: NEW_PASSWORD }))).toBe('200');
    const { user } = await careful();
    const others = { username: user.username, firstName: 'Nele', roles: ['back-office'], status: 'inactive' };
    expect(outcome(await patch(user, others))).toBe('200');
    const own = await office.administrator();
    const answer = await office.app.api.patch(
      `/users/${own.user.uuid}`,
      { username: `moved-${own.user.username}` },
      own,
    );
    expect(outcome(answer)).toBe('200');
  });

  it('is told to the person at the former address as well as at the present one, and not from where', async () => {
    const { user } = await careful();
    const username = `moved-${user.username}`;
    await patch(user, { username, password: NEW_PASSWORD, reason: REASON });
    const told = ['The e-mail address of your account was changed', 'The password of your account was changed'];
    await office.app.mailsSent();
    expect(office.noticesTo(user.username)).toEqual(expect.arrayContaining(told));
    expect(office.noticesTo(username).toSorted()).toEqual(told);
    const mails = office.app.mailbox.mails.filter(({ to }) => to.includes(user.username));
    expect(mails.map(({ text }) => text).join()).not.toContain(username);
    const all = [...mails, ...office.app.mailbox.mails.filter(({ to }) => to.includes(username))];
    const ofChange = all.filter(({ subject }) => told.includes(subject));
    expect(ofChange.map(({ text }) => text.includes('\nFrom:'))).toEqual(Array(4).fill(false));
  });

  it('is an entry where roles, the warehouse flag or the status change, with what was and what is', async () => {
    const { user } = await office.session('back-office');
    const rights = { roles: ['back-office'], isWarehouseUser: false, status: 'active' };
    await patch(user, { roles: ['agent', 'back-office'] });
    await patch(user, { roles: ['back-office', 'agent'], isWarehouseUser: true, reason: REASON });
    await office.app.api.delete(`/users/${user.uuid}`, admin);
    await office.app.api.delete(`/users/${user.uuid}`, admin);
    await patch(user, { status: 'inactive', firstName: 'Nele', isWarehouseUser: true });
    const both = { ...rights, roles: ['agent', 'back-office'] };
    const flagged = { ...both, isWarehouseUser: true };
    expect(await details(user, 'roles-changed')).toEqual([
      ['roles-changed', { former: rights, new: both }],
      ['roles-changed', { former: both, new: flagged }],
      ['roles-changed', { former: flagged, new: { ...flagged, status: 'inactive' } }],
    ]);
    expect((await trail(user, 'roles-changed')).map(({ reason }) => reason)).toEqual([null, REASON, null]);
  });

  it('is no entry where only names or the language change', async () => {
    const user = await office.user();
    await patch(user, { firstName: 'Nele', locale: 'de_DE', username: user.username, roles: user.roles });
    expect(await trail(user)).toEqual([]);
  });

  it('by the person is an entry too: a new password of their own', async () => {
    const session = await office.session();
    const passwords = { password: PASSWORD, newPassword: NEW_PASSWORD, confirmPassword: NEW_PASSWORD };
    const answer = await office.app.api.patch('/users/mine', passwords, session);
    expect(await trail(session.user)).toEqual([
      {
        event: 'password-set',
        actor: `user ${session.user.id}`,
        reason: null,
        details: { by: 'change' },
        sessionId: claimsOf(session.token)['sid'],
        requestId: answer.headers.get('x-request-id'),
        clientAddress: '127.0.0.1',
      },
    ]);
  });

  it('goes together with its entry: where that cannot be written nothing is changed', async () => {
    const user = await office.user();
    const { dataSource } = office.app;
    await dataSource.query(`ALTER TABLE mfa_audit_event RENAME COLUMN reason TO no_reason`);
    const answer = await patch(user, { roles: ['administrator'] });
    await dataSource.query(`ALTER TABLE mfa_audit_event RENAME COLUMN no_reason TO reason`);
    expect(answer.status).toBe(500);
    const { json } = await office.app.api.get(`/users/${user.uuid}`, { token: admin.token });
    expect(json.data.attributes.roles).toEqual(user.roles);
  });
});

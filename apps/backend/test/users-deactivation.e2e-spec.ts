import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { interleave, outcome, type Answer } from '#testing';
import { BackOffice, type ProtectedSession } from './back-office.js';

describe('The deactivation of a user', () => {
  let office: BackOffice;
  let admin: ProtectedSession;

  beforeAll(async () => {
    office = await BackOffice.open();
    admin = await office.administrator();
  });
  afterAll(() => office.app.stop());

  const patch = (uuid: string, attributes: object): Promise<Answer> =>
    office.app.api.patch(`/users/${uuid}`, attributes, admin);
  const remove = (uuid: string): Promise<Answer> => office.app.api.delete(`/users/${uuid}`, admin);
  const liveSessionsOf = async (id: string): Promise<number> => {
    const text = `SELECT count(*)::int AS count FROM login_session
      WHERE account_kind = 'user' AND account_id = $1 AND ended_at IS NULL`;
    return (await office.app.dataSource.query(text, [id]))[0].count as number;
  };

  it.each([
    ['DELETE', async (uuid: string) => expect(outcome(await remove(uuid))).toBe('204')],
    ['PATCH', async (uuid: string) => expect(outcome(await patch(uuid, { status: 'inactive' }))).toBe('200')],
  ])('by %s ends tokens, refresh tokens and logins at once', async (_, deactivate) => {
    const session = await office.session();
    const other = await office.login(session.user.username);
    await deactivate(session.user.uuid);
    for (const { token, refreshToken } of [session, other]) {
      expect(await office.isLive(token)).toBe(false);
      expect(await office.canRefresh(refreshToken)).toBe(false);
    }
    expect((await office.grant(session.user.username)).json[0].code).toBe('invalid_grant');
    expect(await liveSessionsOf(session.user.id)).toBe(0);
    const { json } = await office.app.api.get(`/users/${session.user.uuid}`, { token: admin.token });
    expect(json.data.attributes.status).toBe('inactive');
  });

  it('can be repeated', async () => {
    const { uuid } = await office.user();
    expect([outcome(await remove(uuid)), outcome(await remove(uuid))]).toEqual(['204', '204']);
    expect(outcome(await patch(uuid, { status: 'inactive' }))).toBe('200');
  });

  it('voids codes and grants, and keeps the methods', async () => {
    const session = await office.session();
    const code = await office.enableMfa(session);
    expect(await office.codesOf(session.user)).toBe(1);
    await remove(session.user.uuid);
    expect(await office.codesOf(session.user)).toBe(0);
    await patch(session.user.uuid, { status: 'active' });
    const { token } = await office.login(session.user.username);
    const types = await office.app.api.get('/multi-factor-auth-types', { token });
    expect(types.json.data[0].attributes.status).toBe(2);
    expect(outcome(await office.app.api.patch('/users/mine', {}, { token, code }))).toBe('403 5901');
  });

  it('is for good: who is active again logs in again', async () => {
    const session = await office.session();
    await remove(session.user.uuid);
    expect((await patch(session.user.uuid, { status: 'active' })).json.data.attributes.status).toBe('active');
    expect(await office.isLive(session.token)).toBe(false);
    expect(await office.canRefresh(session.refreshToken)).toBe(false);
    expect((await office.grant(session.user.username)).status).toBe(200);
  });

  it('done behind the back of the app ends with the next activation at the latest', async () => {
    const session = await office.session();
    await office.app.dataSource.query(`UPDATE user_account SET status = 'inactive' WHERE id = $1`, [session.user.id]);
    expect(await office.isLive(session.token)).toBe(false);
    await patch(session.user.uuid, { status: 'active' });
    expect(await office.isLive(session.token)).toBe(false);
    expect(await office.canRefresh(session.refreshToken)).toBe(false);
  });

  it('leaves nobody in who logs in or refreshes meanwhile', async () => {
    for (let round = 0; round < 8; round += 1) {
      const session = await office.session();
      const logins = [1, 2, 3].map(() => office.grant(session.user.username));
      const refreshing = office.refresh(session.refreshToken);
      const [deactivated, ...answers] = await Promise.all([remove(session.user.uuid), refreshing, ...logins]);
      expect(deactivated.status).toBe(204);
      for (const { status, json } of answers) {
        expect([200, 400]).toContain(status);
        if (status === 200) expect(await office.isLive(json.access_token as string)).toBe(false);
      }
      expect(await liveSessionsOf(session.user.id)).toBe(0);
    }
  });

  it('waits for a login that has been let in, and ends its session too', async () => {
    const session = await office.session();
    const id = '3b241101-e2bb-4255-8caf-4136c566a962';
    const removed = await interleave(office.app.dataSource, {
      lock: (login) => login.query(`SELECT FROM user_account WHERE id = $1 FOR SHARE`, [session.user.id]),
      work: () => remove(session.user.uuid),
      change: (login) =>
        login.query(
          `INSERT INTO login_session (id, account_kind, account_id, audience, created_at)
           VALUES ($1, 'user', $2, 'backend', now())`,
          [id, session.user.id],
        ),
    });
    expect(outcome(removed)).toBe('204');
    expect(await liveSessionsOf(session.user.id)).toBe(0);
  });

  it('meanwhile by somebody else is seen by the change that waits for it: who is active again logs in again', async () => {
    const session = await office.session();
    const activated = await interleave(office.app.dataSource, {
      lock: (other) => other.query(`SELECT FROM user_account WHERE id = $1 FOR NO KEY UPDATE`, [session.user.id]),
      work: () => patch(session.user.uuid, { status: 'active' }),
      change: (other) => other.query(`UPDATE user_account SET status = 'inactive' WHERE id = $1`, [session.user.id]),
    });
    expect([outcome(activated), activated.json.data.attributes.status]).toEqual(['200', 'active']);
    expect(await office.isLive(session.token)).toBe(false);
    expect(await office.canRefresh(session.refreshToken)).toBe(false);
  });

  it('by two administrators at once, of one another, leaves one of them', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = [await office.administrator(), await office.administrator()];
      const outcomes = await Promise.all([
        office.app.api.delete(`/users/${one.user.uuid}`, other),
        office.app.api.delete(`/users/${other.user.uuid}`, one),
      ]);
      const [first, second] = outcomes.map(outcome).toSorted();
      expect(first).toBe('204');
      expect(['401 001', '403 Forbidden.']).toContain(second);
    }
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackOffice, claimsOf } from './back-office.js';

const LIMIT = 10;

describe('The log of logins', () => {
  let office: BackOffice;

  beforeAll(async () => {
    office = await BackOffice.open();
  });
  afterAll(() => office.app.stop());

  it('names the account and the session that was opened', async () => {
    const { id, username } = await office.user();
    const { json, headers } = await office.grant(username);
    const members = { level: 'info', accountKind: 'user', accountId: id, by: 'password' };
    const requestId = headers.get('x-request-id');
    const sessionId = claimsOf(json.access_token)['sid'];
    expect(office.app.loggedEvents('sign_in.succeeded')).toMatchObject([{ ...members, sessionId, requestId }]);
  });

  it('names the account that was refused, why, and where a block begins', async () => {
    const { id, username } = await office.user();
    for (let n = 0; n < LIMIT + 2; n += 1) await office.grant(username, 'wrong');
    const lines = office.app.loggedEvents('sign_in.refused').filter(({ accountId }) => accountId === id);
    expect(lines).toHaveLength(LIMIT);
    expect(lines[0]).toMatchObject({ level: 'info', accountKind: 'user', accountId: id, reason: 'wrong-password' });
    expect(lines.map(({ blockedNow = false }) => blockedNow)).toEqual([...Array(LIMIT - 1).fill(false), true]);
  });

  it('never has a name that nobody has, and no password', async () => {
    const typed = `hunter2-${randomUUID()}`;
    const before = office.app.loggedEvents('sign_in.refused').length;
    for (const name of [typed, `${typed}\0`]) await office.grant(name, `secret-${typed}`);
    const lines = office.app.loggedEvents('sign_in.refused').slice(before);
    expect(lines).toMatchObject([typed, typed].map(() => ({ accountKind: 'user', reason: 'unknown-account' })));
    expect(lines.filter((line) => 'accountId' in line)).toEqual([]);
    expect(office.app.logged()).not.toContain('hunter2');
  });
});

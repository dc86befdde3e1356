import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailedCode, outcome, wrongCode } from '#testing';
import { BackOffice, claimsOf } from './back-office.js';

/** The six kinds of users, by their role, with the scope that follows from it. */
const KINDS = [
  ['back-office', 'back-office-user'],
  ['administrator', 'back-office-user'],
  ['agent', 'back-office-user'],
  ['warehouse', 'warehouse-user'],
  ['merchant', 'merchant-user'],
  ['merchant-agent', 'merchant-user'],
] as const;

describe('Users of every kind', () => {
  let office: BackOffice;

  beforeAll(async () => {
    office = await BackOffice.open();
  });
  afterAll(() => office.app.stop());

  const endpoint = async (name: string, token: string, code?: string): Promise<string> =>
    outcome(await office.app.api.post(`/multi-factor-auth-${name}`, { type: 'email' }, { token, code }));
  const status = async (token: string): Promise<number> => {
    const { json } = await office.app.api.get('/multi-factor-auth-types', { token });
    return json.data[0].attributes.status as number;
  };
  const scopesOf = async (roles: string[]): Promise<unknown> => {
    const { username } = await office.user({ roles });
    return claimsOf((await office.login(username)).token)['scopes'];
  };

  it.each(KINDS)('log in with the role %s and get the scopes user and %s', async (role, scope) => {
    const { user, token, refreshToken } = await office.session(role);
    expect(claimsOf(token)).toMatchObject({ aud: 'backend', kind: 'user', sub: user.id, scopes: ['user', scope] });
    const refreshed = (await office.refresh(refreshToken)).json.access_token as string;
    expect(claimsOf(refreshed)).toMatchObject({ scopes: ['user', scope], sid: claimsOf(token)['sid'] });
  });

  it('get one scope for each kind of role that they have', async () => {
    expect(await scopesOf(['back-office', 'administrator', 'agent'])).toEqual(['user', 'back-office-user']);
    expect(await scopesOf(['merchant', 'warehouse', 'merchant-agent'])).toEqual([
      'user',
      'merchant-user',
      'warehouse-user',
    ]);
    expect(await scopesOf(['warehouse', 'gardener'])).toEqual(['user', 'warehouse-user']);
    expect(await scopesOf(KINDS.map(([role]) => role))).toEqual([
      'user',
      'back-office-user',
      'warehouse-user',
      'merchant-user',
    ]);
  });

  it.each([[[]], [['gardener']], [['Administrator']], [['user']], [['constructor']]])(
    'are refused with the roles %j',
    async (roles) => {
      const { username } = await office.user({ roles });
      const { status: answered, json } = await office.grant(username);
      expect([answered, json]).toEqual([
        400,
        [{ status: 400, code: 'invalid_grant', message: 'The user credentials were incorrect.' }],
      ]);
    },
  );

  it.each(KINDS)('set the e-mail method up, use and end it with the role %s', async (role) => {
    const { user, token } = await office.session(role);
    expect(await status(token)).toBe(0);
    expect(await endpoint('type-activate', token)).toBe('204');
    expect(await status(token)).toBe(1);
    const first = mailedCode(office.app.mailbox, user.username);
    expect(await endpoint('type-verify', token, wrongCode(first))).toBe('403 5901');
    expect(await endpoint('type-verify', token, first)).toBe('204');
    expect(await status(token)).toBe(2);
    const { token: later } = await office.login(user.username);
    expect(await status(later)).toBe(2);
    expect(await endpoint('type-deactivate', later, first)).toBe('403 5901');
    expect(await endpoint('trigger', later)).toBe('204');
    expect(await endpoint('type-deactivate', later, mailedCode(office.app.mailbox, user.username))).toBe('204');
    expect(await status(token)).toBe(0);
  });
});

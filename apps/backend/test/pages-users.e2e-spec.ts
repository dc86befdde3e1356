import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { User } from '#auth';
import { PASSWORD, trailOf } from '#testing';
import { NEW_PASSWORD } from './back-office.js';
import { BackOfficePages, problemsIn, type Reader } from './back-office-pages.js';

const PATH = '/back-office/users';
const REASON = 'Moves to the office';

describe('The pages about users', () => {
  let pages: BackOfficePages;
  let admin: Reader;
  let count = 0;

  beforeAll(async () => {
    pages = await BackOfficePages.open();
    admin = await pages.protectedReader();
  });
  afterAll(() => pages.app.stop());

  const stored = (username: string): Promise<User | null> =>
    pages.app.dataSource.getRepository(User).findOneBy({ username });
  const newUser = (overrides: Record<string, string> = {}): Record<string, string> => ({
    username: `new-${(count += 1)}@users.example`,
    password: PASSWORD,
    firstName: 'Wim',
    lastName: 'Dekker',
    roles: 'back-office',
    locale: 'de_DE',
    status: 'active',
    ...overrides,
  });
  /** The fields of the form as it is shown, with what is changed of them. */
  const changed = async ({ uuid }: User, changes: Record<string, string>): Promise<Record<string, string>> => {
    const { text } = await admin.client.get(`${PATH}/${uuid}`);
    const was = JSON.parse((/name="was" value="([^"]*)"/.exec(text)?.[1] ?? '').replaceAll('&quot;', '"')) as Record<
      string,
      string | boolean | string[]
    >;
    const { roles, isWarehouseUser, ...fields } = was as Record<string, string>;
    return {
      ...fields,
      roles: String(roles),
      ...(String(isWarehouseUser) === 'true' && { isWarehouseUser: 'yes' }),
      was: JSON.stringify(was),
      ...changes,
    };
  };

  it('find users by name, address, role and status', async () => {
    const one = await pages.office.user({ lastName: 'Findable', roles: ['merchant'] });
    const shown = async (query: string): Promise<boolean> =>
      (await admin.client.get(`${PATH}?${query}`)).text.includes(`${PATH}/${one.uuid}`);
    const found = await Promise.all(
      [
        'name=findable',
        `username=${one.username}`,
        'name=findable&role=merchant&status=active',
        'name=findable&role=agent',
        'name=findable&status=inactive',
      ].map(shown),
    );
    expect(found).toEqual([true, true, true, false, false]);
  });

  it('create a user, who can sign in', async () => {
    const form = newUser();
    const { status, location } = await pages.submit(admin, `${PATH}/new`, form);
    const user = await stored(form['username']!);
    expect([status, location]).toEqual([303, `${PATH}/${user?.uuid}?created`]);
    expect(user).toMatchObject({ firstName: 'Wim', roles: ['back-office'], locale: 'de_DE', isWarehouseUser: false });
    expect((await (await pages.signIn(user!)).get('/back-office')).status).toBe(200);
  });

  it('keep what was typed, but the password, where something is wrong', async () => {
    const refused = await pages.submit(
      admin,
      `${PATH}/new`,
      newUser({ username: 'nonsense', firstName: '', roles: '' }),
    );
    expect([refused.status, problemsIn(refused)]).toEqual([
      422,
      ['username: This is no e-mail address.', 'firstName: Fill this in.', 'roles: Choose at least one.'],
    ]);
    expect([refused.text.includes('value="nonsense"'), refused.text.includes(PASSWORD)]).toEqual([true, false]);
    const taken = await pages.submit(admin, `${PATH}/new`, newUser({ username: admin.user.username }));
    expect([taken.status, problemsIn(taken)]).toEqual([422, ['username: Somebody else has this address.']]);
    const weak = await pages.submit(admin, `${PATH}/new`, newUser({ password: 'Harbor-Test-000!' }));
    expect([weak.status, problemsIn(weak)]).toEqual([400, ['password: It repeats one character too often.']]);
  });

  it('ask for a code before a user is created, and for a set-up where there is no MFA', async () => {
    const reader = await pages.protectedReader();
    await pages.endGrant(reader);
    const form = newUser();
    const asked = await reader.client.post(`${PATH}/new`, form);
    expect([asked.status, asked.text.includes(PASSWORD), await stored(form['username']!)]).toEqual([403, false, null]);
    expect((await pages.confirm(reader, `${PATH}/new`, asked)).location).toContain('?created');
    const { client } = await pages.reader('administrator');
    expect((await client.post(`${PATH}/new`, newUser())).location).toBe('/back-office/mfa?required');
    admin = await pages.protectedReader();
  });

  it('change what was changed in the form, and leave what somebody else changed meanwhile', async () => {
    const one = await pages.office.user({ roles: ['back-office', 'agent'] });
    const form = await changed(one, { lastName: 'Typed' });
    await pages.app.dataSource.getRepository(User).update({ id: one.id }, { firstName: 'Meanwhile', roles: ['agent'] });
    const { location } = await pages.submit(admin, `${PATH}/${one.uuid}`, { ...form, roles: 'back-office' });
    expect(location).toBe(`${PATH}/${one.uuid}?saved`);
    expect(await stored(one.username)).toMatchObject({ lastName: 'Typed', firstName: 'Meanwhile' });
  });

  it('ask for a code, although a grant is alive, for a new password, which ends all sessions of the user', async () => {
    const { user, client } = await pages.reader('back-office');
    const form = await changed(user, { password: NEW_PASSWORD });
    const asked = await admin.client.post(`${PATH}/${user.uuid}`, form);
    expect([asked.status, asked.heading]).toEqual([403, 'Confirm that it is you']);
    expect((await pages.confirm(admin, `${PATH}/${user.uuid}`, asked)).location).toContain('?saved');
    expect((await client.get('/back-office')).location).toBe('/back-office/sign-in');
    expect((await (await pages.signIn(user, NEW_PASSWORD)).get('/back-office')).status).toBe(200);
  });

  it('ask for a code, although a grant is alive, for a new user, and for new rights of one', async () => {
    const { user } = await pages.reader('back-office');
    const rights = await changed(user, {});
    const answers = [
      await admin.client.post(`${PATH}/new`, newUser({ roles: 'administrator' })),
      await admin.client.post(`${PATH}/${user.uuid}`, { ...rights, roles: 'agent' }),
      await admin.client.post(`${PATH}/${user.uuid}/deactivate`),
    ];
    expect(answers.map(({ heading }) => heading)).toEqual(Array(3).fill('Confirm that it is you'));
    expect(await stored(user.username)).toMatchObject({ roles: ['back-office'], status: 'active' });
  });

  it('need a reason for a new address or password of somebody with MFA', async () => {
    const { user } = await pages.protectedReader('back-office');
    const form = await changed(user, { password: NEW_PASSWORD });
    const refused = await pages.submit(admin, `${PATH}/${user.uuid}`, form);
    expect([refused.status, problemsIn(refused)]).toEqual([422, ['reason: Say why: this person has a second factor.']]);
    expect((await pages.submit(admin, `${PATH}/${user.uuid}`, { ...form, reason: REASON })).status).toBe(303);
    const [entry] = await trailOf(pages.app.dataSource, { kind: 'user', id: user.id }, 'password-set');
    expect(entry).toMatchObject({ reason: REASON, actor: `user ${admin.user.id}` });
  });

  it('deactivate a user after a question, and never oneself', async () => {
    const { user, client } = await pages.reader('back-office');
    const path = `${PATH}/${user.uuid}/deactivate`;
    expect((await admin.client.get(path)).text).toContain(`(${user.username}) cannot sign in any more`);
    expect((await pages.submit(admin, path)).location).toBe(`${PATH}/${user.uuid}?deactivated`);
    expect([(await stored(user.username))?.status, (await client.get('/back-office')).status]).toEqual([
      'inactive',
      303,
    ]);
    const own = await pages.submit(admin, `${PATH}/${admin.user.uuid}/deactivate`);
    expect([own.status, problemsIn(own)[0]]).toEqual([403, expect.stringContaining('You cannot take your own access')]);
    expect((await admin.client.get(`${PATH}/${admin.user.uuid}`)).text).not.toContain('/deactivate"');
  });

  it('let one of two administrators deactivate the other, who do it at the same moment', async () => {
    const [one, other] = [await pages.protectedReader(), await pages.protectedReader()];
    const deactivate = (by: Reader, whom: Reader) => pages.submit(by, `${PATH}/${whom.user.uuid}/deactivate`);
    await Promise.all([deactivate(one, other), deactivate(other, one)]);
    const statuses = [await stored(one.user.username), await stored(other.user.username)].map((user) => user?.status);
    expect(statuses.toSorted()).toEqual(['active', 'inactive']);
  });
});

describe('The page of the own profile', () => {
  let pages: BackOfficePages;

  beforeAll(async () => {
    pages = await BackOfficePages.open();
  });
  afterAll(() => pages.app.stop());

  it('changes names and language', async () => {
    const { user, client } = await pages.reader('back-office');
    const form = { firstName: 'Neu', lastName: user.lastName, locale: 'de_DE', was: '' };
    expect((await client.post('/back-office/profile', form)).location).toBe('/back-office/profile?saved');
    const shown = await client.get('/back-office/profile?saved');
    expect([shown.heading, shown.text.includes('value="Neu"')]).toEqual(['Ihr Profil', true]);
    const refused = await client.post('/back-office/profile', { ...form, firstName: '' });
    expect([refused.status, problemsIn(refused)]).toEqual([422, ['firstName: Füllen Sie das aus.']]);
  });

  it('changes the password with the old one, and signs out', async () => {
    const { user, client } = await pages.reader('back-office');
    const change = (password: string, confirmPassword = NEW_PASSWORD) =>
      client.post('/back-office/profile/password', { password, newPassword: NEW_PASSWORD, confirmPassword });
    const wrong = await change('Not-The-One-01!');
    expect([wrong.status, problemsIn(wrong)]).toEqual([400, ['password: This is not your current password.']]);
    expect(problemsIn(await change(PASSWORD, `${NEW_PASSWORD}x`))).toEqual([
      'confirmPassword: The two are not the same.',
    ]);
    expect((await change(PASSWORD)).location).toBe('/back-office/sign-in?password');
    expect((await client.get('/back-office')).location).toBe('/back-office/sign-in');
    expect((await (await pages.signIn(user, NEW_PASSWORD)).get('/back-office')).status).toBe(200);
  });

  it('asks for a code where MFA is on', async () => {
    const reader = await pages.protectedReader('back-office');
    await pages.endGrant(reader);
    const form = { firstName: 'Neu', lastName: 'Name', locale: 'en_US', was: '' };
    const asked = await reader.client.post('/back-office/profile', form);
    expect(asked.heading).toBe('Confirm that it is you');
    expect((await pages.confirm(reader, '/back-office/profile', asked)).location).toBe('/back-office/profile?saved');
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCustomer, jobsDone, PASSWORD } from '#testing';
import { BACK_OFFICE_AREA } from '../src/pages/back-office/back-office-area.js';
import { NEW_PASSWORD } from './back-office.js';
import { BackOfficePages, problemsIn, type Reader } from './back-office-pages.js';

const BASE = '/back-office';
const WEAK = 'Harbor-Test-000!';
const PERSON = { firstName: 'Wim', lastName: 'Dekker', roles: 'agent', locale: 'en_US', status: 'active' };
/** A form in which nothing was changed: its fields were empty, and are. */
const UNCHANGED = {
  was: '{"username":"","firstName":"","lastName":"","roles":[],"isWarehouseUser":false,"locale":"","status":""}',
};
const POLICY = { requiredFrom: '2027-01-31T08:00', methods: 'email', was: '{}' };

describe('A protected form of the Back Office', () => {
  let pages: BackOfficePages;
  let admin: Reader;
  /** What forms are about, by its name in the paths below. */
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    pages = await BackOfficePages.open();
    admin = await pages.protectedReader();
    const { user } = await pages.protectedReader('back-office');
    const customer = await createCustomer(pages.app.dataSource);
    const policy = randomUUID();
    await pages.app.dataSource.query(
      `INSERT INTO step_up_policy (uuid, applies_to, required_from, methods, created_at, updated_at)
       VALUES ($1, 'customers', '2099-01-01', '{email}', now(), now())`,
      [policy],
    );
    Object.assign(ids, { policy, user: user.uuid, own: admin.user.uuid, customer: customer.customerReference });
    await pages.endGrant(admin);
    await jobsDone(pages.app.dataSource); // no notice comes later
  });
  afterAll(() => pages.app.stop());

  const refused = async (path: string, form: Record<string, string>): Promise<unknown[]> => {
    const before = pages.app.mailbox.mails.length;
    const answer = await admin.client.post(
      BASE + path.replace(/\{(\w+)\}/, (_, name: string) => ids[name] ?? ''),
      form,
    );
    const mails = pages.app.mailbox.mails.length - before;
    return [answer.heading === 'Confirm that it is you', answer.status, problemsIn(answer)[0] ?? '', mails];
  };

  it.each([
    ['/customers/{customer}/remove-mfa', { reason: ' ' }, 422, 'reason'],
    ['/customers/{customer}/remove-mfa/email', { reason: 'Lost' }, 400, 'This account does not have this method'],
    ['/users/{own}/remove-mfa', { reason: 'Lost' }, 403, ''],
    ['/users/{unknown}/remove-mfa', { reason: 'Lost' }, 404, ''],
    ['/users/new', { ...PERSON, username: 'weak@users.example', password: WEAK }, 400, 'password'],
    ['/users/{user}', { ...UNCHANGED, password: NEW_PASSWORD }, 422, 'reason'],
    ['/users/{user}', { ...UNCHANGED, password: WEAK, reason: 'Lost' }, 400, 'password'],
    ['/users/{own}/deactivate', {}, 403, 'You cannot take your own access'],
    ['/policies/new', { ...POLICY, appliesTo: 'company' }, 422, 'company'],
    ['/policies/{policy}', { ...POLICY, appliesTo: 'role', role: 'captain' }, 422, 'role'],
    ['/policies/{unknown}/delete', {}, 404, ''],
    ['/assignments/new', { username: 'nobody@users.example', warehouse: randomUUID() }, 400, 'username'],
    ['/assignments/{unknown}/delete', {}, 404, ''],
    [
      '/profile/password',
      { password: PASSWORD, newPassword: NEW_PASSWORD, confirmPassword: PASSWORD },
      422,
      'confirmPassword',
    ],
    ['/profile/password', { password: PASSWORD, newPassword: WEAK, confirmPassword: WEAK }, 400, 'newPassword'],
  ] as [string, Record<string, string>, number, string][])(
    'says what is wrong before it asks for a code: %s %j',
    async (path, form, status, problem) => {
      expect(await refused(path, form)).toEqual([false, status, expect.stringMatching(new RegExp(`^${problem}`)), 0]);
    },
  );

  it.each(['/users/{unknown}', '/policies/{unknown}'])(
    'leaves people the way on where nothing is found: %s',
    async (path) => {
      const { status, text } = await admin.client.get(BASE + path.replace('{unknown}', randomUUID()));
      expect([status, text.includes(`href="${BASE}/audit"`), text.includes('/sign-out"')]).toEqual([404, true, true]);
    },
  );

  it('leaves people the way on where they may not go', async () => {
    const { client } = await pages.reader('back-office');
    const { status, text } = await client.get(`${BASE}/users`);
    expect([status, text.includes(`href="${BASE}/customers"`), text.includes('/audit"')]).toEqual([403, true, false]);
  });

  it('leaves a page of the error alone, where the navigation fails', async () => {
    const failing = vi.spyOn(BACK_OFFICE_AREA, 'navigation').mockImplementation(() => {
      throw new Error('broken');
    });
    const { status, text } = await admin.client.get(`${BASE}/users/${randomUUID()}`);
    failing.mockRestore();
    expect([status, text.includes('Page not found'), text.includes('<nav')]).toEqual([404, true, false]);
  });

  it('asks for a code where nothing is wrong', async () => {
    const [isAsked, status, , mails] = await refused('/users/{user}', {
      ...UNCHANGED,
      password: NEW_PASSWORD,
      reason: 'Lost',
    });
    expect([isAsked, status, mails]).toEqual([true, 403, 1]);
  });
});

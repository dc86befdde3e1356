import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '#auth';
import { createCustomer, outcome, trailOf } from '#testing';
import { BackOfficePages, keptIn, problemsIn } from './back-office-pages.js';
import { storedMfa, storeFactor } from './stored-factors.js';

const PATH = '/back-office/customers';
const REASON = 'Lost the phone; identity checked by phone';

describe('The pages about customers', () => {
  let pages: BackOfficePages;

  beforeAll(async () => {
    pages = await BackOfficePages.open();
  });
  afterAll(() => pages.app.stop());

  /** A customer with the e-mail method. */
  const customer = async (overrides: Partial<Customer> = {}): Promise<Customer> => {
    const one = await createCustomer(pages.app.dataSource, overrides);
    await storeFactor(pages.app.dataSource, { kind: 'customer', id: one.id });
    return one;
  };
  const factorsOf = async ({ id }: Customer) =>
    (await storedMfa(pages.app.dataSource, { kind: 'customer', id })).factors;
  const removal = ({ customerReference }: Customer, type?: string): string =>
    `${PATH}/${customerReference}/remove-mfa${type === undefined ? '' : `/${type}`}`;

  it('find a customer by a part of the name, and lead to the profile', async () => {
    const one = await customer();
    const { client } = await pages.reader('back-office');
    const found = await client.get(`${PATH}?q=${one.lastName}`);
    expect(found.text).toContain(`<a href="${PATH}/${one.customerReference}">Ada ${one.lastName}</a>`);
    expect(found.text).toContain('1 to 1 of 1');
    const profile = await client.get(`${PATH}/${one.customerReference}`);
    expect([profile.status, profile.heading]).toEqual([200, `Ada ${one.lastName}`]);
    expect((await client.get(`${PATH}?q=nobody-is-called-so`)).text).toContain('Nothing was found.');
  });

  it('show a list in pages, and keep what was searched for', async () => {
    for (let count = 0; count < 21; count += 1) await createCustomer(pages.app.dataSource, { lastName: 'Pagerson' });
    const { client } = await pages.reader('back-office');
    const { text } = await client.get(`${PATH}?q=Pagerson`);
    expect(text).toContain('1 to 20 of 21');
    expect(text).toContain(`href="${PATH}?q=Pagerson&amp;offset=20">Next`);
    const second = (await client.get(`${PATH}?q=Pagerson&offset=20`)).text;
    expect([second.includes('21 to 21 of 21'), second.includes('offset=0">Previous')]).toEqual([true, true]);
  });

  it('show the methods with a way to remove them to administrators alone', async () => {
    const { customerReference } = await customer();
    const seen = async (role: string): Promise<boolean[]> => {
      const { text } = await (await pages.reader(role)).client.get(`${PATH}/${customerReference}`);
      return ['Code by e-mail', 'Remove: Code by e-mail', 'Remove all methods', 'audit trail'].map((words) =>
        text.includes(words),
      );
    };
    expect(await seen('administrator')).toEqual([true, true, true, true]);
    expect(await seen('back-office')).toEqual([true, false, false, false]);
  });

  it('say until when codes are locked', async () => {
    const { customerReference, id } = await customer();
    const lock = `UPDATE mfa_account SET locked_until = $2 WHERE account_kind = 'customer' AND account_id = $1`;
    await pages.app.dataSource.query(lock, [id, new Date(pages.app.clock.now().getTime() + 60_000)]);
    const { client } = await pages.reader('administrator');
    expect((await client.get(`${PATH}/${customerReference}`)).text).toContain('Codes are locked for this account');
  });

  it('lead an administrator without MFA to the set-up before a removal', async () => {
    const one = await customer();
    const { client } = await pages.reader('administrator');
    const answer = await client.post(removal(one), { reason: REASON });
    expect([answer.status, answer.location]).toEqual([303, '/back-office/mfa?required']);
    expect(await factorsOf(one)).toHaveLength(1);
  });

  it('ask for a reason, and say what will be removed', async () => {
    const one = await customer();
    const { client } = await pages.protectedReader();
    const asked = await client.get(removal(one, 'email'));
    expect(asked.text).toContain(`You are about to remove from Ada ${one.lastName}:`);
    const refused = await client.post(removal(one, 'email'), { reason: ' ' });
    expect([refused.status, problemsIn(refused)]).toEqual([422, ['reason: Fill this in.']]);
    expect(await factorsOf(one)).toHaveLength(1);
  });

  it('remove one method with a code, although a grant is alive, and keep the form until then', async () => {
    const one = await customer();
    const reader = await pages.protectedReader(); // the grant is alive
    const path = removal(one, 'email');
    const asked = await reader.client.post(path, { reason: REASON });
    expect([asked.status, asked.heading]).toEqual([403, 'Confirm that it is you']);
    expect(await factorsOf(one)).toHaveLength(1);
    const wrong = await reader.client.post(path, { kept: keptIn(asked), chosen: 'email', code: '0' });
    expect([wrong.status, (await factorsOf(one)).length]).toEqual([403, 1]);
    const done = await pages.confirm(reader, path, wrong);
    expect(done.location).toBe(`${PATH}/${one.customerReference}?removed`);
    expect(await factorsOf(one)).toEqual([]);
    const last = (await trailOf(pages.app.dataSource, { kind: 'customer', id: one.id })).at(-1);
    expect(last).toMatchObject({ event: 'removed', actor: `user ${reader.user.id}`, reason: REASON });
    expect((await reader.client.get(done.location!)).text).toContain('It is done.');
  });

  it('remove all methods, and reset the password where that was chosen', async () => {
    const [one, other] = [await customer(), await customer()];
    const reader = await pages.protectedReader();
    await pages.submit(reader, removal(one), { reason: REASON });
    await pages.submit(reader, removal(other), { reason: REASON, resetPassword: 'yes' });
    expect([await factorsOf(one), await factorsOf(other)]).toEqual([[], []]);
    const keepsPassword = async ({ id, passwordHash }: Customer): Promise<boolean> => {
      const same = `SELECT FROM customer WHERE id = $1 AND password_hash = $2`;
      return (await pages.app.dataSource.query<object[]>(same, [id, passwordHash])).length === 1;
    };
    expect([await keepsPassword(one), await keepsPassword(other)]).toEqual([true, false]);
    // the storefront, whose customers they are, sends the mail
    const jobs = `SELECT FROM graphile_worker.jobs WHERE task_identifier = 'password-reset-mail'`;
    expect(await pages.app.dataSource.query(jobs)).toHaveLength(1);
  });

  it('say so where somebody else has removed the method meanwhile', async () => {
    const one = await customer();
    const reader = await pages.protectedReader();
    await pages.submit(reader, removal(one, 'email'), { reason: REASON });
    const again = await pages.submit(reader, removal(one, 'email'), { reason: REASON });
    expect([again.status, problemsIn(again)]).toEqual([400, ['This account does not have this method (any more).']]);
  });

  it('remove a method once, of two administrators who do it at the same moment', async () => {
    const one = await customer();
    const [first, second] = [await pages.protectedReader(), await pages.protectedReader()];
    const answers = await Promise.all(
      [first, second].map((reader) => pages.submit(reader, removal(one, 'email'), { reason: REASON })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 400]);
    const events = (await trailOf(pages.app.dataSource, { kind: 'customer', id: one.id })).map(({ event }) => event);
    expect(events.filter((event) => event === 'removed')).toHaveLength(1);
  });

  it('know no customer who is not there', async () => {
    const reader = await pages.protectedReader();
    const answers = [
      await reader.client.get(`${PATH}/DE--none`),
      await pages.submit(reader, `${PATH}/DE--none/remove-mfa`, { reason: REASON }),
    ];
    expect(answers.map(({ status, heading }) => [status, heading])).toEqual([
      [404, 'Page not found'],
      [404, 'Page not found'],
    ]);
  });

  it('remove the methods of another user, and never the own ones', async () => {
    const [reader, other] = [await pages.protectedReader(), await pages.protectedReader('back-office')];
    const path = (uuid: string): string => `/back-office/users/${uuid}`;
    expect((await reader.client.get(path(reader.user.uuid))).text).not.toContain('remove-mfa');
    const own = await pages.submit(reader, `${path(reader.user.uuid)}/remove-mfa`, { reason: REASON });
    expect([own.status, own.heading]).toEqual([403, 'This is not allowed']);
    const done = await pages.submit(reader, `${path(other.user.uuid)}/remove-mfa/email`, { reason: REASON });
    expect(done.location).toBe(`${path(other.user.uuid)}?removed`);
    const { token } = await pages.office.login(other.user.username);
    const types = await pages.app.api.get('/multi-factor-auth-types', { token });
    expect([outcome(types), types.json.data[0].attributes.status]).toEqual(['200', 0]);
  });
});

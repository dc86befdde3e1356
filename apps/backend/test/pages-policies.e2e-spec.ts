import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PolicyService, type Policy } from '#mfa';
import { createCustomer, jobsDone, recordStatements } from '#testing';
import { PolicyImpactService } from '../src/mfa-policies/policy-impact.service.js';
import { BackOfficePages, problemsIn, type Reader } from './back-office-pages.js';
import { storeFactor } from './stored-factors.js';

const PATH = '/back-office/policies';
const FORM = {
  appliesTo: 'customers',
  company: '',
  role: '',
  requiredFrom: '2027-01-31T08:00',
  methods: 'email',
};

describe('The pages of policies', () => {
  let pages: BackOfficePages;
  let admin: Reader;

  beforeAll(async () => {
    pages = await BackOfficePages.open();
    admin = await pages.protectedReader();
  });
  afterAll(() => pages.app.stop());

  const policies = async (): Promise<readonly Policy[]> =>
    (await pages.app.get(PolicyService).list({ offset: 0, limit: 100 })).policies;
  const wasOf = async (uuid: string): Promise<string> => {
    const { text } = await admin.client.get(`${PATH}/${uuid}`);
    return (/name="was" value="([^"]*)"/.exec(text)?.[1] ?? '').replaceAll('&quot;', '"');
  };
  const create = async (form: object = {}): Promise<Policy> => {
    const before = (await policies()).map(({ uuid }) => uuid);
    const { location } = await pages.submit(admin, `${PATH}/new`, { ...FORM, ...form });
    expect(location).toBe(`${PATH}?created`);
    return (await policies()).find(({ uuid }) => !before.includes(uuid))!;
  };

  it('show how many accounts each would refuse today', async () => {
    const [one] = [await createCustomer(pages.app.dataSource), await createCustomer(pages.app.dataSource)];
    await storeFactor(pages.app.dataSource, { kind: 'customer', id: one.id });
    const { uuid } = await create();
    const rowOf = (text: string): string => new RegExp(`${PATH}/${uuid}">(.*?)</tr>`, 's').exec(text)?.[1] ?? '';
    expect(rowOf((await admin.client.get(PATH)).text)).toContain('<td>is being counted</td>');
    await jobsDone(pages.app.dataSource);
    const { text } = await admin.client.get(PATH);
    const row = rowOf(text);
    expect(text).toMatch(/As of [^<]+ UTC\./);
    expect([row.includes('All customers'), row.includes('Jan 31, 2027, 8:00:00'), row.includes('<td>1</td>')]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('say which count failed', async () => {
    const policy = await create({ appliesTo: 'company', company: 'Harbor Supply' });
    const rename = (from: string, to: string): Promise<unknown> =>
      pages.app.dataSource.query(`ALTER TABLE ${from} RENAME TO ${to}`);
    await rename('company_user', 'company_user_elsewhere');
    await pages.app.get(PolicyImpactService).lastCounts([policy]);
    await jobsDone(pages.app.dataSource);
    await rename('company_user_elsewhere', 'company_user');
    const { text } = await admin.client.get(PATH);
    const [, row = ''] = new RegExp(`${PATH}/${policy.uuid}">(.*?)</tr>`, 's').exec(text) ?? [];
    expect(row).toContain('<td>could not be counted</td>');
    expect([text.includes('A count has failed.'), text.includes('being counted')]).toEqual([true, false]);
  });

  it.each([
    ['', PATH],
    ['?created', PATH],
    ['?offset=1', `${PATH}?offset=1`],
  ])('lead to newer counts of the part of the list that is shown: %s', async (query, expected) => {
    await create();
    await create({ appliesTo: 'role', role: 'administrator' });
    const { text } = await admin.client.get(`${PATH}${query}`);
    expect(/<a href="([^"]*)">Show the newest figures/.exec(text)?.[1]).toBe(expected);
  });

  it('never show the count of an earlier version of a policy', async () => {
    const { uuid } = await create();
    await admin.client.get(PATH);
    await jobsDone(pages.app.dataSource);
    await pages.app.dataSource.query(`UPDATE step_up_policy SET applies_to = 'role', value = 'agent' WHERE uuid = $1`, [
      uuid,
    ]);
    const { text } = await admin.client.get(PATH);
    const [, row = ''] = new RegExp(`${PATH}/${uuid}">(.*?)</tr>`, 's').exec(text) ?? [];
    expect(row).toContain('<td>is being counted</td>');
  });

  it('count once for policies that refuse the same accounts', async () => {
    await pages.app.dataSource.query('DELETE FROM step_up_policy');
    await pages.app.dataSource.query(
      `INSERT INTO step_up_policy (uuid, applies_to, required_from, methods, created_at, updated_at)
       SELECT gen_random_uuid(), 'customers', now(), methods::text[], now(), now()
       FROM unnest(ARRAY['{email,totp}', '{totp,email}', '{totp,recovery-code,email}']) methods`,
    );
    const counts = await recordStatements(async () => {
      await Promise.all([1, 2, 3, 4].map(() => admin.client.get(PATH)));
      await jobsDone(pages.app.dataSource);
    });
    expect(counts.filter((text) => text.includes('AS accounts FROM customer'))).toHaveLength(1);
  });

  it.each([
    [
      'a company',
      { appliesTo: 'company', company: ' Harbor Supply ' },
      { appliesTo: 'company', value: 'Harbor Supply' },
    ],
    ['a role', { appliesTo: 'role', role: 'agent', company: 'left over' }, { appliesTo: 'role', value: 'agent' }],
    ['all customers', { company: 'left over' }, { appliesTo: 'customers', value: null }],
  ])('create one for %s', async (_, form, expected) => {
    expect(await create(form)).toMatchObject({
      ...expected,
      requiredFrom: new Date('2027-01-31T08:00:00Z'),
      methods: ['email'],
    });
  });

  it.each([
    [{ appliesTo: '' }, ['appliesTo: Fill this in.']],
    [{ appliesTo: 'company' }, ['company: Fill this in.']],
    [{ appliesTo: 'role', role: 'captain' }, ['role: Choose one of the list.']],
    [{ requiredFrom: 'soon' }, ['requiredFrom: This is no date with a time.']],
    [{ methods: 'recovery-code' }, ['methods: These accounts cannot have one of the methods.']],
  ])('say what is wrong: %j', async (form, expected) => {
    const refused = await pages.submit(admin, `${PATH}/new`, { ...FORM, ...form });
    expect([refused.status, problemsIn(refused)]).toEqual([422, expected]);
  });

  it('change one, and leave what the form did not change', async () => {
    const { uuid } = await create({ appliesTo: 'company', company: 'Harbor Supply' });
    const was = await wasOf(uuid);
    await pages.app.dataSource.query(`UPDATE step_up_policy SET methods = '{email,totp}' WHERE uuid = $1`, [uuid]);
    const form = { ...FORM, appliesTo: 'company', company: 'Quay Traders', was };
    expect((await pages.submit(admin, `${PATH}/${uuid}`, form)).location).toBe(`${PATH}?saved`);
    expect((await policies()).find((one) => one.uuid === uuid)).toMatchObject({
      value: 'Quay Traders',
      methods: ['email', 'totp'],
    });
  });

  it('delete one after a question', async () => {
    const { uuid } = await create();
    const path = `${PATH}/${uuid}/delete`;
    expect((await admin.client.get(path)).text).toContain('From the next request on');
    expect((await pages.submit(admin, path)).location).toBe(`${PATH}?deleted`);
    expect((await policies()).some((one) => one.uuid === uuid)).toBe(false);
    expect((await pages.submit(admin, path)).status).toBe(404);
  });

  it('ask for a code before each change, and for a set-up where there is no MFA', async () => {
    const { uuid } = await create();
    const paths = [`${PATH}/new`, `${PATH}/${uuid}`, `${PATH}/${uuid}/delete`];
    const { client } = await pages.reader('administrator');
    for (const path of paths) expect((await client.post(path, FORM)).location).toBe('/back-office/mfa?required');
    await pages.endGrant(admin);
    const before = await policies();
    for (const path of paths) expect((await admin.client.post(path, FORM)).heading).toBe('Confirm that it is you');
    expect(await policies()).toEqual(before);
  });
});

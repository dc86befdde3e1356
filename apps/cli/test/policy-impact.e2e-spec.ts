import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompanyUser, type Customer, type User } from '#auth';
import { PolicyService, type Account, type Caller, type NewPolicy, type PolicyScope } from '#mfa';
import { createCustomer, PASSWORD } from '#testing';
import { PolicyImpactService } from '../../backend/src/mfa-policies/policy-impact.service.js';
import { storeFactor } from '../../backend/test/stored-factors.js';
import { BothApps } from './both-apps.js';

const COMPANIES = ['Acme', 'Nordkai AG', "O'Neill: Söhne"];
const ROLES = ['administrator', 'back-office', 'agent'];
const METHODS = ['email', 'totp', 'recovery-code'];
const ADMINISTRATOR: Caller = { account: { kind: 'user', id: 'administrator' }, sessionId: 'desk' };
const REFUSED = '403 5913';

/** 0: not set up, 1: begun, 2: active. */
const statuses = fc.tuple(...METHODS.map(() => fc.constantFrom<0 | 1 | 2>(0, 0, 1, 2)));
const customers = fc.record({
  confirmed: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
  isAnonymised: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  companies: fc.array(fc.record({ companyName: fc.constantFrom(...COMPANIES), isActive: fc.boolean() }), {
    maxLength: 3,
  }),
  statuses,
});
const users = fc.record({
  roles: fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 3 }),
  status: fc.constantFrom('active', 'active', 'inactive'),
  statuses,
});
const methods = fc.constantFrom(['email'], ['totp'], ['email', 'totp'], ['recovery-code'], ['totp', 'recovery-code']);

describe('The number of accounts that a policy would refuse', () => {
  let apps: BothApps;
  const seed = Math.floor(Math.random() * 2 ** 31);
  /** Writes of the accounts that can log in: each answers its outcome. */
  const writes: Record<'customer' | 'user', (() => Promise<string>)[]> = { customer: [], user: [] };

  const store = async (account: Account, ofMethods: readonly (0 | 1 | 2)[]): Promise<void> => {
    for (const [index, status] of ofMethods.entries()) {
      if (status > 0)
        await storeFactor(apps.backend.dataSource, account, { method: METHODS[index]!, status: status as 1 });
    }
  };
  const addCustomer = async (given: typeof customers extends fc.Arbitrary<infer T> ? T : never): Promise<void> => {
    const { confirmed, isAnonymised, companies } = given;
    const customer: Customer = await createCustomer(apps.backend.dataSource, {
      confirmed,
      anonymizedAt: isAnonymised ? new Date() : null,
    });
    const companyUsers = companies.map((one) => ({ uuid: randomUUID(), customerId: customer.id, ...one }));
    await apps.backend.dataSource.getRepository(CompanyUser).insert(companyUsers);
    await store({ kind: 'customer', id: customer.id }, given.statuses);
    const { json } = await apps
      .api('storefront')
      .post('/access-tokens', { username: customer.email, password: PASSWORD });
    const token = json.data?.attributes.accessToken as string | undefined;
    expect(token !== undefined).toBe(confirmed && !isAnonymised);
    if (token === undefined) return;
    writes.customer.push(() => apps.writeOnStorefront({ app: 'storefront', token, refreshToken: '' }, customer));
  };
  const addUser = async (given: typeof users extends fc.Arbitrary<infer T> ? T : never): Promise<void> => {
    const { roles, status } = given;
    const user: User = await apps.agent({ roles, status });
    await store({ kind: 'user', id: user.id }, given.statuses);
    const login = await apps.login('backend', user);
    if (login.token !== '') writes.user.push(() => apps.writeInBackend(login));
  };

  beforeAll(async () => {
    apps = await BothApps.open({ LOGIN_FAILURE_LIMIT: '1000' });
    for (const customer of fc.sample(customers, { numRuns: 40, seed })) await addCustomer(customer);
    for (const user of fc.sample(users, { numRuns: 25, seed })) await addUser(user);
  });
  afterAll(() => apps.close());

  const policiesOf = (appliesTo: PolicyScope, values: readonly (string | null)[]): readonly NewPolicy[] =>
    values.flatMap((value) => {
      const samples = fc.sample(methods, { numRuns: 3, seed });
      return samples.map((named) => ({ appliesTo, value, methods: named, requiredFrom: new Date(0) }));
    });

  it.each([
    ['customers', 'customer', [null]],
    ['company', 'customer', [...COMPANIES, 'Nobody & Sons']],
    ['role', 'user', [...ROLES, 'merchant']],
  ] as const)('is what the guards refuse, account by account, for the scope %s', async (scope, kind, values) => {
    for (const policy of policiesOf(scope, values)) {
      const { uuid } = await apps.backend.get(PolicyService).create(policy, ADMINISTRATOR);
      const outcomes: string[] = [];
      for (const write of writes[kind]) outcomes.push(await write());
      await apps.backend.get(PolicyService).delete(uuid, ADMINISTRATOR);
      const refused = outcomes.filter((outcome) => outcome === REFUSED).length;
      const counted = await apps.backend.get(PolicyImpactService).refusedBy(policy);
      expect(counted, `${JSON.stringify(policy)}, seed ${seed}`).toBe(refused);
    }
  });

  it('does not depend on the date of the policy', async () => {
    const policy = { appliesTo: 'customers', value: null, methods: ['email'], requiredFrom: new Date(0) } as const;
    const impact = apps.backend.get(PolicyImpactService);
    const later = { ...policy, requiredFrom: new Date('2199-01-01') };
    expect(await impact.refusedBy(later)).toBe(await impact.refusedBy(policy));
    expect(await impact.refusedBy(policy)).toBeGreaterThan(0);
  });
});

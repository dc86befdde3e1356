import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, PASSWORD } from '#testing';
import { WarehouseUserAssignment } from '../src/warehouse-user-assignments/warehouse-user-assignment.entity.js';
import { Warehouse } from '../src/warehouse-user-assignments/warehouse.entity.js';
import { NEW_PASSWORD } from './back-office.js';
import { BackOfficePages, type Reader } from './back-office-pages.js';
import { BACK_OFFICE_PAGES } from './routes.js';

const REMOVAL = { reason: 'Lost the phone' };
const PERSON = { firstName: 'Wim', lastName: 'Dekker', locale: 'en_US' };
const USER = { ...PERSON, username: 'wim@users.example', password: PASSWORD, roles: 'agent', status: 'active' };
const WAREHOUSE = randomUUID();
const POLICY = { appliesTo: 'customers', requiredFrom: '2027-01-31T08:00', methods: 'email' };

/** A good form for every page, and whether the API wants MFA of everybody for it. */
const FORMS: Readonly<Record<string, readonly [form: Record<string, string>, isForMfaAlone: boolean]>> = {
  'POST /users/new': [USER, true],
  'POST /users/:id': [USER, true],
  'POST /users/:id/deactivate': [{}, true],
  'POST /users/:publicId/remove-mfa': [REMOVAL, true],
  'POST /users/:publicId/remove-mfa/:type': [REMOVAL, true],
  'POST /customers/:publicId/remove-mfa': [REMOVAL, true],
  'POST /customers/:publicId/remove-mfa/:type': [REMOVAL, true],
  'POST /policies/new': [POLICY, true],
  'POST /policies/:id': [POLICY, true],
  'POST /policies/:id/delete': [{}, true],
  'POST /profile': [PERSON, false],
  'POST /profile/password': [{ password: PASSWORD, newPassword: NEW_PASSWORD, confirmPassword: NEW_PASSWORD }, false],
  'POST /assignments/new': [{ username: 'quay@users.example', warehouse: WAREHOUSE }, false],
  'POST /assignments/:id': [{ isActive: 'false' }, false],
  'POST /assignments/:id/delete': [{}, false],
};

describe('What the API protects', () => {
  let pages: BackOfficePages;
  let protectedReader: Reader;
  let ids: Readonly<Record<string, string>>;
  let idsWithMfa: Readonly<Record<string, string>>;

  beforeAll(async () => {
    pages = await BackOfficePages.open();
    protectedReader = await pages.protectedReader();
    await pages.endGrant(protectedReader);
    const { dataSource } = pages.app;
    const worker = { username: 'quay@users.example', roles: ['warehouse'], isWarehouseUser: true } as const;
    const user = await pages.office.user({ ...worker, roles: [...worker.roles] });
    const warehouses = dataSource.getRepository(Warehouse);
    const warehouse = await warehouses.save({ uuid: randomUUID(), name: 'Quay' });
    await warehouses.save({ uuid: WAREHOUSE, name: 'Pier' });
    const assignment = { uuid: randomUUID(), userId: user.id, warehouseId: warehouse.id, isActive: true };
    await dataSource.getRepository(WarehouseUserAssignment).insert(assignment);
    const customer = await createCustomer(dataSource);
    const other = await pages.office.user();
    await storeMethod('customer', customer.id);
    await storeMethod('user', other.id);
    const policies = randomUUID();
    const policy = `INSERT INTO step_up_policy (uuid, applies_to, required_from, methods, created_at, updated_at)
      VALUES ($1, 'customers', '2027-01-31', '{email}', now(), now())`;
    await dataSource.query(policy, [policies]);
    ids = { users: user.uuid, assignments: assignment.uuid, policies };
    idsWithMfa = { users: other.uuid, customers: customer.customerReference };
  });
  afterAll(() => pages.app.stop());

  const storeMethod = async (kind: string, id: string): Promise<void> => {
    const { dataSource } = pages.app;
    await dataSource.query(`INSERT INTO mfa_account (account_kind, account_id, revision) VALUES ($1, $2, 1)`, [
      kind,
      id,
    ]);
    const factor = `INSERT INTO mfa_factor (account_kind, account_id, method, status) VALUES ($1, $2, 'email', 2)`;
    await dataSource.query(factor, [kind, id]);
  };
  const pathOf = (route: string): string => {
    const [, list = ''] = /^POST \/(\w+)/.exec(route) ?? [];
    const path = route
      .slice('POST '.length)
      .replace(/:(id|publicId)/, (route.includes('remove-mfa') ? idsWithMfa : ids)[list] ?? '');
    return `/back-office${path.replace(':type', 'email')}`;
  };

  it('is all that the pages change', () => {
    const posts = BACK_OFFICE_PAGES.map(({ route }) => route.replace('/back-office', '')).filter((route) =>
      route.startsWith('POST'),
    );
    expect(Object.keys(FORMS).toSorted()).toEqual(posts.toSorted());
  });

  describe.each(Object.entries(FORMS))('%s', (route, [form, isForMfaAlone]) => {
    it('asks for a code where MFA is on', async () => {
      const { status, heading } = await protectedReader.client.post(pathOf(route), form);
      expect([status, heading]).toEqual([403, 'Confirm that it is you']);
    });

    it('leads who has no MFA to the set-up where it needs one, and nowhere else', async () => {
      const { client } = await pages.reader('administrator');
      const { location } = await client.post(pathOf(route), form);
      expect(location === '/back-office/mfa?required').toBe(isForMfaAlone);
    });
  });
});

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
  'POST /assignments/new': [{ username: 'nobody@users.example', warehouse: 'x' }, false],
  'POST /assignments/:id': [{ isActive: 'false' }, false],
  'POST /assignments/:id/delete': [{}, false],
};

describe('What the API protects', () => {
  let pages: BackOfficePages;
  let protectedReader: Reader;
  let ids: Readonly<Record<string, string>>;

  beforeAll(async () => {
    pages = await BackOfficePages.open();
    protectedReader = await pages.protectedReader();
    await pages.endGrant(protectedReader);
    const { dataSource } = pages.app;
    const user = await pages.office.user({ roles: ['warehouse'], isWarehouseUser: true });
    const warehouse = await dataSource.getRepository(Warehouse).save({ uuid: randomUUID(), name: 'Quay' });
    const assignment = { uuid: randomUUID(), userId: user.id, warehouseId: warehouse.id, isActive: true };
    await dataSource.getRepository(WarehouseUserAssignment).insert(assignment);
    const { customerReference } = await createCustomer(dataSource);
    ids = { users: user.uuid, customers: customerReference, assignments: assignment.uuid, policies: randomUUID() };
  });
  afterAll(() => pages.app.stop());

  const pathOf = (route: string): string => {
    const [, list = ''] = /^POST \/(\w+)/.exec(route) ?? [];
    const path = route.slice('POST '.length).replace(/:(id|publicId)/, ids[list] ?? '');
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

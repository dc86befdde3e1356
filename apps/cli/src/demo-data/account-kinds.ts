import { z } from 'zod';
import { GENDERS, hashPassword, ROLES, SALUTATIONS, USER_STATUSES } from '#auth';
import { ID, IS_ACTIVE, isActive, UUID, WAREHOUSE } from '../catalogue/catalogue-kinds.js';
import { CUSTOMER_ID } from '../loading/entries.sql.js';
import { emailAddress, id, locale, password, text, uuid } from '../loading/entry-rules.js';
import type { Column, Entry, Kind } from '../loading/kind.js';

/** Who logs in, and for whom they act. */

const PERSON: readonly Column[] = [
  { name: 'password_hash', member: 'passwordHash', type: 'text' },
  { name: 'first_name', member: 'firstName', type: 'text' },
  { name: 'last_name', member: 'lastName', type: 'text' },
  { name: 'locale', member: 'locale', type: 'text' },
];

const person = { password, firstName: text(100), lastName: text(100), locale: locale.optional() };

async function withPasswordHash({ password: given, ...entry }: Entry): Promise<Entry> {
  return { ...entry, passwordHash: await hashPassword(String(given)) };
}

export const CUSTOMER: Kind = {
  ...{ kind: 'customer', list: 'customers', table: 'customer' },
  schema: z.strictObject({
    ...person,
    customerReference: text(100),
    email: emailAddress,
    salutation: z.enum(SALUTATIONS),
    gender: z.enum(GENDERS),
    confirmed: z.boolean().optional(),
  }),
  columns: [
    { name: 'customer_reference', member: 'customerReference', type: 'text' },
    { name: 'email', member: 'email', type: 'text' },
    { name: 'salutation', member: 'salutation', type: 'text' },
    { name: 'gender', member: 'gender', type: 'text' },
    { name: 'confirmed', member: 'confirmed', type: 'boolean', fallback: 'true' },
    ...PERSON,
  ],
  unique: [{ members: ['customerReference'] }, { members: ['email'], isCaseless: true }],
  id: CUSTOMER_ID,
  prepare: withPasswordHash,
};

export const COMPANY_USER: Kind = {
  ...{ kind: 'companyUser', list: 'companyUsers', table: 'company_user' },
  schema: z.strictObject({
    uuid,
    companyName: text(255),
    customerReference: text(100),
    isActive,
    isDefault: z.boolean().optional(),
  }),
  columns: [
    UUID,
    { name: 'company_name', member: 'companyName', type: 'text' },
    {
      ...{ name: 'customer_id', member: 'customerReference', type: 'text' },
      reference: {
        ...{ to: CUSTOMER, member: 'customerReference' },
        rule: 'must be a customer in the file or in the database',
      },
    },
    IS_ACTIVE,
    { name: 'is_default', member: 'isDefault', type: 'boolean', fallback: 'false' },
  ],
  unique: [{ members: ['uuid'] }],
};

export const USER: Kind = {
  ...{ kind: 'user', list: 'users', table: 'user_account' },
  schema: z.strictObject({
    ...person,
    id,
    uuid,
    username: emailAddress,
    roles: z.array(z.enum(ROLES)),
    isWarehouseUser: z.boolean(),
    status: z.enum(USER_STATUSES).optional(),
  }),
  columns: [
    ID,
    UUID,
    { name: 'username', member: 'username', type: 'text' },
    { name: 'roles', member: 'roles', type: 'text[]' },
    { name: 'is_warehouse_user', member: 'isWarehouseUser', type: 'boolean' },
    { name: 'status', member: 'status', type: 'text', fallback: `'active'` },
    ...PERSON,
  ],
  unique: [{ members: ['username'], isCaseless: true }, { members: ['uuid'] }, { members: ['id'] }],
  id: `(e.entry ->> 'id')::bigint`,
  prepare: withPasswordHash,
};

export const WAREHOUSE_USER_ASSIGNMENT: Kind = {
  ...{ kind: 'warehouseUserAssignment', list: 'warehouseUserAssignments', table: 'warehouse_user_assignment' },
  schema: z.strictObject({ uuid, userUuid: uuid, warehouseUuid: uuid, isActive }),
  columns: [
    UUID,
    {
      ...{ name: 'user_id', member: 'userUuid', type: 'uuid' },
      reference: {
        ...{ to: USER, member: 'uuid', only: 'isWarehouseUser' },
        rule: 'must be a warehouse user in the file or in the database',
      },
    },
    {
      ...{ name: 'warehouse_id', member: 'warehouseUuid', type: 'uuid' },
      reference: { to: WAREHOUSE, member: 'uuid', rule: 'must be a warehouse in the file or in the database' },
    },
    IS_ACTIVE,
  ],
  unique: [
    { members: ['uuid'] },
    {
      ...{ members: ['userUuid', 'warehouseUuid'] },
      rule: 'is already assigned to this user',
    },
    {
      ...{ members: ['userUuid'], unlessFalse: 'isActive' },
      rule: 'must be false, the user has another active assignment',
    },
  ],
};

import type { Client } from 'pg';
import { type AccountKind, copiedCredentials, type CopyScope, exportedFactors, LEFT_OUT_FACTORS } from '#mfa';
import { copiedRows } from '../json-lines/copy.repository.js';

/** What is read of second factors; with `withCredentials` a line has id and credentials before the account. */
type LineQuery = (scope: CopyScope) => string;

const columnsBefore = (kind: AccountKind, id: string, { withCredentials }: CopyScope): string =>
  withCredentials ? `${id}, ${copiedCredentials(kind, id)}, ` : '';

const CUSTOMERS: LineQuery = (scope) => `
  SELECT ${columnsBefore('customer', 'c.id', scope)}json_build_object('kind', 'customer', 'customerReference', c.customer_reference, 'email', c.email,
    'passwordHash', c.password_hash, 'salutation', c.salutation, 'firstName', c.first_name, 'lastName', c.last_name,
    'gender', c.gender, 'dateOfBirth', c.date_of_birth, 'locale', c.locale, 'confirmed', c.confirmed,
    'createdAt', c.created_at, 'updatedAt', c.updated_at, 'companyUsers', coalesce((
      SELECT jsonb_agg(jsonb_build_object('uuid', u.uuid, 'companyName', u.company_name, 'isActive', u.is_active,
        'isDefault', u.is_default) ORDER BY u.uuid)
      FROM company_user u WHERE u.customer_id = c.id), '[]'),
    'mfa', ${exportedFactors('customer', 'c.id', scope)})
  FROM customer c WHERE c.anonymized_at IS NULL ORDER BY c.id`;

const USERS: LineQuery = (scope) => `
  SELECT ${columnsBefore('user', 'u.id', scope)}json_build_object('kind', 'user', 'uuid', u.uuid, 'username', u.username, 'passwordHash', u.password_hash,
    'firstName', u.first_name, 'lastName', u.last_name, 'roles', u.roles, 'isWarehouseUser', u.is_warehouse_user,
    'locale', u.locale, 'status', u.status, 'createdAt', u.created_at, 'updatedAt', u.updated_at,
    'mfa', ${exportedFactors('user', 'u.id', scope)})
  FROM user_account u ORDER BY u.id`;

export async function countAccounts(client: Client): Promise<number> {
  const { rows } = await client.query<{ total: number }>(
    `SELECT ((SELECT count(*) FROM customer WHERE anonymized_at IS NULL) + (SELECT count(*) FROM user_account))::int AS total`,
  );
  return rows[0]?.total ?? 0;
}

/** Bytes of lines, an account each, in the order of their creation: customers, then users. */
export async function* copiedLines(client: Client, scope: CopyScope): AsyncGenerator<Buffer> {
  for (const query of [CUSTOMERS, USERS]) {
    yield* copiedRows(client, query(scope));
  }
}

/** Active methods that do not go along, by whether something is kept of them that could be sealed. */
export interface LeftOutFactors {
  readonly hasCredential: boolean;
  readonly methods: number;
  readonly accounts: number;
}

export async function leftOutFactors(
  client: Client,
  { methodsThatHandOut, withCredentials }: CopyScope,
): Promise<readonly LeftOutFactors[]> {
  const { rows } = await client.query<LeftOutFactors>(LEFT_OUT_FACTORS, [methodsThatHandOut]);
  return rows.filter(({ hasCredential }) => !(hasCredential && withCredentials));
}

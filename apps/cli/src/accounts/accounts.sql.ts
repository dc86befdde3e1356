import { type AccountKind, copiedCredentials, type CopyScope, exportedFactors, factorsImport } from '#mfa';

/** Something that is unique among accounts. */
export interface UniqueKey {
  readonly member: string;
  /** A query for the line and the key of each staged account. */
  readonly staged: string;
  /** The key of an account `t` of the database. */
  readonly stored: string;
  readonly table: string;
}

const stagedOf = (kind: AccountKind, key: string): string =>
  `SELECT line, ${key} AS key FROM staged_entry WHERE kind = '${kind}'`;

export const UNIQUE_KEYS: readonly UniqueKey[] = [
  {
    member: 'customerReference',
    staged: stagedOf('customer', 'natural_key'),
    stored: 't.customer_reference',
    table: 'customer',
  },
  {
    member: 'email',
    staged: stagedOf('customer', `lower(entry ->> 'email')`),
    stored: 'lower(t.email)',
    table: 'customer',
  },
  { member: 'uuid', staged: stagedOf('user', 'natural_key::uuid'), stored: 't.uuid', table: 'user_account' },
  {
    member: 'username',
    staged: stagedOf('user', `lower(entry ->> 'username')`),
    stored: 'lower(t.username)',
    table: 'user_account',
  },
  {
    member: 'companyUsers',
    staged: `SELECT line, (u ->> 'uuid')::uuid AS key
      FROM staged_entry CROSS JOIN jsonb_array_elements(entry -> 'companyUsers') AS u WHERE kind = 'customer'`,
    stored: 't.uuid',
    table: 'company_user',
  },
];

export const repeatedQuery = ({ staged }: UniqueKey): string => `
  SELECT line::float8, owner::float8 FROM (
    SELECT line, first_value(line) OVER same AS owner, row_number() OVER same AS place FROM (${staged}) AS s
    WINDOW same AS (PARTITION BY key ORDER BY line)) AS numbered
  WHERE place > 1 ORDER BY numbered.line LIMIT 1000`;

export const takenQuery = ({ staged, stored, table }: UniqueKey): string => `
  SELECT line::float8, NULL AS owner FROM (${staged}) AS s
  WHERE EXISTS (SELECT FROM ${table} t WHERE ${stored} = s.key) ORDER BY s.line LIMIT 1000`;

const FACTORS_IMPORT = factorsImport({ now: '$3', operator: '$4' });

export const STORE_CUSTOMERS = `
  WITH batch AS MATERIALIZED (
    SELECT i.line, e.* FROM staged_entry i
    CROSS JOIN jsonb_to_record(i.entry) AS e("customerReference" text, email text, "passwordHash" text, salutation text,
      "firstName" text, "lastName" text, gender text, "dateOfBirth" date, locale text, confirmed boolean,
      "createdAt" timestamptz, "updatedAt" timestamptz, "companyUsers" jsonb, mfa jsonb)
    WHERE i.line BETWEEN $1 AND $2 AND i.kind = 'customer'
  ), inserted AS (
    INSERT INTO customer (customer_reference, email, password_hash, salutation, first_name, last_name, gender,
      date_of_birth, locale, confirmed, created_at, updated_at)
    SELECT "customerReference", email, "passwordHash", salutation, "firstName", "lastName", gender, "dateOfBirth",
      locale, confirmed, "createdAt", "updatedAt" FROM batch ORDER BY line
    RETURNING id, customer_reference
  ), company_users AS (
    INSERT INTO company_user (uuid, customer_id, company_name, is_active, is_default)
    SELECT u.uuid, i.id, u."companyName", u."isActive", u."isDefault"
    FROM batch b JOIN inserted i ON i.customer_reference = b."customerReference"
    CROSS JOIN jsonb_to_recordset(b."companyUsers")
      AS u(uuid uuid, "companyName" text, "isActive" boolean, "isDefault" boolean)
  ), protected AS MATERIALIZED (
    SELECT 'customer' AS kind, i.id::text AS account_id, b.mfa
    FROM batch b JOIN inserted i ON i.customer_reference = b."customerReference" WHERE jsonb_typeof(b.mfa) = 'object'
  ), ${FACTORS_IMPORT}
  SELECT`;

export const STORE_USERS = `
  WITH batch AS MATERIALIZED (
    SELECT i.line, e.* FROM staged_entry i
    CROSS JOIN jsonb_to_record(i.entry) AS e(uuid uuid, username text, "passwordHash" text, "firstName" text,
      "lastName" text, roles text[], "isWarehouseUser" boolean, locale text, status text, "createdAt" timestamptz,
      "updatedAt" timestamptz, mfa jsonb)
    WHERE i.line BETWEEN $1 AND $2 AND i.kind = 'user'
  ), inserted AS (
    INSERT INTO user_account (uuid, username, password_hash, first_name, last_name, roles, is_warehouse_user, locale,
      status, created_at, updated_at)
    SELECT uuid, username, "passwordHash", "firstName", "lastName", roles, "isWarehouseUser", locale, status,
      "createdAt", "updatedAt" FROM batch ORDER BY line
    RETURNING id, uuid
  ), protected AS MATERIALIZED (
    SELECT 'user' AS kind, i.id::text AS account_id, b.mfa FROM batch b JOIN inserted i USING (uuid)
    WHERE jsonb_typeof(b.mfa) = 'object'
  ), ${FACTORS_IMPORT}
  SELECT`;

const storedOf = (kind: AccountKind, table: string, naturalKey: string, key: string): string => `
  SELECT i.kind, t.id::text AS id, i.natural_key AS "naturalKey", i.entry #> '{mfa,credentials}' AS credentials
  FROM staged_entry i JOIN ${table} t ON t.${naturalKey} = ${key}
  WHERE i.kind = '${kind}' AND i.line BETWEEN $1 AND $2 AND i.entry #> '{mfa,credentials}' IS NOT NULL`;

/** Accounts that were stored, with the credentials in their lines: `$1` and `$2` are the first and the last line. */
export const STORED_ACCOUNTS = [
  storedOf('customer', 'customer', 'customer_reference', 'i.natural_key'),
  storedOf('user', 'user_account', 'uuid', 'i.natural_key::uuid'),
];

/** With `withCredentials` a line has the id and the credentials before the account. */
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

/** Lines of all accounts in the order of their creation: customers, then users. */
export const EXPORT_QUERIES: readonly LineQuery[] = [CUSTOMERS, USERS];

export const COUNT_ACCOUNTS = `
  SELECT ((SELECT count(*) FROM customer WHERE anonymized_at IS NULL) + (SELECT count(*) FROM user_account))::int AS total`;

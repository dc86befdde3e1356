import type { Client } from 'pg';
import {
  type Account,
  type AccountCopyService,
  type AccountKind,
  COPIED_CREDENTIALS_IMPORT,
  type CopiedCredential,
  type EncryptionKey,
  factorsImport,
} from '#mfa';

/** A line whose key is taken. */
export interface Conflict {
  readonly line: number;
  readonly member: string;
  /** The line that has the key already; null: an account of the database has. */
  readonly owner: number | null;
}

/** What no two accounts share. */
interface UniqueKey {
  readonly member: string;
  /** Line and key of all that wait. */
  readonly staged: string;
  /** The key of an account `t` of the database. */
  readonly stored: string;
  readonly table: string;
}

const stagedOf = (kind: string, key: string): string =>
  `SELECT line, ${key} AS key FROM account_import WHERE kind = '${kind}'`;

const UNIQUE_KEYS: readonly UniqueKey[] = [
  {
    member: 'customerReference',
    staged: stagedOf('customer', 'natural_key'),
    stored: 't.customer_reference',
    table: 'customer',
  },
  { member: 'email', staged: stagedOf('customer', 'lower(login)'), stored: 'lower(t.email)', table: 'customer' },
  { member: 'uuid', staged: stagedOf('user', 'natural_key::uuid'), stored: 't.uuid', table: 'user_account' },
  { member: 'username', staged: stagedOf('user', 'lower(login)'), stored: 'lower(t.username)', table: 'user_account' },
  {
    member: 'companyUsers',
    staged: `SELECT line, (u ->> 'uuid')::uuid AS key
      FROM account_import CROSS JOIN jsonb_array_elements(entry -> 'companyUsers') AS u WHERE kind = 'customer'`,
    stored: 't.uuid',
    table: 'company_user',
  },
];

/** @returns the first of each kind of conflict, by line: at most `limit` of them */
export async function findConflicts(client: Client, limit: number): Promise<readonly Conflict[]> {
  const found: Conflict[] = [];
  for (const key of UNIQUE_KEYS) {
    found.push(...(await conflictsOf(client, repeated(key), key, limit)));
    found.push(...(await conflictsOf(client, taken(key), key, limit)));
  }
  return found;
}

const repeated = ({ staged }: UniqueKey): string => `
  SELECT line::float8, owner::float8 FROM (
    SELECT line, first_value(line) OVER same AS owner, row_number() OVER same AS place FROM (${staged}) AS s
    WINDOW same AS (PARTITION BY key ORDER BY line)) AS numbered
  WHERE place > 1 ORDER BY numbered.line LIMIT $1`;

const taken = ({ staged, stored, table }: UniqueKey): string => `
  SELECT line::float8, NULL AS owner FROM (${staged}) AS s
  WHERE EXISTS (SELECT FROM ${table} t WHERE ${stored} = s.key) ORDER BY s.line LIMIT $1`;

async function conflictsOf(
  client: Client,
  statement: string,
  { member }: UniqueKey,
  limit: number,
): Promise<Conflict[]> {
  const { rows } = await client.query<{ line: number; owner: number | null }>(statement, [limit]);
  return rows.map((row) => ({ ...row, member }));
}

export interface Batch {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly at: Date;
  /** Who imports, for the audit trail. */
  readonly operator: string;
}

const FACTORS_IMPORT = factorsImport({ now: '$3', operator: '$4' });

const STORE_CUSTOMERS = `
  WITH batch AS MATERIALIZED (
    SELECT i.line, e.* FROM account_import i
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

const STORE_USERS = `
  WITH batch AS MATERIALIZED (
    SELECT i.line, e.* FROM account_import i
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

/** A registered customer's reference ends in the customer's id, which must not meet a reference of the file. */
const CONTINUE_REFERENCES = `
  SELECT setval(sequence, last)
  FROM (SELECT pg_get_serial_sequence('customer', 'id')::regclass AS sequence,
      max(substring(natural_key FROM '--([0-9]{1,15})$')::bigint) AS last
    FROM account_import WHERE kind = 'customer') AS numbers
  WHERE last > coalesce(pg_sequence_last_value(sequence), 0)`;

/** Sequences are not undone with a transaction, and never go back. */
export async function continueReferences(client: Client): Promise<void> {
  await client.query(CONTINUE_REFERENCES);
}

/** Stores the accounts of some lines that wait, in the order of the file. */
export async function storeBatch(client: Client, { firstLine, lastLine, at, operator }: Batch): Promise<void> {
  const values = [firstLine, lastLine, at, operator];
  await client.query({ name: 'store_customers', text: STORE_CUSTOMERS, values });
  await client.query({ name: 'store_users', text: STORE_USERS, values });
}

interface StoredAccount {
  readonly kind: AccountKind;
  readonly id: string;
  readonly naturalKey: string;
  readonly credentials: readonly CopiedCredential[];
}

const storedOf = (kind: AccountKind, table: string, naturalKey: string, key: string): string => `
  SELECT i.kind, t.id::text AS id, i.natural_key AS "naturalKey", i.entry #> '{mfa,credentials}' AS credentials
  FROM account_import i JOIN ${table} t ON t.${naturalKey} = ${key}
  WHERE i.kind = '${kind}' AND i.line BETWEEN $1 AND $2 AND i.entry #> '{mfa,credentials}' IS NOT NULL`;

const STORED_ACCOUNTS = [
  storedOf('customer', 'customer', 'customer_reference', 'i.natural_key'),
  storedOf('user', 'user_account', 'uuid', 'i.natural_key::uuid'),
];

/** Stores the credentials of accounts that `storeBatch` has stored, sealed for the ids that they got. */
export async function storeCredentials(
  client: Client,
  { firstLine, lastLine }: Pick<Batch, 'firstLine' | 'lastLine'>,
  copies: AccountCopyService,
  key: EncryptionKey,
): Promise<void> {
  for (const statement of STORED_ACCOUNTS) {
    const { rows } = await client.query<StoredAccount>(statement, [firstLine, lastLine]);
    const sealed = rows.flatMap(({ credentials, naturalKey, ...account }) =>
      credentials.map((one) => ({
        ...copies.sealForAccount(account, { kind: account.kind, naturalKey }, one, key),
        ...columnsOf(account),
      })),
    );
    if (sealed.length > 0) await client.query(COPIED_CREDENTIALS_IMPORT, [JSON.stringify(sealed)]);
  }
}

const columnsOf = ({ kind, id }: Account): object => ({ accountKind: kind, accountId: id });

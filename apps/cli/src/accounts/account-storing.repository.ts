import type { Client } from 'pg';
import { factorsImport } from '#mfa';

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

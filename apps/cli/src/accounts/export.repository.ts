import type { Readable } from 'node:stream';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { copiedFactors } from '#mfa';
import { RAW_LINES } from './copy-format.js';

const CUSTOMERS = `
  SELECT json_build_object('kind', 'customer', 'customerReference', c.customer_reference, 'email', c.email,
    'passwordHash', c.password_hash, 'salutation', c.salutation, 'firstName', c.first_name, 'lastName', c.last_name,
    'gender', c.gender, 'dateOfBirth', c.date_of_birth, 'locale', c.locale, 'confirmed', c.confirmed,
    'createdAt', c.created_at, 'updatedAt', c.updated_at, 'companyUsers', coalesce((
      SELECT jsonb_agg(jsonb_build_object('uuid', u.uuid, 'companyName', u.company_name, 'isActive', u.is_active,
        'isDefault', u.is_default) ORDER BY u.uuid)
      FROM company_user u WHERE u.customer_id = c.id), '[]'),
    'mfa', ${copiedFactors('customer', 'c.id')})
  FROM customer c WHERE c.anonymized_at IS NULL ORDER BY c.id`;

const USERS = `
  SELECT json_build_object('kind', 'user', 'uuid', u.uuid, 'username', u.username, 'passwordHash', u.password_hash,
    'firstName', u.first_name, 'lastName', u.last_name, 'roles', u.roles, 'isWarehouseUser', u.is_warehouse_user,
    'locale', u.locale, 'status', u.status, 'createdAt', u.created_at, 'updatedAt', u.updated_at,
    'mfa', ${copiedFactors('user', 'u.id')})
  FROM user_account u ORDER BY u.id`;

/** All that follows sees the database as it is now. */
export async function openSnapshot(client: Client): Promise<void> {
  await client.query(`SET TIME ZONE 'UTC'`);
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
}

export async function closeSnapshot(client: Client): Promise<void> {
  await client.query('COMMIT');
}

export async function countAccounts(client: Client): Promise<number> {
  const { rows } = await client.query<{ total: number }>(
    `SELECT ((SELECT count(*) FROM customer WHERE anonymized_at IS NULL) + (SELECT count(*) FROM user_account))::int AS total`,
  );
  return rows[0]?.total ?? 0;
}

/** Bytes of lines of JSON, an account each, in the order of their creation. One of them is read at a time. */
export function customerLines(client: Client): Readable {
  return client.query(copyTo(`COPY (${CUSTOMERS}) TO STDOUT WITH ${RAW_LINES}`));
}

export function userLines(client: Client): Readable {
  return client.query(copyTo(`COPY (${USERS}) TO STDOUT WITH ${RAW_LINES}`));
}

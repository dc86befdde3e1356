import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Account, AccountKind } from '#mfa';
import { prepared, type Statement } from '#platform';
import type { Credentials } from './account.js';

/** A company user counts when it is the only active one, or the default. */
const SELECT_CUSTOMER = `
  SELECT 'customer' AS kind, c.id, c.password_hash AS "passwordHash",
    c.confirmed AND c.anonymized_at IS NULL AS eligible,
    c.customer_reference AS "customerReference", '{}'::text[] AS roles,
    (SELECT min(uuid::text) FILTER (WHERE is_default OR total = 1)
      FROM (SELECT uuid, is_default, count(*) OVER () AS total FROM company_user
        WHERE customer_id = c.id AND is_active) AS candidates) AS "idCompanyUser"
  FROM customer c`;

const SELECT_USER = `
  SELECT 'user' AS kind, u.id, u.password_hash AS "passwordHash", u.status = 'active' AS eligible,
    NULL AS "customerReference", u.roles, NULL AS "idCompanyUser"
  FROM user_account u`;

const BY_USERNAME: Record<AccountKind, Statement> = {
  customer: {
    name: 'auth_customer_by_email',
    text: `${SELECT_CUSTOMER} WHERE lower(c.email) = lower($1) AND c.anonymized_at IS NULL`,
  },
  user: { name: 'auth_user_by_username', text: `${SELECT_USER} WHERE lower(u.username) = lower($1)` },
};

const BY_ID: Record<AccountKind, Statement> = {
  customer: { name: 'auth_customer_by_id', text: `${SELECT_CUSTOMER} WHERE c.id = $1` },
  user: { name: 'auth_user_by_id', text: `${SELECT_USER} WHERE u.id = $1` },
};

const BY_REFERENCE: Statement = {
  name: 'auth_customer_by_reference',
  text: `${SELECT_CUSTOMER} WHERE c.customer_reference = $1`,
};

/** Accounts as authentication sees them. */
@Injectable()
export class AccountRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @param username an e-mail address, in any case */
  async findByUsername(kind: AccountKind, username: string): Promise<Credentials | undefined> {
    const [row] = await prepared<Credentials>(this.dataSource, BY_USERNAME[kind], [username]);
    return row;
  }

  async findById({ kind, id }: Account): Promise<Credentials | undefined> {
    const [row] = await prepared<Credentials>(this.dataSource, BY_ID[kind], [id]);
    return row;
  }

  async findByReference(customerReference: string): Promise<Credentials | undefined> {
    if (customerReference.includes('\0')) return undefined; // no text in the database has one
    const [row] = await prepared<Credentials>(this.dataSource, BY_REFERENCE, [customerReference]);
    return row;
  }

  /** Whether this is an active company user of the customer. */
  async hasCompanyUser({ id }: Account, uuid: string): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `SELECT FROM company_user WHERE customer_id = $1 AND uuid = $2 AND is_active`,
      [id, uuid],
    );
    return rows.length > 0;
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import type { DataSource } from 'typeorm';
import { isStorable } from '#json-api';
import type { Account, AccountKind } from '#mfa';
import { prepared, type Statement } from '#platform';

/** How the outside knows an account, and whose it is. */
export interface KnownAccount extends Account {
  /** The reference of a customer, the uuid of a user. */
  readonly publicId: string;
  /** First and last name; null: anonymised. */
  readonly name: string | null;
  readonly email: string | null;
}

const SELECT: Readonly<Record<AccountKind, string>> = {
  customer: `
    SELECT 'customer' AS kind, id::text, customer_reference AS "publicId",
      CASE WHEN anonymized_at IS NULL THEN first_name || ' ' || last_name END AS name,
      CASE WHEN anonymized_at IS NULL THEN email END AS email
    FROM customer`,
  user: `
    SELECT 'user' AS kind, id::text, uuid::text AS "publicId", first_name || ' ' || last_name AS name, username AS email
    FROM user_account`,
};

const FIND: Readonly<Record<AccountKind, Statement>> = {
  customer: { name: 'backend_find_customer_account', text: `${SELECT.customer} WHERE customer_reference = $1` },
  user: { name: 'backend_find_user_account', text: `${SELECT.user} WHERE uuid = $1` },
};

const DESCRIBE: Statement = {
  name: 'backend_describe_accounts',
  text: `${SELECT.customer} WHERE id = ANY ($1::bigint[]) UNION ALL ${SELECT.user} WHERE id = ANY ($2::bigint[])`,
};

/** Other ids no account of this application has; a bigint has up to 19 digits. */
const ID = /^\d{1,18}$/;

/** Finds accounts by what the outside calls them, and the other way round. */
@Injectable()
export class AccountDirectoryRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @param publicId the reference of a customer, or the uuid of a user in any spelling */
  async find(kind: AccountKind, publicId: string): Promise<KnownAccount | undefined> {
    if (kind === 'user' ? !isUUID(publicId, 'loose') : !isStorable(publicId)) return undefined;
    const [account] = await prepared<KnownAccount>(this.dataSource, FIND[kind], [publicId]);
    return account;
  }

  /** The accounts that there are, in one statement for any number. */
  async describe(accounts: readonly Account[]): Promise<readonly KnownAccount[]> {
    const idsOf = (kind: AccountKind): string[] => [
      ...new Set(accounts.filter((one) => one.kind === kind && ID.test(one.id)).map(({ id }) => id)),
    ];
    return prepared<KnownAccount>(this.dataSource, DESCRIBE, [idsOf('customer'), idsOf('user')]);
  }
}

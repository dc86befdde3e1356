import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Account, AccountKind } from '#mfa';

const FIND: Readonly<Record<AccountKind, string>> = {
  customer: `SELECT id FROM customer WHERE lower(email) = lower($1)`,
  user: `SELECT id FROM user_account WHERE lower(username) = lower($1)`,
};

/** Accounts as their mails see them; whether one gets a key is decided under its lock, when the key is drawn. */
@Injectable()
export class MailedAccountsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns the account with this address, in any case */
  async find(kind: AccountKind, email: string): Promise<Account | undefined> {
    const [row] = await this.dataSource.query<{ id: string }[]>(FIND[kind], [email]);
    return row && { kind, id: row.id };
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Raw, type DataSource } from 'typeorm';
import type { Account, AccountKind } from '#mfa';
import { Customer } from '../accounts/customer.entity.js';
import { User } from '../accounts/user.entity.js';

/** Accounts as their mails see them; whether one gets a key is decided under its lock, when the key is drawn. */
@Injectable()
export class MailedAccountsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns the account with this address, in any case */
  async find(kind: AccountKind, email: string): Promise<Account | undefined> {
    const { manager } = this.dataSource;
    const address = Raw((column) => `lower(${column}) = lower(:email)`, { email });
    const select = { id: true } as const;
    const row =
      kind === 'customer'
        ? await manager.findOne(Customer, { select, where: { email: address } })
        : await manager.findOne(User, { select, where: { username: address } });
    return row ? { kind, id: row.id } : undefined;
  }
}

import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Raw, type Repository } from 'typeorm';
import type { Account, AccountKind } from '#mfa';
import { Customer } from '../accounts/customer.entity.js';
import { User } from '../accounts/user.entity.js';

/** Finds accounts for mails. Whether an account gets a key is decided later, under its lock, when the key is drawn. */
@Injectable()
export class MailedAccountsRepository {
  constructor(
    @InjectRepository(Customer) private readonly customers: Repository<Customer>,
    @InjectRepository(User) private readonly users: Repository<User>,
  ) {}

  /** @returns the account with this address; upper and lower case are the same */
  async find(kind: AccountKind, email: string): Promise<Account | undefined> {
    const address = Raw((column) => `lower(${column}) = lower(:email)`, { email });
    const select = { id: true } as const;
    const row =
      kind === 'customer'
        ? await this.customers.findOne({ select, where: { email: address } })
        : await this.users.findOne({ select, where: { username: address } });
    return row ? { kind, id: row.id } : undefined;
  }
}

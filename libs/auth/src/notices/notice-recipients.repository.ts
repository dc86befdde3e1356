import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, type Repository } from 'typeorm';
import type { AccountKind, Recipient } from '#mfa';
import { Customer } from '../accounts/customer.entity.js';
import { User } from '../accounts/user.entity.js';

/** Finds the recipient of a notice: the person of the account, even of an inactive one. */
@Injectable()
export class NoticeRecipientsRepository {
  constructor(
    @InjectRepository(Customer) private readonly customers: Repository<Customer>,
    @InjectRepository(User) private readonly users: Repository<User>,
  ) {}

  /** @returns undefined if the account is unknown or the customer anonymised */
  async find(kind: AccountKind, id: string): Promise<Recipient | undefined> {
    // the trail may have accounts of other applications; the ids of this application are numbers
    if (!/^\d{1,18}$/.test(id)) return undefined;
    if (kind === 'customer') {
      const customer = await this.customers.findOneBy({ id, anonymizedAt: IsNull() });
      return customer ? { email: customer.email, locale: customer.locale } : undefined;
    }
    const user = await this.users.findOneBy({ id });
    return user ? { email: user.username, locale: user.locale } : undefined;
  }
}

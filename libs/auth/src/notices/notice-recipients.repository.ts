import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { IsNull, type DataSource } from 'typeorm';
import type { AccountKind, Recipient } from '#mfa';
import { Customer } from '../accounts/customer.entity.js';
import { User } from '../accounts/user.entity.js';

/** Who is told of what happened to an account: its person, also of one that is inactive. */
@Injectable()
export class NoticeRecipientsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns undefined for an unknown account and an anonymised customer */
  async find(kind: AccountKind, id: string): Promise<Recipient | undefined> {
    // the trail also has accounts of other applications; ours have numbers
    if (!/^\d{1,18}$/.test(id)) return undefined;
    const { manager } = this.dataSource;
    if (kind === 'customer') {
      const customer = await manager.findOneBy(Customer, { id, anonymizedAt: IsNull() });
      return customer ? { email: customer.email, locale: customer.locale } : undefined;
    }
    const user = await manager.findOneBy(User, { id });
    return user ? { email: user.username, locale: user.locale } : undefined;
  }
}

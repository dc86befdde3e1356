import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { AccountKind } from '#mfa';
import { run } from '#sql';
import { ACCOUNT_GROWTH } from './account-totals.sql.js';

interface Growth {
  readonly kind: AccountKind;
  readonly day: Date;
  readonly accounts: number;
}

@Injectable()
export class AccountTotalsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The numbers of accounts at the end of each of these days, the first of which is the oldest. */
  async atEndsOf(days: readonly Date[]): Promise<readonly Readonly<Record<AccountKind, number>>[]> {
    const growth = await run<Growth>(this.dataSource, ACCOUNT_GROWTH, { since: days[0] });
    const totalOf = (kind: AccountKind, end: Date): number =>
      growth.reduce((sum, { kind: of, day, accounts }) => (of === kind && day <= end ? sum + accounts : sum), 0);
    return days.map((day) => ({ customer: totalOf('customer', day), user: totalOf('user', day) }));
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { NewPolicy } from '#mfa';
import { run } from '#sql';
import { REFUSED_ACCOUNTS } from './policy-impact.sql.js';

@Injectable()
export class PolicyImpactRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** How many accounts in the policy's scope have none of its methods. */
  async count({ appliesTo, value, methods }: Omit<NewPolicy, 'requiredFrom'>): Promise<number> {
    const [row] = await run<{ accounts: number }>(this.dataSource, REFUSED_ACCOUNTS[appliesTo], { value, methods });
    return row?.accounts ?? 0;
  }
}

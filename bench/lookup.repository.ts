import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { prepared } from '#platform';
import { ACCOUNT_KIND } from './accounts.repository.js';

/** One prepared SELECT of one row by its primary key: what all other statements are compared with. */
export const lookup = (id: string) => ({
  name: 'bench_lookup',
  text: 'SELECT miss_count FROM mfa_account WHERE account_kind = $1 AND account_id = $2',
  values: [ACCOUNT_KIND, id] as unknown[],
});

@Injectable()
export class LookupRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async find(id: string): Promise<void> {
    const { values, ...statement } = lookup(id);
    await prepared(this.dataSource, statement, values);
  }
}

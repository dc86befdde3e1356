import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { run, statement } from '#sql';
import { ACCOUNT_KIND } from './accounts.sql.js';

/** A prepared SELECT of one row by its primary key. All other statements are compared with it. */
const LOOKUP = statement(
  'bench_lookup',
  `SELECT miss_count FROM mfa_account WHERE account_kind = :kind AND account_id = :id`,
);

/** In the form that the driver takes. */
export const lookup = (id: string) => ({ ...LOOKUP, values: [ACCOUNT_KIND, id] as unknown[] });

@Injectable()
export class LookupRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async find(id: string): Promise<void> {
    await run(this.dataSource, LOOKUP, { kind: ACCOUNT_KIND, id });
  }
}

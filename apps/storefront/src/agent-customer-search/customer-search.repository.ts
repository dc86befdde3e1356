import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { customerSearch, MOST_FOUND } from '#auth';
import type { CountedPage } from '#json-api';
import { run } from '#sql';
import { searchStatement } from './customer-search.sql.js';
import type { FoundCustomerDto } from './dto/found-customers.dto.js';

export interface FoundCustomers extends Pick<CountedPage, 'total' | 'most'> {
  readonly customers: readonly FoundCustomerDto[];
}

/** Finds customers for agents, except anonymised ones. */
@Injectable()
export class CustomerSearchRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @param text see `customerSearch`; empty: all customers */
  async find(text: string, { offset, limit }: { offset: number; limit: number }): Promise<FoundCustomers> {
    const search = customerSearch(text, 'text');
    const values = { limit, offset, ...(search && { text: search.value }) };
    const [row] = await run<FoundCustomers>(this.dataSource, searchStatement(search ? [search] : []), values);
    return { ...(row ?? { total: 0, customers: [] }), ...(search && { most: MOST_FOUND }) };
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { IsNull, type DataSource } from 'typeorm';
import { Customer, customerSearch, MOST_FOUND } from '#auth';
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

  /** @param text see `customerSearch`; none: all customers. A value that no text can contain finds nobody */
  async find(text: unknown = '', { offset, limit }: { offset: number; limit: number }): Promise<FoundCustomers> {
    if (typeof text !== 'string' || text.includes('\0')) return { total: 0, customers: [] };
    const search = customerSearch(text, 'text');
    const values = { limit, offset, ...(search && { text: search.value }) };
    const [row] = await run<FoundCustomers>(this.dataSource, searchStatement(search ? [search] : []), values);
    return { ...(row ?? { total: 0, customers: [] }), ...(search && { most: MOST_FOUND }) };
  }

  async findByReference(customerReference: string): Promise<FoundCustomerDto | undefined> {
    if (customerReference.includes('\0')) return undefined; // PostgreSQL texts cannot contain this character
    const select = { customerReference: true, email: true, firstName: true, lastName: true } as const;
    const where = { customerReference, anonymizedAt: IsNull() };
    return (await this.dataSource.getRepository(Customer).findOne({ select, where })) ?? undefined;
  }
}

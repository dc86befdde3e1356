import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { customerSearch, MOST_FOUND, withListedCustomers, type CustomerSearch } from '#auth';
import type { CountedPage } from '#json-api';

/** A customer as agents find them. */
export interface FoundCustomer {
  readonly customerReference: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface FoundCustomers extends Pick<CountedPage, 'total' | 'most'> {
  readonly customers: readonly FoundCustomer[];
}

const statement = (searches: readonly CustomerSearch[]): string => `
  ${withListedCustomers([], searches)}, page AS (
    SELECT * FROM listed ORDER BY id LIMIT $1 OFFSET $2
  )
  SELECT counted.total,
    (SELECT coalesce(json_agg(json_build_object('customerReference', customer_reference, 'email', email,
      'firstName', first_name, 'lastName', last_name) ORDER BY id), '[]') FROM page) AS customers
  FROM counted`;

/** Finds customers for agents; those who were anonymised are gone. */
@Injectable()
export class CustomerSearchRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @param text as in `customerSearch`; empty: everybody */
  async find(text: string, { offset, limit }: { offset: number; limit: number }): Promise<FoundCustomers> {
    const search = customerSearch(text, '$3');
    const searches = search ? [search] : [];
    const values = [limit, offset, ...searches.map(({ value }) => value)];
    const [row] = await this.dataSource.query<FoundCustomers[]>(statement(searches), values);
    return { ...(row ?? { total: 0, customers: [] }), ...(search && { most: MOST_FOUND }) };
  }
}

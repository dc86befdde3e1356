import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { customerContains, searchedPart, searchPathOf, type SearchPath } from '#auth';
import { prepared, type Statement } from '#platform';

/** A customer as agents find them. */
export interface FoundCustomer {
  readonly customerReference: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface FoundCustomers {
  /** Of all pages. */
  readonly total: number;
  readonly customers: readonly FoundCustomer[];
}

/** A page and the number of all in one statement; what was searched is read once for both. */
const searchBy = (path: SearchPath): Statement => ({
  name: `storefront_search_customers_${path}`,
  text: `
    WITH found AS ${path === 'all' ? 'NOT MATERIALIZED' : 'MATERIALIZED'} (
      SELECT id, customer_reference, email, first_name, last_name FROM customer
      WHERE anonymized_at IS NULL AND ${customerContains('$1', path)}
    ), page AS (
      SELECT * FROM found ORDER BY id LIMIT $2 OFFSET $3
    )
    SELECT (SELECT count(*)::int FROM found) AS total,
      (SELECT coalesce(json_agg(json_build_object('customerReference', customer_reference, 'email', email,
        'firstName', first_name, 'lastName', last_name) ORDER BY id), '[]') FROM page) AS customers`,
});

const SEARCHES: Readonly<Record<SearchPath, Statement>> = {
  all: searchBy('all'),
  index: searchBy('index'),
  scan: searchBy('scan'),
};

/** Finds customers for agents; those who were anonymised are gone. */
@Injectable()
export class CustomerSearchRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @param part of a reference, an e-mail address or a name, in any case; empty: everybody */
  async find(part: string, { offset, limit }: { offset: number; limit: number }): Promise<FoundCustomers> {
    const path = searchPathOf(part);
    const values = [searchedPart(part, path), limit, offset];
    const [row] = await prepared<FoundCustomers>(this.dataSource, SEARCHES[path], values);
    return row ?? { total: 0, customers: [] };
  }
}

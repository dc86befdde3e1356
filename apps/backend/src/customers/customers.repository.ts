import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { customerSearch, MOST_FOUND, type CustomerSearch } from '#auth';
import { isStorable, type CountedPage } from '#json-api';
import { run } from '#sql';
import type { CustomerData } from './customer.resource.js';
import type { CustomerList } from './customer-list.js';
import { CONDITIONS, listStatement } from './customers.sql.js';

export interface CustomerPage {
  readonly customers: readonly CustomerData[];
  readonly counted: Pick<CountedPage, 'total' | 'most'>;
}

/** Finds customers for Back Office users, except anonymised ones. */
@Injectable()
export class CustomersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Reads a page and the total number in one statement. */
  async list(list: Omit<CustomerList, 'isEmpty'> & Partial<CustomerList>): Promise<CustomerPage> {
    if (list.isEmpty) return { customers: [], counted: { total: 0 } };
    const { conditions, searches, values } = whereOf(list);
    const rows = await run<CustomerData & { readonly total: number }>(
      this.dataSource,
      listStatement(conditions, searches, list.order),
      { ...values, ...list.page },
    );
    const total = rows[0]?.total ?? 0;
    return {
      customers: rows.filter(({ id }) => id !== null),
      counted: searches.length > 0 ? { total, most: MOST_FOUND } : { total },
    };
  }

  async find(customerReference: string): Promise<CustomerData | undefined> {
    if (!isStorable(customerReference)) return undefined;
    const conditions = [{ attribute: 'customerReference', value: customerReference }] as const;
    const { customers } = await this.list({ search: '', conditions, order: [], page: { offset: 0, limit: 1 } });
    return customers[0];
  }
}

interface Where {
  readonly conditions: readonly string[];
  readonly searches: readonly CustomerSearch[];
  /** By the names of the attributes. The text for all attributes is `search`. */
  readonly values: Readonly<Record<string, string>>;
}

function whereOf({ search, conditions: filters }: Pick<CustomerList, 'search' | 'conditions'>): Where {
  const conditions: string[] = [];
  const searches = [customerSearch(search, 'search')];
  const values: Record<string, string> = {};
  for (const { attribute, value } of filters) {
    if (attribute === 'name') {
      searches.push(customerSearch(value, attribute, ['name']));
    } else {
      conditions.push(CONDITIONS[attribute]);
      values[attribute] = value;
    }
  }
  const given = searches.filter((one) => one !== undefined);
  for (const { parameter, value } of given) values[parameter] = value;
  return { conditions, searches: given, values };
}

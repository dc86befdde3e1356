import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { customerSearch, MOST_FOUND, withListedCustomers, type CustomerSearch } from '#auth';
import { isStorable, type CountedPage } from '#json-api';
import type { CustomerData } from './customer.resource.js';
import type { CustomerList, FilterAttribute, SortAttribute } from './customer-list.js';

export interface CustomerPage {
  readonly customers: readonly CustomerData[];
  readonly counted: Pick<CountedPage, 'total' | 'most'>;
}

const COLUMNS = `id, customer_reference AS "customerReference", email, salutation, first_name AS "firstName",
  last_name AS "lastName", locale, confirmed AS "isConfirmed", created_at AS "createdAt", updated_at AS "updatedAt",
  ARRAY(SELECT DISTINCT company_name FROM company_user u WHERE u.customer_id = customer.id AND is_active
    ORDER BY company_name) AS companies`;

/** What a list is sorted by: no name of a client's gets into SQL. */
const ORDER: Readonly<Record<SortAttribute, (table: string) => string>> = {
  customerReference: (table) => `${table}.customer_reference`,
  email: (table) => `lower(${table}.email)`,
  firstName: (table) => `${table}.first_name`,
  lastName: (table) => `${table}.last_name`,
  createdAt: (table) => `${table}.created_at`,
  updatedAt: (table) => `${table}.updated_at`,
};

/** Customers as Back Office users see them; those who were anonymised are gone. */
@Injectable()
export class CustomersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** A page and the number of all in one statement. */
  async list(list: CustomerList): Promise<CustomerPage> {
    if (list.isEmpty) return { customers: [], counted: { total: 0 } };
    const { conditions, searches, values } = whereOf(list);
    const rows = await this.dataSource.query<(CustomerData & { readonly total: number })[]>(
      `${withListedCustomers(conditions, searches)}, page AS (
         SELECT * FROM listed ORDER BY ${orderBy(list.order, 'listed')} LIMIT $1 OFFSET $2
       )
       SELECT counted.total, one.* FROM counted LEFT JOIN page ON TRUE
       LEFT JOIN LATERAL (SELECT ${COLUMNS} FROM customer WHERE customer.id = page.id) one ON TRUE
       ORDER BY ${orderBy(list.order, 'page')}`,
      [list.page.limit, list.page.offset, ...values],
    );
    // behind the last page there is a row with the number alone
    const total = rows[0]?.total ?? 0;
    return {
      customers: rows.filter(({ id }) => id !== null),
      counted: searches.length > 0 ? { total, most: MOST_FOUND } : { total },
    };
  }

  async find(customerReference: string): Promise<CustomerData | undefined> {
    if (!isStorable(customerReference)) return undefined;
    const [customer] = await this.dataSource.query<CustomerData[]>(
      `SELECT ${COLUMNS} FROM customer WHERE customer_reference = $1 AND anonymized_at IS NULL`,
      [customerReference],
    );
    return customer;
  }
}

interface Where {
  readonly conditions: readonly string[];
  readonly searches: readonly CustomerSearch[];
  /** From `$3` on. */
  readonly values: readonly string[];
}

function whereOf({ search, conditions: filters }: CustomerList): Where {
  const conditions: string[] = [];
  const searches: CustomerSearch[] = [];
  const values: string[] = [];
  const look = (text: string, texts?: Parameters<typeof customerSearch>[2]): void => {
    const one = customerSearch(text, `$${values.length + 3}`, texts);
    if (!one) return;
    searches.push(one);
    values.push(one.value);
  };
  const add: Readonly<Record<FilterAttribute, (value: string) => void>> = {
    customerReference: (value) => conditions.push(`customer_reference = $${values.push(value) + 2}`),
    email: (value) => conditions.push(`lower(email) = lower($${values.push(value) + 2})`),
    name: (value) => look(value, ['name']),
  };
  look(search);
  for (const { attribute, value } of filters) add[attribute](value);
  return { conditions, searches, values };
}

/**
 * Customers that are equal in all that was asked for are in the order of their registration, so that pages are stable;
 * in the direction of the last criterion, as an index has them.
 */
function orderBy(order: CustomerList['order'], table: string): string {
  const columns = order.map(({ field, direction }) => `${ORDER[field](table)} ${direction}`);
  return [...columns, `${table}.id ${order.at(-1)?.direction ?? 'ASC'}`].join(', ');
}

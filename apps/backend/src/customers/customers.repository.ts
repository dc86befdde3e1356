import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { customerContains, searchedPart, searchPathOf } from '#auth';
import { isStorable } from '#json-api';
import type { CustomerData } from './customer.resource.js';
import type { CustomerList, FilterAttribute, SortAttribute } from './customer-list.js';

export interface CustomerPage {
  readonly customers: readonly CustomerData[];
  /** Of all pages. */
  readonly total: number;
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
    if (list.isEmpty) return { customers: [], total: 0 };
    const { conditions, values, isSearch } = whereOf(list);
    const rows = await this.dataSource.query<(CustomerData & { readonly total: number })[]>(
      `WITH found AS ${isSearch ? 'MATERIALIZED' : 'NOT MATERIALIZED'} (
         SELECT id, customer_reference, email, first_name, last_name, created_at, updated_at FROM customer
         WHERE ${conditions.join(' AND ')}
       ), page AS (
         SELECT * FROM found ORDER BY ${orderBy(list.order, 'found')} LIMIT $1 OFFSET $2
       ), counted AS (
         SELECT count(*)::int AS total FROM found
       )
       SELECT counted.total, one.* FROM counted LEFT JOIN page ON TRUE
       LEFT JOIN LATERAL (SELECT ${COLUMNS} FROM customer WHERE customer.id = page.id) one ON TRUE
       ORDER BY ${orderBy(list.order, 'page')}`,
      [list.page.limit, list.page.offset, ...values],
    );
    // behind the last page there is a row with the number alone
    return { customers: rows.filter(({ id }) => id !== null), total: rows[0]?.total ?? 0 };
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
  /** From `$3` on. */
  readonly values: readonly string[];
  /** A part of a text is looked for: what was found is read once, for the page and for the number. */
  readonly isSearch: boolean;
}

function whereOf({ search, conditions: given }: CustomerList): Where {
  const conditions = ['anonymized_at IS NULL'];
  const values: string[] = [];
  let isSearch = false;
  const contains = (part: string, texts?: Parameters<typeof customerContains>[2]): void => {
    const path = searchPathOf(part);
    values.push(searchedPart(part, path));
    conditions.push(customerContains(`$${values.length + 2}`, path, texts));
    isSearch ||= path !== 'all';
  };
  const add: Readonly<Record<FilterAttribute, (value: string) => void>> = {
    customerReference: (value) => conditions.push(`customer_reference = $${values.push(value) + 2}`),
    email: (value) => conditions.push(`lower(email) = lower($${values.push(value) + 2})`),
    name: (value) => contains(value, ['name']),
  };
  contains(search);
  for (const { attribute, value } of given) add[attribute](value);
  return { conditions, values, isSearch };
}

/** Customers that are equal in all that was asked for are in the order of their registration, so that pages are stable. */
function orderBy(order: CustomerList['order'], table: string): string {
  return [...order.map(({ field, direction }) => `${ORDER[field](table)} ${direction}`), `${table}.id`].join(', ');
}

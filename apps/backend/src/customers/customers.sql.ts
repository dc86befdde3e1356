import { withListedCustomers, type CustomerSearch } from '#auth';
import { unprepared, type Statement } from '#sql';
import type { CustomerList, FilterAttribute, SortAttribute } from './customer-list.js';

const COLUMNS = `id, customer_reference AS "customerReference", email, salutation, first_name AS "firstName",
  last_name AS "lastName", locale, confirmed AS "isConfirmed", created_at AS "createdAt", updated_at AS "updatedAt",
  ARRAY(SELECT DISTINCT company_name FROM company_user u WHERE u.customer_id = customer.id AND is_active
    ORDER BY company_name) AS companies`;

/** SQL for sorting. Names from the client never get into SQL. */
const ORDER: Readonly<Record<SortAttribute, (table: string) => string>> = {
  customerReference: (table) => `${table}.customer_reference`,
  email: (table) => `lower(${table}.email)`,
  firstName: (table) => `${table}.first_name`,
  lastName: (table) => `${table}.last_name`,
  createdAt: (table) => `${table}.created_at`,
  updatedAt: (table) => `${table}.updated_at`,
};

/** Conditions of the attributes that a list can be filtered by, except the name, which is searched. */
export const CONDITIONS: Readonly<Record<Exclude<FilterAttribute, 'name'>, string>> = {
  customerReference: 'customer_reference = :customerReference',
  email: 'lower(email) = lower(:email)',
};

/** A page; each row has the total number. After the last page there is one row with only the number. */
export const listStatement = (
  conditions: readonly string[],
  searches: readonly CustomerSearch[],
  order: CustomerList['order'],
): Statement =>
  unprepared(`${withListedCustomers(conditions, searches)}, page AS (
    SELECT * FROM listed ORDER BY ${orderBy(order, 'listed')} LIMIT :limit OFFSET :offset
  )
  SELECT counted.total, one.* FROM counted LEFT JOIN page ON TRUE
  LEFT JOIN LATERAL (SELECT ${COLUMNS} FROM customer WHERE customer.id = page.id) one ON TRUE
  ORDER BY ${orderBy(order, 'page')}`);

/**
 * Sorts by the requested criteria, then by registration, so that pages are stable. The last column has the direction of
 * the last criterion, as in the indexes.
 */
function orderBy(order: CustomerList['order'], table: string): string {
  const columns = order.map(({ field, direction }) => `${ORDER[field](table)} ${direction}`);
  return [...columns, `${table}.id ${order.at(-1)?.direction ?? 'ASC'}`].join(', ');
}

import { withListedCustomers, type CustomerSearch } from '#auth';
import { unprepared, type Statement } from '#sql';

/** One page of the customers found, with the total number, in one row. */
export const searchStatement = (searches: readonly CustomerSearch[]): Statement =>
  unprepared(`
  ${withListedCustomers([], searches)}, page AS (
    SELECT * FROM listed ORDER BY id LIMIT :limit OFFSET :offset
  )
  SELECT counted.total,
    (SELECT coalesce(json_agg(json_build_object('customerReference', customer_reference, 'email', email,
      'firstName', first_name, 'lastName', last_name) ORDER BY id), '[]') FROM page) AS customers
  FROM counted`);

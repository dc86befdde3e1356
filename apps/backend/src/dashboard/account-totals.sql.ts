import { unprepared } from '#sql';

/**
 * By how many the accounts grew on each day from `since` on; all that came before is on that day. Customers leave when
 * they are anonymised; users stay.
 */
export const ACCOUNT_GROWTH = unprepared(`
  SELECT kind, greatest(date_bin('1 day', at, :since::timestamptz), :since) AS day, sum(growth)::int AS accounts
  FROM (
    SELECT 'customer' AS kind, created_at AS at, 1 AS growth FROM customer
    UNION ALL SELECT 'customer', anonymized_at, -1 FROM customer WHERE anonymized_at IS NOT NULL
    UNION ALL SELECT 'user', created_at, 1 FROM user_account
  ) change
  GROUP BY 1, 2`);

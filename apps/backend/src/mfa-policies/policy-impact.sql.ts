import { hasNoneOf, type PolicyScope } from '#mfa';
import { statement, type Statement } from '#sql';

/** Customers who can log in. */
const CUSTOMER = 'c.confirmed AND c.anonymized_at IS NULL';

/**
 * Counts the accounts that a policy refuses, for each scope: those that can log in, whose sessions have the
 * policy's key (`policyKeysOf`), and that have none of the `:methods`.
 */
export const REFUSED_ACCOUNTS: Readonly<Record<PolicyScope, Statement>> = {
  customers: statement(
    'policy_impact_customers',
    `SELECT count(*)::int AS accounts FROM customer c
     WHERE ${CUSTOMER} AND ${hasNoneOf('customer', 'c.id')}`,
  ),
  company: statement(
    'policy_impact_company',
    `SELECT count(DISTINCT c.id)::int AS accounts FROM company_user u JOIN customer c ON c.id = u.customer_id
     WHERE u.company_name = :value AND u.is_active AND ${CUSTOMER} AND ${hasNoneOf('customer', 'c.id')}`,
  ),
  role: statement(
    'policy_impact_role',
    `SELECT count(*)::int AS accounts FROM user_account u
     WHERE :value = ANY (u.roles) AND u.status = 'active' AND ${hasNoneOf('user', 'u.id')}`,
  ),
};

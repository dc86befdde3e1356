import type { DataSource } from 'typeorm';
import type { AccountKind } from '#mfa';

export interface FoundAccount {
  readonly kind: AccountKind;
  readonly id: string;
  /** How the person is called in what is printed: reference or uuid, and address. */
  readonly label: string;
}

const SEARCH: Readonly<Record<AccountKind, string>> = {
  customer: `
    SELECT 'customer' AS kind, id, customer_reference || CASE WHEN anonymized_at IS NULL
      THEN ' (' || email || ')' ELSE ' (anonymised)' END AS label
    FROM customer WHERE customer_reference = $1 OR lower(email) = lower($1)
    ORDER BY customer_reference = $1 DESC LIMIT 1`,
  user: `
    SELECT 'user' AS kind, id, uuid || ' (' || username || ')' AS label
    FROM user_account WHERE uuid::text = lower($1) OR lower(username) = lower($1) LIMIT 1`,
};

/** @param who a customer's reference or e-mail address, a user's uuid or username */
export async function findAccount(
  dataSource: DataSource,
  kind: AccountKind,
  who: string,
): Promise<FoundAccount | undefined> {
  const [row] = await dataSource.query<FoundAccount[]>(SEARCH[kind], [who]);
  return row;
}

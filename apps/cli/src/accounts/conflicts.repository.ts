import type { Client } from 'pg';

/** A line whose key is taken. */
export interface Conflict {
  readonly line: number;
  readonly member: string;
  /** The line that has the key already; null: an account of the database has. */
  readonly owner: number | null;
}

/** What no two accounts share. */
interface UniqueKey {
  readonly member: string;
  /** Line and key of all that wait. */
  readonly staged: string;
  /** The key of an account `t` of the database. */
  readonly stored: string;
  readonly table: string;
}

const stagedOf = (kind: string, key: string): string =>
  `SELECT line, ${key} AS key FROM account_import WHERE kind = '${kind}'`;

const UNIQUE_KEYS: readonly UniqueKey[] = [
  {
    member: 'customerReference',
    staged: stagedOf('customer', 'natural_key'),
    stored: 't.customer_reference',
    table: 'customer',
  },
  { member: 'email', staged: stagedOf('customer', 'lower(login)'), stored: 'lower(t.email)', table: 'customer' },
  { member: 'uuid', staged: stagedOf('user', 'natural_key::uuid'), stored: 't.uuid', table: 'user_account' },
  { member: 'username', staged: stagedOf('user', 'lower(login)'), stored: 'lower(t.username)', table: 'user_account' },
  {
    member: 'companyUsers',
    staged: `SELECT line, (u ->> 'uuid')::uuid AS key
      FROM account_import CROSS JOIN jsonb_array_elements(entry -> 'companyUsers') AS u WHERE kind = 'customer'`,
    stored: 't.uuid',
    table: 'company_user',
  },
];

/** @returns the first of each kind of conflict, by line: at most `limit` of them */
export async function findConflicts(client: Client, limit: number): Promise<readonly Conflict[]> {
  const found: Conflict[] = [];
  for (const key of UNIQUE_KEYS) {
    found.push(...(await conflictsOf(client, repeated(key), key, limit)));
    found.push(...(await conflictsOf(client, taken(key), key, limit)));
  }
  return found;
}

const repeated = ({ staged }: UniqueKey): string => `
  SELECT line::float8, owner::float8 FROM (
    SELECT line, first_value(line) OVER same AS owner, row_number() OVER same AS place FROM (${staged}) AS s
    WINDOW same AS (PARTITION BY key ORDER BY line)) AS numbered
  WHERE place > 1 ORDER BY numbered.line LIMIT $1`;

const taken = ({ staged, stored, table }: UniqueKey): string => `
  SELECT line::float8, NULL AS owner FROM (${staged}) AS s
  WHERE EXISTS (SELECT FROM ${table} t WHERE ${stored} = s.key) ORDER BY s.line LIMIT $1`;

async function conflictsOf(
  client: Client,
  statement: string,
  { member }: UniqueKey,
  limit: number,
): Promise<Conflict[]> {
  const { rows } = await client.query<{ line: number; owner: number | null }>(statement, [limit]);
  return rows.map((row) => ({ ...row, member }));
}

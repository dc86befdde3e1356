import type { Client } from 'pg';

/** The seeded accounts that request lists, and their password. */
export const LIST_ACCOUNTS = {
  administrator: 'administrator@bench.example',
  agent: 'agent@bench.example',
  merchant: 'merchant@bench.example',
  /** Has one hundredth of all orders. */
  customer: 'buyer@bench.example',
  password: 'Harbor-Bench-01!',
} as const;

const SYLLABLES = `ARRAY['ba','ke','mu','lo','ri','sa','ten','vo','zi','har','qua','del','fin','gor','hol','jan','kro','lim','nes','pra']`;
const syllable = (step: number): string => `(${SYLLABLES})[1 + (n / ${step}) % 20]`;

const PEOPLE = [
  `INSERT INTO user_account (uuid, username, password_hash, first_name, last_name, roles, locale)
   SELECT gen_random_uuid(), name, $1, 'Bench', 'Bench', roles::text[], 'en_US'
   FROM (VALUES ('${LIST_ACCOUNTS.administrator}', '{administrator}'), ('${LIST_ACCOUNTS.agent}', '{agent}'),
     ('${LIST_ACCOUNTS.merchant}', '{merchant}')) u (name, roles)`,
  `INSERT INTO customer (customer_reference, email, password_hash, salutation, first_name, last_name, locale, confirmed)
   VALUES ('BENCH--1', '${LIST_ACCOUNTS.customer}', $1, 'Ms', 'Bench', 'Bench', 'en_US', true)`,
] as const;

/** Inserts the rows `$1` to `$2`, of entries 20 s apart from `$3` on. Every tenth of 400 last names ends in "ssler"; every address ends in ".com". */
const ROWS = {
  customers: `
    INSERT INTO customer (customer_reference, email, password_hash, salutation, first_name, last_name, locale, confirmed,
      created_at, updated_at)
    SELECT 'DE--' || n, f || '.' || l || n || '@mail' || n % 977 || '.example.com', '', 'Ms', initcap(f), initcap(l), 'en_US',
      true, timestamptz '2020-01-01' + n * interval '3 minutes', timestamptz '2024-01-01' + n * 7919 % 1000003 * interval '1 minute'
    FROM (SELECT n, ${syllable(7)} || ${syllable(140)} AS f,
        ${syllable(1)} || ${syllable(20)} || (ARRAY['ssler','ller','mann','berg','stein','hoff','er','ing','ner','bach'])[1 + n % 10] AS l
      FROM generate_series($1::bigint, $2::bigint) n) people`,
  companies: `
    INSERT INTO company_user (uuid, customer_id, company_name)
    SELECT gen_random_uuid(), c.id, 'Company ' || n / 100 FROM generate_series($1::bigint, $2::bigint) n
    JOIN customer c ON c.customer_reference = 'DE--' || n`,
  methods: `
    WITH account AS (
      INSERT INTO mfa_account (account_kind, account_id)
      SELECT 'customer', c.id::text FROM generate_series($1::bigint, $2::bigint) n
      JOIN customer c ON c.customer_reference = 'DE--' || n RETURNING account_kind, account_id
    )
    INSERT INTO mfa_factor (account_kind, account_id, method, status, activated_at)
    SELECT account_kind, account_id, method, 2, timestamptz '2024-01-01' + random() * interval '2 years'
    FROM account, unnest(ARRAY['email', 'totp']) method`,
  policies: `
    INSERT INTO step_up_policy (uuid, applies_to, value, required_from, methods, created_at, updated_at)
    SELECT gen_random_uuid(), scope, CASE scope WHEN 'company' THEN 'Company ' || n WHEN 'role' THEN 'agent' END,
      timestamptz '2099-01-01', CASE n % 2 WHEN 0 THEN '{totp}' ELSE '{email,totp}' END::text[], now(), now()
    FROM (SELECT n, (ARRAY['customers', 'company', 'role'])[1 + n % 3] AS scope
      FROM generate_series($1::bigint, $2::bigint) n) policies`,
  orders: `
    INSERT INTO sales_order (order_reference, cart_uuid, customer_id, store, currency, price_mode, customer, billing_address,
      shipments, items, totals, created_at)
    SELECT 'DE--' || n, gen_random_uuid(), CASE n % 100 WHEN 0 THEN buyer ELSE first + n % customers END, 'DE', 'EUR',
      'GROSS_MODE', '{}', '{}', '[]', '[]', '{}', timestamptz '2024-01-01' + n * interval '1 minute'
    FROM generate_series($1::bigint, $2::bigint) n,
      (SELECT min(id) AS first, count(*) AS customers, max(id) FILTER (WHERE customer_reference = 'BENCH--1') AS buyer
       FROM customer) c`,
  'audit entries': `
    INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, method, error_code, actor_kind, actor_id,
      session_id, request_id, client_address)
    SELECT 'customer', account, event, $3::timestamptz + n * interval '20 seconds',
      CASE WHEN event <> 'refused' THEN (ARRAY['email', 'totp'])[1 + n % 2] END,
      CASE WHEN event = 'refused' THEN CASE WHEN n % 1000 = 999 THEN '5911' ELSE '5900' END END,
      CASE WHEN event = 'unlocked' THEN 'user' ELSE 'customer' END, CASE WHEN event = 'unlocked' THEN administrator ELSE account END,
      md5('session' || n / 4)::uuid::text, md5('request' || n)::uuid::text, '198.51.' || n / 50 % 250 || '.' || n % 7
    FROM (SELECT n, (1 + n * 7919 % 300000)::text AS account,
        CASE WHEN n % 5000 = 0 THEN 'unlocked' WHEN n % 10 < 4 THEN 'accepted' WHEN n % 10 < 7 THEN 'code-sent' ELSE 'refused' END AS event,
        (SELECT id::text FROM user_account WHERE username = '${LIST_ACCOUNTS.administrator}') AS administrator
      FROM generate_series($1::bigint, $2::bigint) n) entries`,
} as const;

const TABLES = ['customer', 'company_user', 'mfa_account', 'mfa_factor', 'sales_order', 'mfa_audit_event'];
const BATCH = 100_000;

/** How many rows each table gets. */
export interface Filling extends Readonly<Record<keyof typeof ROWS, number>> {
  /** When the first entry of the audit trail occurred. */
  readonly trailBegins: Date;
}

/** Fills the tables behind lists and pages. Prints the progress after each batch. */
export async function fillLists(
  client: Client,
  { trailBegins, ...filling }: Filling,
  passwordHash: string,
  report: (line: string) => void,
): Promise<void> {
  for (const statement of PEOPLE) await client.query(statement, [passwordHash]);
  for (const [name, statement] of Object.entries(ROWS)) {
    const rows = filling[name as keyof typeof ROWS];
    for (let first = 1; first <= rows; first += BATCH) {
      const last = Math.min(first + BATCH - 1, rows);
      await client.query(statement, [first, last, ...(statement.includes('$3') ? [trailBegins] : [])]);
      report(`${name}: ${last} of ${rows}`);
    }
  }
  for (const table of TABLES) await client.query(`VACUUM ANALYZE ${table}`);
}

/** Values of entries in the middle of the trail, to filter by. */
export interface Sample {
  readonly requestId: string;
  readonly sessionId: string;
  readonly clientAddress: string;
}

export async function sampleEntry(client: Client, rows: number): Promise<Sample> {
  const { rows: found } = await client.query<Sample>(
    `SELECT request_id AS "requestId", session_id AS "sessionId", client_address AS "clientAddress" FROM mfa_audit_event
     WHERE request_id = md5('request' || $1::bigint)::uuid::text`,
    [Math.floor(rows / 2)],
  );
  const [sample] = found;
  if (!sample) throw new TypeError('no entry');
  return sample;
}

/** What a plan reads of one table at one node. */
export interface Access {
  /** For example `Index Scan ix_customer_email_beginning`. */
  readonly way: string;
  readonly rows: number;
}

interface ExecutedNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly ExecutedNode[];
}

/** Executes a statement and returns what it has read. The plan is made for its values, as in the apps. */
export async function accessesOf(client: Client, text: string, values: unknown[]): Promise<readonly Access[]> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: ExecutedNode }] }>(
    `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`,
    values,
  );
  return rows.flatMap((row) => accessesIn(row['QUERY PLAN'][0].Plan));
}

function accessesIn(node: ExecutedNode): Access[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index } = node;
  const read = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  const own = table ?? index;
  return [
    ...(own === undefined ? [] : [{ way: `${type} ${index ?? table}`, rows: Math.round(read) }]),
    ...(node.Plans ?? []).flatMap(accessesIn),
  ];
}

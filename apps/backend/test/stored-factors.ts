import type { DataSource } from 'typeorm';
import type { Account } from '#mfa';

/** Stores a method of an account (1 begun, 2 active) with a grant, as if it had been set up elsewhere. */
export async function storeFactor(
  dataSource: DataSource,
  { kind, id }: Account,
  { method = 'email', status = 2 }: { method?: string; status?: 1 | 2 } = {},
): Promise<void> {
  await dataSource.query(`INSERT INTO mfa_account (account_kind, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
    kind,
    id,
  ]);
  await dataSource.query(
    `INSERT INTO mfa_factor (account_kind, account_id, method, status, activated_at)
     VALUES ($1, $2, $3, $4, now())`,
    [kind, id, method, status],
  );
  await dataSource.query(
    `INSERT INTO mfa_grant (account_kind, account_id, session_id, method, mac, key_id, granted_at, expires_at)
     VALUES ($1, $2, 'elsewhere ' || $3, $3, '\\x00', 'test', now(), now() + interval '30 minutes')`,
    [kind, id, method],
  );
}

/** What is stored of an account's second factors: its methods, and how many codes and grants. */
export async function storedMfa(
  dataSource: DataSource,
  { kind, id }: Account,
): Promise<{ factors: string[]; codes: number }> {
  const [row] = await dataSource.query<{ factors: string[]; codes: number }[]>(
    `SELECT ARRAY(SELECT method FROM mfa_factor WHERE account_kind = $1 AND account_id = $2 ORDER BY method) AS factors,
       ((SELECT count(*) FROM mfa_code WHERE account_kind = $1 AND account_id = $2)
         + (SELECT count(*) FROM mfa_grant WHERE account_kind = $1 AND account_id = $2))::int AS codes`,
    [kind, id],
  );
  return row!;
}

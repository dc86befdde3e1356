import type { Client } from 'pg';

export const METHOD_NAMES = ['email', 'other'] as const;

/** The seeded accounts. Their ids are the numbers from 1. */
export const ACCOUNT_KIND = 'customer';
export const sessionOf = (id: string): string => `session-${id}`;

/** The id of the secret that signs codes. */
export const SECRET_ID = 'bench';

/**
 * The statements for one batch of accounts: each has two active factors, an outstanding code of both, and a grant of
 * another session.
 */
const SEED = [
  `INSERT INTO mfa_account (account_kind, account_id)
   SELECT $1, n::text FROM generate_series($2::int, $3::int) n`,
  `INSERT INTO mfa_factor (account_kind, account_id, method, status, activated_at)
   SELECT $1, n::text, method, 2, now() FROM generate_series($2::int, $3::int) n, unnest($4::text[]) method`,
  `INSERT INTO mfa_code (account_kind, account_id, method, session_id, purpose, mac, key_id, issued_at, expires_at,
     misses_at_issue)
   SELECT $1, n::text, method, 'session-' || n, 'step-up', sha256(convert_to(n || method, 'UTF8')), '${SECRET_ID}', now(),
     now() + interval '1 day', 0
   FROM generate_series($2::int, $3::int) n, unnest($4::text[]) method`,
  `INSERT INTO mfa_grant (account_kind, account_id, session_id, method, mac, key_id, granted_at, expires_at)
   SELECT $1, n::text, 'other-session-' || n, $4::text[][1], sha256(convert_to(n::text, 'UTF8')), '${SECRET_ID}', now(),
     now() + interval '1 day'
   FROM generate_series($2::int, $3::int) n`,
] as const;

/** Additional statements: an authenticator app for each account, and ten recovery codes for every tenth. */
const SEED_KEPT = [
  `INSERT INTO mfa_factor (account_kind, account_id, method, status, activated_at)
   SELECT $1, n::text, 'totp', 2, now() FROM generate_series($2::int, $3::int) n`,
  `INSERT INTO mfa_credential (account_kind, account_id, id, method, key_id, sealed, counter, created_at)
   SELECT $1, n::text, gen_random_uuid(), 'totp', '${SECRET_ID}', sha256(convert_to(n::text, 'UTF8')), -1, now()
   FROM generate_series($2::int, $3::int) n`,
  `INSERT INTO mfa_factor (account_kind, account_id, method, status, activated_at)
   SELECT $1, n::text, 'recovery-code', 2, now() FROM generate_series($2::int, $3::int) n WHERE n % 10 = 0`,
  `INSERT INTO mfa_recovery_code (account_kind, account_id, digest)
   SELECT $1, n::text, sha256(convert_to(n || '/' || code, 'UTF8'))
   FROM generate_series($2::int, $3::int) n, generate_series(1, 10) code WHERE n % 10 = 0`,
] as const;

const TABLES = ['mfa_account', 'mfa_factor', 'mfa_code', 'mfa_grant', 'mfa_credential', 'mfa_recovery_code'] as const;
const BATCH = 100_000;

export interface Size {
  readonly name: string;
  readonly table: string;
  readonly indexes: string;
  readonly rows: number;
}

interface Seeding {
  readonly from: number;
  readonly to: number;
  /** Whether to add credentials and recovery codes too. */
  readonly isKept: boolean;
}

/** Inserts many accounts at once, with the same rows that the library would write. */
export class AccountsRepository {
  constructor(private readonly client: Client) {}

  /** Adds the accounts `from` to `to`. Calls `report` after each batch with the number of accounts. */
  async seed({ from, to, isKept }: Seeding, report: (accounts: number) => void): Promise<void> {
    for (let first = from; first <= to; first += BATCH) {
      const range = [ACCOUNT_KIND, first, Math.min(first + BATCH - 1, to)];
      const [accounts, ...withMethods] = SEED;
      await this.client.query(accounts, range);
      for (const statement of withMethods) await this.client.query(statement, [...range, METHOD_NAMES]);
      if (isKept) for (const statement of SEED_KEPT) await this.client.query(statement, range);
      report(Math.min(first + BATCH - 1, to));
    }
  }

  async analyze(): Promise<void> {
    for (const table of TABLES) await this.client.query(`VACUUM ANALYZE ${table}`);
  }

  /** Replaces the MAC of the outstanding code of the first method, so that the code is known. */
  async setCodes(ids: readonly string[], macs: readonly Buffer[]): Promise<void> {
    await this.client.query(
      `UPDATE mfa_code c SET mac = s.mac FROM unnest($2::text[], $3::bytea[]) s(id, mac)
       WHERE c.account_kind = $1 AND c.account_id = s.id AND c.method = $4`,
      [ACCOUNT_KIND, ids, macs, METHOD_NAMES[0]],
    );
  }

  async unlock(ids: readonly string[]): Promise<void> {
    await this.client.query(
      `UPDATE mfa_account SET locked_until = NULL, revision = revision + 1
       WHERE account_kind = $1 AND account_id = ANY ($2)`,
      [ACCOUNT_KIND, ids],
    );
  }

  async lock(ids: readonly string[]): Promise<void> {
    await this.client.query(
      `UPDATE mfa_account SET locked_until = now() + interval '1 day', revision = revision + 1
       WHERE account_kind = $1 AND account_id = ANY ($2)`,
      [ACCOUNT_KIND, ids],
    );
  }

  async sizes(): Promise<readonly Size[]> {
    const { rows } = await this.client.query<Size>(
      `SELECT relname AS name, pg_size_pretty(pg_table_size(oid)) AS table, pg_size_pretty(pg_indexes_size(oid)) AS indexes,
         reltuples::int AS rows
       FROM pg_class WHERE relname = ANY ($1) AND relkind = 'r' ORDER BY array_position($1, relname::text)`,
      [TABLES],
    );
    return rows;
  }
}

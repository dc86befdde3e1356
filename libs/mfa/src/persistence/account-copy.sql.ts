import type { AccountKind } from '../core/account.js';

/** Which factors are copied. */
export interface CopyScope {
  /** The methods that hand out something at activation. Without a credential their factors are useless. */
  readonly methodsThatHandOut: readonly string[];
  /** Whether credentials are copied. If so, the factors of these methods are copied too. */
  readonly withCredentials: boolean;
}

const CREDENTIAL_OF_FACTOR = `SELECT FROM mfa_credential c WHERE c.account_kind = f.account_kind
  AND c.account_id = f.account_id AND c.method = f.method AND c.pending_until IS NULL`;

/**
 * An SQL expression that reads the second factors of an account, to copy them to another installation: `{failureCount,
 * lockedUntil, sendsUntil, methods: [{method, status, activatedAt}]}` with times in ISO 8601, or null if the account
 * never had any. Codes, grants and recovery codes are not copied. The type is jsonb, because its text has no line
 * breaks.
 *
 * @param id an SQL expression for the account's id; its table must not have the alias `a` or `f`
 */
export function exportedFactors(kind: AccountKind, id: string, scope: CopyScope): string {
  return `
  (SELECT jsonb_build_object('failureCount', a.failure_count, 'lockedUntil', a.locked_until,
      'sendsUntil', a.sends_until, 'methods', coalesce((
        SELECT jsonb_agg(jsonb_build_object('method', f.method, 'status', f.status, 'activatedAt', f.activated_at)
          ORDER BY f.method)
        FROM mfa_factor f WHERE f.account_kind = a.account_kind AND f.account_id = a.account_id
          AND ${goesAlong(scope)}), '[]'))
    FROM mfa_account a
    WHERE a.account_kind = '${kind}' AND a.account_id = ${id}::text AND a.ended_at IS NULL)`;
}

function goesAlong({ methodsThatHandOut, withCredentials }: CopyScope): string {
  const names = methodsThatHandOut.map((name) => `'${name.replaceAll("'", "''")}'`);
  const needsNothing = `f.method <> ALL (ARRAY[${names.join(', ')}]::text[])`;
  return withCredentials ? `(${needsNothing} OR f.status = 2 AND EXISTS (${CREDENTIAL_OF_FACTOR}))` : needsNothing;
}

/**
 * An SQL expression that reads the verified credentials of an account: a JSON array of `CopiedCredential`, sealed as
 * they are stored, or null if there are none.
 *
 * @param id an SQL expression for the account's id; its table must not have the alias `kept`
 */
export function copiedCredentials(kind: AccountKind, id: string): string {
  return `
  (SELECT jsonb_agg(jsonb_build_object('id', kept.id, 'method', kept.method, 'keyId', kept.key_id,
      'sealed', translate(encode(kept.sealed, 'base64'), E'\\n', ''), 'publicData', kept.public_data,
      'counter', kept.counter::text, 'name', kept.name, 'createdAt', kept.created_at, 'lastUsedAt', kept.last_used_at)
      ORDER BY kept.created_at, kept.id)
    FROM mfa_credential kept JOIN mfa_factor f USING (account_kind, account_id, method)
    WHERE kept.account_kind = '${kind}' AND kept.account_id = ${id}::text AND kept.pending_until IS NULL AND f.status = 2)`;
}

/**
 * Counts the active factors of the methods $1, which hand out something, and the accounts that have them. The
 * first row counts factors with a credential, the last row those without.
 */
export const LEFT_OUT_FACTORS = `
  SELECT EXISTS (${CREDENTIAL_OF_FACTOR}) AS "hasCredential", count(*)::int AS methods,
    count(DISTINCT (f.account_kind, f.account_id))::int AS accounts
  FROM mfa_factor f WHERE f.status = 2 AND f.method = ANY ($1::text[]) GROUP BY 1 ORDER BY 1 DESC`;

/** The tables that an import fills, with the ends of the audit chains. */
export const IMPORTED_TABLES = [
  'mfa_account',
  'mfa_factor',
  'mfa_credential',
  'mfa_audit_event',
  'mfa_audit_chain',
] as const;

/** The names of the parameters for the time of the import and for the operator who runs it. */
export interface ImportParameters {
  readonly now: string;
  readonly operator: string;
}

/**
 * CTEs that store the factors which `exportedFactors` has read, for new accounts. They read a CTE `protected` with the
 * columns kind, account_id (text) and mfa (an object). Each account gets an audit entry about its imported factors.
 */
export function factorsImport({ now, operator }: ImportParameters): string {
  return `mfa_accounts AS (
    INSERT INTO mfa_account (account_kind, account_id, failure_count, locked_until, sends_until)
    SELECT kind, account_id, (mfa ->> 'failureCount')::int, (mfa ->> 'lockedUntil')::timestamptz,
      (mfa ->> 'sendsUntil')::timestamptz FROM protected
  ), mfa_factors AS (
    INSERT INTO mfa_factor (account_kind, account_id, method, status, activated_at)
    SELECT p.kind, p.account_id, m.method, m.status, m."activatedAt"
    FROM protected p
    CROSS JOIN jsonb_to_recordset(p.mfa -> 'methods') AS m(method text, status smallint, "activatedAt" timestamptz)
  ), mfa_audit AS (
    INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id, details)
    SELECT kind, account_id, 'imported', ${now}, 'operator', ${operator}, jsonb_build_object('methods', mfa -> 'methods')
    FROM protected ORDER BY account_id
  )`;
}

/**
 * Stores credentials for accounts that `factorsImport` has stored. $1 is a JSON array of `CopiedCredential`, each with
 * accountKind and accountId, and sealed for that account.
 */
export const COPIED_CREDENTIALS_IMPORT = `
  INSERT INTO mfa_credential (account_kind, account_id, id, method, key_id, sealed, public_data, counter, name,
    created_at, last_used_at)
  SELECT "accountKind", "accountId", id, method, "keyId", decode(sealed, 'base64'), "publicData", counter, name,
    "createdAt", "lastUsedAt"
  FROM jsonb_to_recordset($1::jsonb) AS c("accountKind" text, "accountId" text, id uuid, method text, "keyId" text,
    sealed text, "publicData" jsonb, counter bigint, name text, "createdAt" timestamptz, "lastUsedAt" timestamptz)`;

import type { AccountKind } from '../core/account.js';

/** Which factors go along. */
export interface CopyScope {
  /** The methods whose factors are worth nothing without what was handed out for them. */
  readonly methodsThatHandOut: readonly string[];
  /** What is kept of them goes along, where it is sealed: then these factors do so too. */
  readonly withCredentials: boolean;
}

const CREDENTIAL_OF_FACTOR = `SELECT FROM mfa_credential c WHERE c.account_kind = f.account_kind
  AND c.account_id = f.account_id AND c.method = f.method AND c.pending_until IS NULL`;

/**
 * The part of a statement that reads the second factors of an account, for copying them to another installation:
 * `{failureCount, lockedUntil, sendsUntil, methods: [{method, status, activatedAt}]}`, times in ISO 8601; null: it
 * never had any. Codes, grants and recovery codes stay behind. jsonb, whose text has no line ends.
 *
 * @param id an expression for the account's id, of a table that is called neither `a` nor `f`
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
 * The part of a statement that reads what is kept of an account's verified enrolments: a JSON array of
 * `CopiedCredential`, sealed as it is stored; null: nothing is.
 *
 * @param id an expression for the account's id, of a table that is not called `kept`
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
 * Counts the active factors of the methods $1, which hand something out, and the accounts that have them: first those
 * of which something is kept that can be sealed, then the others.
 */
export const LEFT_OUT_FACTORS = `
  SELECT EXISTS (${CREDENTIAL_OF_FACTOR}) AS "hasCredential", count(*)::int AS methods,
    count(DISTINCT (f.account_kind, f.account_id))::int AS accounts
  FROM mfa_factor f WHERE f.status = 2 AND f.method = ANY ($1::text[]) GROUP BY 1 ORDER BY 1 DESC`;

/** What an import fills, the ends of the audit chains included. */
export const IMPORTED_TABLES = [
  'mfa_account',
  'mfa_factor',
  'mfa_credential',
  'mfa_audit_event',
  'mfa_audit_chain',
] as const;

/** The parameters of a statement that say when accounts are imported, and which operator does it. */
export interface ImportParameters {
  readonly now: string;
  readonly operator: string;
}

/**
 * The CTEs of a statement that store what `copiedFactors` has read, for new accounts, taken from a CTE `protected` with
 * kind, account_id (text) and mfa (an object). Each account gets an audit entry of what came.
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
 * Stores credentials for accounts that `factorsImport` has stored: $1 is a JSON array of `CopiedCredential`, each with
 * accountKind and accountId, sealed for that account.
 */
export const COPIED_CREDENTIALS_IMPORT = `
  INSERT INTO mfa_credential (account_kind, account_id, id, method, key_id, sealed, public_data, counter, name,
    created_at, last_used_at)
  SELECT "accountKind", "accountId", id, method, "keyId", decode(sealed, 'base64'), "publicData", counter, name,
    "createdAt", "lastUsedAt"
  FROM jsonb_to_recordset($1::jsonb) AS c("accountKind" text, "accountId" text, id uuid, method text, "keyId" text,
    sealed text, "publicData" jsonb, counter bigint, name text, "createdAt" timestamptz, "lastUsedAt" timestamptz)`;

import type { AccountKind } from '../core/account.js';

/**
 * The part of a statement that reads the second factors of an account, for copying them to another installation:
 * `{failureCount, lockedUntil, sendsUntil, methods: [{method, status, activatedAt}]}`, times in ISO 8601; null: it
 * never had any. Codes and grants stay behind. jsonb, whose text has no line ends.
 *
 * @param id an expression for the account's id
 */
export function copiedFactors(kind: AccountKind, id: string): string {
  return `
  (SELECT jsonb_build_object('failureCount', a.failure_count, 'lockedUntil', a.locked_until,
      'sendsUntil', a.sends_until, 'methods', coalesce((
        SELECT jsonb_agg(jsonb_build_object('method', f.method, 'status', f.status, 'activatedAt', f.activated_at)
          ORDER BY f.method)
        FROM mfa_factor f WHERE f.account_kind = a.account_kind AND f.account_id = a.account_id), '[]'))
    FROM mfa_account a WHERE a.account_kind = '${kind}' AND a.account_id = ${id}::text)`;
}

/** What `factorsImport` fills, the ends of the audit chains included. */
export const IMPORTED_TABLES = ['mfa_account', 'mfa_factor', 'mfa_audit_event', 'mfa_audit_chain'] as const;

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

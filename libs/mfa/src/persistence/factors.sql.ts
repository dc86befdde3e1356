import { statement } from '#sql';
import type { AccountKind } from '../core/account.js';

const OF_ACCOUNT = 'account_kind = :account_kind AND account_id = :account_id';

/** One statement, so that all figures are from the same moment. */
export const OVERVIEW = statement(
  'mfa_account_overview',
  `
  SELECT
    coalesce((SELECT json_agg(json_build_object('method', method, 'status', status, 'activatedAt', activated_at)
      ORDER BY method) FROM mfa_factor WHERE ${OF_ACCOUNT}), '[]') AS factors,
    coalesce((SELECT failure_count FROM mfa_account WHERE ${OF_ACCOUNT}), 0) AS "failureCount",
    (SELECT locked_until FROM mfa_account WHERE ${OF_ACCOUNT} AND locked_until > :at::timestamptz) AS "lockedUntil",
    (SELECT count(*)::int FROM mfa_code c JOIN mfa_account a USING (account_kind, account_id)
      WHERE c.account_kind = :account_kind AND c.account_id = :account_id AND c.expires_at > :at
        AND a.miss_count - c.misses_at_issue < :attempt_limit::int) AS "outstandingCodes",
    (SELECT count(*)::int FROM mfa_grant WHERE ${OF_ACCOUNT} AND expires_at > :at) AS "liveGrants",
    coalesce((SELECT json_agg(json_build_object('method', method, 'keyId', key_id, 'createdAt', created_at,
      'lastUsedAt', last_used_at, 'isPending', pending_until IS NOT NULL) ORDER BY created_at)
      FROM mfa_credential WHERE ${OF_ACCOUNT}), '[]') AS credentials,
    (SELECT count(*)::int FROM mfa_recovery_code WHERE ${OF_ACCOUNT}) AS "recoveryCodes"`,
);

/**
 * An SQL condition: an account has none of `:methods` active.
 *
 * @param id an SQL expression for the account's id; its table must not have the alias `f`
 */
export function hasNoneOf(kind: AccountKind, id: string): string {
  return `NOT EXISTS (SELECT FROM mfa_factor f WHERE f.account_kind = '${kind}' AND f.account_id = ${id}::text
    AND f.status = 2 AND f.method = ANY (:methods::text[]))`;
}

import type { AccountKind } from '#mfa';
import { statement, type Statement } from '#sql';

const OWNERS = {
  customer: { table: 'customer', email: 'email', canBeMailed: 'anonymized_at IS NULL' },
  user: { table: 'user_account', email: 'username', canBeMailed: `status = 'active'` },
} as const satisfies Record<AccountKind, object>;

/**
 * Checks the send limit and stores the new key in one statement. The key replaces the older one of the same purpose.
 *
 * The shared lock makes this statement and a change of the address wait for each other, so that a key is never sent to
 * an old address.
 */
const issue = (kind: AccountKind): Statement => {
  const { table, email, canBeMailed } = OWNERS[kind];
  return statement(
    `auth_issue_${kind}_key`,
    `
    WITH owner AS MATERIALIZED (
      SELECT id, ${email} AS email, locale FROM ${table} WHERE id = :id AND ${canBeMailed} FOR SHARE
    ), issued AS (
      INSERT INTO account_key AS k (account_kind, account_id, purpose, key_hash, expires_at, sends_until)
      SELECT '${kind}', id, :purpose::text, :hash::bytea, :expiresAt::timestamptz,
        :now::timestamptz + make_interval(secs => :interval::int)
      FROM owner
      ON CONFLICT (account_kind, account_id, purpose) DO UPDATE SET
        key_hash = excluded.key_hash, expires_at = excluded.expires_at,
        sends_until = CASE WHEN :isUncounted THEN k.sends_until
          ELSE greatest(k.sends_until, :now) + make_interval(secs => :interval) END
      WHERE :isUncounted::boolean
        OR greatest(k.sends_until, :now) + make_interval(secs => :interval) <= :now + make_interval(secs => :interval * :burst::int)
      RETURNING account_id
    )
    SELECT o.email, o.locale, i.account_id IS NOT NULL AS "isIssued" FROM owner o LEFT JOIN issued i ON i.account_id = o.id`,
  );
};

export const ISSUE_KEY = { customer: issue('customer'), user: issue('user') } satisfies Record<AccountKind, Statement>;

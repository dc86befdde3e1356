import { statement, type Statement } from '#sql';
import { createHash } from 'node:crypto';

/**
 * The parts of a commit statement by name. Each one changes something for the account in the CTE `account`, which finds
 * the account only in the revision that the decision was based on. If the account has changed since, no part changes
 * anything.
 */
const PARTS = {
  factor_removed: `
    DELETE FROM mfa_factor t USING account a
    WHERE t.account_kind = a.account_kind AND t.account_id = a.account_id AND t.method = ANY (:removed_factors::text[])`,
  factor_set: `
    INSERT INTO mfa_factor (account_kind, account_id, method, status, activated_at)
    SELECT account_kind, account_id, :factor_method::text, :factor_status::smallint, :factor_activated_at::timestamptz
    FROM account
    ON CONFLICT (account_kind, account_id, method) DO UPDATE SET
      status = excluded.status, activated_at = excluded.activated_at`,
  code_ended: `
    DELETE FROM mfa_code t USING account a
    WHERE t.account_kind = a.account_kind AND t.account_id = a.account_id
      AND (t.method = ANY (:ended_code_methods::text[]) OR t.session_id = :ended_code_session OR :all_codes_end::boolean)`,
  code_issued: `
    INSERT INTO mfa_code (account_kind, account_id, method, session_id, purpose, mac, key_id, issued_at, expires_at,
      misses_at_issue)
    SELECT account_kind, account_id, :code_method::text, :code_session::text, :code_purpose::text, :code_mac::bytea,
      :code_key_id::text, :code_issued_at::timestamptz, :code_expires_at::timestamptz, :code_misses::bigint
    FROM account
    ON CONFLICT (account_kind, account_id, method) DO UPDATE SET
      session_id = excluded.session_id, purpose = excluded.purpose, mac = excluded.mac, key_id = excluded.key_id,
      issued_at = excluded.issued_at, expires_at = excluded.expires_at, misses_at_issue = excluded.misses_at_issue`,
  grant_ended: `
    DELETE FROM mfa_grant t USING account a
    WHERE t.account_kind = a.account_kind AND t.account_id = a.account_id AND t.session_id <> :kept_grant_session
      AND (t.method = ANY (:ended_grant_methods::text[]) OR t.session_id = :ended_grant_session
        OR t.expires_at <= :grants_over_at::timestamptz OR :all_grants_end::boolean)`,
  grant_opened: `
    INSERT INTO mfa_grant (account_kind, account_id, session_id, method, mac, key_id, granted_at, expires_at)
    SELECT account_kind, account_id, :grant_session::text, :grant_method::text, :grant_mac::bytea, :grant_key_id::text,
      :granted_at::timestamptz, :grant_expires_at::timestamptz
    FROM account
    ON CONFLICT (account_kind, account_id, session_id) DO UPDATE SET
      method = excluded.method, mac = excluded.mac, key_id = excluded.key_id, granted_at = excluded.granted_at,
      expires_at = excluded.expires_at`,
  credential_removed: `
    DELETE FROM mfa_credential t USING account a
    WHERE t.account_kind = a.account_kind AND t.account_id = a.account_id AND t.method = ANY (:removed_credentials::text[])`,
  credential_added: `
    INSERT INTO mfa_credential (account_kind, account_id, id, method, key_id, sealed, public_data, counter, created_at,
      pending_until)
    SELECT account_kind, account_id, :credential_id::uuid, :credential_method::text, :credential_key_id::text,
      :credential_sealed::bytea, :credential_public_data::jsonb, :credential_counter::bigint, :at::timestamptz,
      :credential_pending_until::timestamptz
    FROM account`,
  credential_used: `
    UPDATE mfa_credential t SET counter = :used_counter::bigint, pending_until = :used_pending_until::timestamptz,
      last_used_at = :at
    FROM account a
    WHERE t.account_kind = a.account_kind AND t.account_id = a.account_id AND t.id = :used_credential::uuid`,
  recovery_removed: `
    DELETE FROM mfa_recovery_code t USING account a
    WHERE t.account_kind = a.account_kind AND t.account_id = a.account_id
      AND (t.digest = ANY (:removed_digests::bytea[]) OR :all_digests_removed::boolean)`,
  recovery_added: `
    INSERT INTO mfa_recovery_code (account_kind, account_id, digest)
    SELECT account_kind, account_id, digest FROM account, unnest(:added_digests::bytea[]) AS new (digest)`,
  audited: `
    INSERT INTO mfa_audit_event (account_kind, account_id, actor_kind, actor_id, occurred_at, session_id,
      acts_for_kind, acts_for_id, request_id, client_address, reason, event, method, error_code, details)
    SELECT account_kind, account_id, :actor_kind, :actor_id, :at::timestamptz, :actor_session, :acts_for_kind,
      :acts_for_id, :request_id, :client_address, :reason, n.event, n.method, n."errorCode", n.details
    FROM account, ROWS FROM (
      jsonb_to_recordset(:notes::jsonb) AS (event text, method text, "errorCode" text, details jsonb)
    ) WITH ORDINALITY AS n ORDER BY n.ordinality`,
} as const;

export type CommitPart = keyof typeof PARTS;

/** Raises the revision and sets the changed columns, if the account still has the expected revision. */
const raised = (columns: readonly string[]): string => `
    UPDATE mfa_account SET ${['revision = revision + 1', ...columns.map((name) => `${name} = :${name}`)].join(', ')}
    WHERE account_kind = :account_kind AND account_id = :account_id AND revision = :revision
    RETURNING account_kind, account_id`;

/** Inserts the first row of an account. If a parallel request has inserted it before, this inserts nothing. */
const created = (columns: readonly string[]): string => `
    INSERT INTO mfa_account (${['account_kind, account_id, revision', ...columns].join(', ')})
    VALUES (${[':account_kind, :account_id, 1', ...columns.map((name) => `:${name}`)].join(', ')})
    ON CONFLICT DO NOTHING RETURNING account_kind, account_id`;

const DIGEST_LENGTH = 12;

const statements = new Map<string, Statement>();

/**
 * The single statement of a commit. It has only the needed parts, because PostgreSQL prepares unused ones too, which
 * takes time. It returns one row if it committed, and none if the account has another revision.
 *
 * @param columns the changed columns of the account's row, in a fixed order
 */
export function commitStatement(isNew: boolean, columns: readonly string[], parts: readonly CommitPart[]): Statement {
  const key = [isNew, ...columns, ...parts].join(' ');
  const known = statements.get(key);
  if (known) return known;
  const tables = parts.map((part) => `${part} AS (${PARTS[part]}\n  )`);
  const account = `account AS (${isNew ? created(columns) : raised(columns)}\n  )`;
  const text = `WITH ${[account, ...tables].join(', ')} SELECT FROM account`;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
  const made = statement(`mfa_commit_${digest}`, text);
  statements.set(key, made);
  return made;
}

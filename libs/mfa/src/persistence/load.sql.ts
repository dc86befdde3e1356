import { statement, type Statement } from './statement.js';

/** What a decision may need beside the account's row, its factors and the grant of the session. */
export interface LoadScope {
  /** There are names by which policies may be about the account. */
  readonly policies: boolean;
  /** The account acts for another one. */
  readonly actsFor: boolean;
}

const POLICIES = `(
    SELECT json_agg(json_build_object('requiredFrom', p.required_from, 'methods', p.methods)
      ORDER BY p.required_from, p.uuid)
    FROM step_up_policy p WHERE concat_ws(':', p.applies_to, p.value) = ANY (:policy_keys::text[]))`;

const ACTS_FOR_PROTECTED = `EXISTS (
    SELECT FROM mfa_factor WHERE account_kind = :acts_for_kind AND account_id = :acts_for_id AND status = 2
      AND method <> ALL (:backups::text[]))`;

/**
 * The state of an account: a row for each factor, or one row without. PostgreSQL sets up all parts of a statement
 * before it knows what it needs, so what is seldom needed stands in it only then.
 */
function load({ policies, actsFor }: LoadScope): Statement {
  const name = `mfa_load${policies ? '_policies' : ''}${actsFor ? '_acts_for' : ''}`;
  return statement(
    name,
    `
SELECT a.revision, a.miss_count, a.failure_count, a.locked_until, a.sends_until, a.ended_at,
  f.method, f.status, f.activated_at, g.method AS grant_method, g.mac, g.key_id, g.granted_at, g.expires_at,
  ${policies ? POLICIES : 'NULL'} AS policies, ${actsFor ? ACTS_FOR_PROTECTED : 'false'} AS acts_for_protected
FROM (SELECT) AS one
LEFT JOIN mfa_account a ON a.account_kind = :account_kind AND a.account_id = :account_id
LEFT JOIN mfa_grant g ON g.account_kind = :account_kind AND g.account_id = :account_id AND g.session_id = :session_id
LEFT JOIN mfa_factor f ON f.account_kind = :account_kind AND f.account_id = :account_id`,
  );
}

const LOADS = new Map(
  [false, true].flatMap((policies) =>
    [false, true].map((actsFor) => [`${policies} ${actsFor}`, load({ policies, actsFor })] as const),
  ),
);

export function loadStatement({ policies, actsFor }: LoadScope): Statement {
  const found = LOADS.get(`${policies} ${actsFor}`);
  if (!found) throw new TypeError('there is a statement for every scope');
  return found;
}

const OF_ACCOUNT = 'account_kind = :account_kind AND account_id = :account_id';

/** What submitted values are compared with; credentials and recovery codes only where a method has them. */
export const LOAD_CODES = statement(
  'mfa_load_codes',
  `SELECT method, session_id, purpose, mac, key_id, issued_at, expires_at, misses_at_issue FROM mfa_code
   WHERE ${OF_ACCOUNT}`,
);

export const LOAD_CREDENTIALS = statement(
  'mfa_load_credentials',
  `SELECT id, method, key_id, sealed, public_data, counter, pending_until FROM mfa_credential
   WHERE ${OF_ACCOUNT} ORDER BY created_at, id`,
);

export const LOAD_RECOVERY_DIGESTS = statement(
  'mfa_load_recovery_digests',
  `SELECT digest FROM mfa_recovery_code WHERE ${OF_ACCOUNT}`,
);

/** The sessions in which something was opened. */
export const LOAD_GRANTS = statement(
  'mfa_load_grants',
  `SELECT session_id, expires_at FROM mfa_grant WHERE ${OF_ACCOUNT}`,
);

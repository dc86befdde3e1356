import { statement, type Statement } from './statement.js';

/** What a decision may need beside the account's row, its factors with their codes, and the grant of the session. */
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

const of = (table: string): string => `${table}.account_kind = :account_kind AND ${table}.account_id = :account_id`;

const STATE = `
  a.revision, a.miss_count, a.failure_count, a.locked_until, a.sends_until, a.ended_at,
  f.method, f.status, g.method AS grant_method, g.mac, g.key_id, g.expires_at,
  c.session_id AS code_session, c.purpose AS code_purpose, c.mac AS code_mac, c.key_id AS code_key_id,
  c.expires_at AS code_expires_at, c.misses_at_issue AS code_misses`;

const REST = `
LEFT JOIN mfa_grant g ON ${of('g')} AND g.session_id = :session_id
LEFT JOIN mfa_factor f ON ${of('f')}
LEFT JOIN mfa_code c ON ${of('c')} AND c.method = f.method`;

/** A row for each factor with its code, or one row without; none where nothing was ever stored of the account. */
const STATE_ALONE = statement('mfa_load', `SELECT ${STATE} FROM mfa_account a ${REST} WHERE ${of('a')}`);

/** At least one row: what is told of an account of which nothing was stored counts too. */
function stateWith({ policies, actsFor }: LoadScope): Statement {
  return statement(
    `mfa_load${policies ? '_policies' : ''}${actsFor ? '_acts_for' : ''}`,
    `SELECT ${STATE},
  ${policies ? POLICIES : 'NULL'} AS policies, ${actsFor ? ACTS_FOR_PROTECTED : 'false'} AS acts_for_protected
FROM (SELECT) AS one LEFT JOIN mfa_account a ON ${of('a')} ${REST}`,
  );
}

const STATE_WITH_POLICIES = stateWith({ policies: true, actsFor: false });
const STATE_WITH_ACTS_FOR = stateWith({ policies: false, actsFor: true });
const STATE_WITH_BOTH = stateWith({ policies: true, actsFor: true });

/**
 * The state of an account. PostgreSQL sets up all parts of a statement before it knows what it needs, so what is seldom
 * needed stands in it only then.
 */
export function loadStatement({ policies, actsFor }: LoadScope): Statement {
  if (policies) return actsFor ? STATE_WITH_BOTH : STATE_WITH_POLICIES;
  return actsFor ? STATE_WITH_ACTS_FOR : STATE_ALONE;
}

const OF_ACCOUNT = 'account_kind = :account_kind AND account_id = :account_id';

/** What submitted values of some methods are compared with. */
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

import { statement, type Statement } from './statement.js';

/** What a decision may need beside the account's row, its factors, and the grant of the session. */
export interface LoadScope {
  readonly codes: boolean;
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

const ACCOUNT = `json_build_object('revision', a.revision::text, 'missCount', a.miss_count, 'failureCount', a.failure_count,
    'lockedUntil', a.locked_until, 'sendsUntil', a.sends_until, 'endedAt', a.ended_at)`;

const FACTORS = `(
    SELECT json_agg(json_build_object('method', f.method, 'status', f.status)) FROM mfa_factor f WHERE ${of('f')})`;

const GRANT = `(
    SELECT json_build_object('method', g.method, 'mac', encode(g.mac, 'hex'), 'keyId', g.key_id, 'expiresAt', g.expires_at)
    FROM mfa_grant g WHERE ${of('g')} AND g.session_id = :session_id)`;

const CODES = `(
    SELECT json_agg(json_build_object('method', c.method, 'sessionId', c.session_id, 'purpose', c.purpose,
      'mac', encode(c.mac, 'hex'), 'keyId', c.key_id, 'expiresAt', c.expires_at, 'missesAtIssue', c.misses_at_issue))
    FROM mfa_code c WHERE ${of('c')})`;

/**
 * The state of an account in one row; none where nothing was ever stored of it. It comes as JSON: pg takes longer to read
 * many columns than to parse a few.
 *
 * PostgreSQL sets up all parts of a statement before it knows what it needs, so what is seldom needed stands in it only
 * then. With policies or whom it acts for there is a row in any case: they count for an account without one too.
 */
function loadOf({ codes, policies, actsFor }: LoadScope): Statement {
  const extras = {
    ...(codes && { codes: CODES }),
    ...(policies && { policies: POLICIES }),
    ...(actsFor && { acts_for_protected: ACTS_FOR_PROTECTED }),
  };
  const columns = Object.entries({ account: ACCOUNT, factors: FACTORS, grant: GRANT, ...extras });
  const rows =
    policies || actsFor ? `(SELECT) AS one LEFT JOIN mfa_account a ON ${of('a')}` : `mfa_account a WHERE ${of('a')}`;
  return statement(
    ['mfa_load', ...Object.keys(extras)].join('_'),
    `SELECT ${columns.map(([name, sql]) => `${sql} AS ${name}`).join(',\n  ')}\nFROM ${rows}`,
  );
}

const LOADS = new Map<string, Statement>();

export function loadStatement(scope: LoadScope): Statement {
  const key = `${scope.codes} ${scope.policies} ${scope.actsFor}`;
  const known = LOADS.get(key) ?? loadOf(scope);
  LOADS.set(key, known);
  return known;
}

const OF_ACCOUNT = 'account_kind = :account_kind AND account_id = :account_id';

/** Codes and challenges, where they were not loaded with the state. */
export const LOAD_CODES = statement('mfa_outstanding_codes', `SELECT ${CODES} AS codes`);

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

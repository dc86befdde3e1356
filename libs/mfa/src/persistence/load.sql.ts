import { statement, type Statement } from '#sql';

/** What a decision needs besides the account's own data. */
export interface LoadScope {
  /** Whether the caller has policy keys, so that policies must be loaded. */
  readonly policies: boolean;
  /** Whether the account acts for another one. */
  readonly onBehalfOf: boolean;
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
 * Selects the state of an account in one row, or no row if nothing was ever stored for it. The columns are JSON,
 * because pg parses a few JSON columns faster than many plain ones.
 *
 * PostgreSQL prepares every part of a statement, needed or not, so rarely needed parts are included only on demand.
 * With policies or `onBehalfOf` there is always a row, because both also apply to an account without stored data.
 */
export const loadStatement = composedOnce((scope: LoadScope) =>
  ofAccount('mfa_load', { account: ACCOUNT, factors: FACTORS, grant: GRANT, codes: CODES }, scope),
);

/** Selects an account's revision, and the data that the revision does not cover. */
export const revisionStatement = composedOnce((scope: LoadScope) =>
  ofAccount('mfa_load_revision', { revision: 'a.revision::text' }, scope),
);

function ofAccount(name: string, columns: Columns, { policies, onBehalfOf }: LoadScope): Statement {
  const surroundings = {
    ...(policies && { policies: POLICIES }),
    ...(onBehalfOf && { acts_for_protected: ACTS_FOR_PROTECTED }),
  };
  const isAlone = !policies && !onBehalfOf;
  return selectOf(
    nameOf(name, surroundings),
    { ...columns, ...surroundings },
    isAlone ? `FROM mfa_account a WHERE ${of('a')}` : `FROM (SELECT) AS one LEFT JOIN mfa_account a ON ${of('a')}`,
  );
}

type Columns = Readonly<Record<string, string>>;

/** A separate statement name for each choice of columns. */
function nameOf(name: string, columns: Columns): string {
  return [name, ...Object.keys(columns)].join('_');
}

function selectOf(name: string, columns: Columns, from = ''): Statement {
  const list = Object.entries(columns).map(([column, sql]) => `${sql} AS ${column}`);
  return statement(name, `SELECT ${list.join(',\n  ')}\n${from}`);
}

/** Composes the statement for each scope only once. */
function composedOnce<Scope extends object>(make: (scope: Scope) => Statement): (scope: Scope) => Statement {
  const made = new Map<string, Statement>();
  return (scope) => {
    const key = JSON.stringify(scope);
    const known = made.get(key) ?? make(scope);
    made.set(key, known);
    return known;
  };
}

const OF_ACCOUNT = 'account_kind = :account_kind AND account_id = :account_id';

/** An SQL expression for a credential. */
const CREDENTIAL = `json_build_object('id', id, 'method', method, 'keyId', key_id, 'sealed', encode(sealed, 'hex'),
    'publicData', public_data, 'counter', counter::text, 'pendingUntil', pending_until)`;

const CREDENTIALS = `(
    SELECT json_agg(${CREDENTIAL} ORDER BY created_at, id) FROM mfa_credential WHERE ${OF_ACCOUNT})`;

const RECOVERY_DIGESTS = `(SELECT json_agg(encode(digest, 'hex')) FROM mfa_recovery_code WHERE ${OF_ACCOUNT})`;

/** What to load for the comparison of submitted values. */
export interface EvidenceScope {
  readonly credentials: boolean;
  readonly recoveryDigests: boolean;
}

export const evidenceStatement = composedOnce(({ credentials, recoveryDigests }: EvidenceScope) => {
  const columns = {
    ...(credentials && { credentials: CREDENTIALS }),
    ...(recoveryDigests && { recovery_digests: RECOVERY_DIGESTS }),
  };
  return selectOf(nameOf('mfa_evidence', columns), columns);
});

/** The sessions with grants. */
export const LOAD_GRANTS = statement(
  'mfa_load_grants',
  `SELECT session_id, expires_at FROM mfa_grant WHERE ${OF_ACCOUNT}`,
);

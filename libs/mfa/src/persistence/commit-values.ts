import type { Values } from '#sql';
import type { Changes, Ending } from '../core/changes.js';
import type { AuditNote, AuditContext } from '../core/audit.js';
import { auditValues } from './audit-entry.sql.js';
import type { CommitPart } from './commit.sql.js';

/** The parts of a commit statement that are needed, and the values of their parameters. */
export interface CommitPlan {
  /** The changed columns of the account's row. */
  readonly columns: Values;
  readonly parts: ReadonlyMap<CommitPart, Values>;
}

const COLUMNS = {
  missCount: 'miss_count',
  failureCount: 'failure_count',
  lockedUntil: 'locked_until',
  sendsUntil: 'sends_until',
  endedAt: 'ended_at',
} as const satisfies Record<keyof NonNullable<Changes['counters']>, string>;

export function commitPlan(changes: Changes, notes: readonly AuditNote[], context: AuditContext): CommitPlan {
  const { counters = {} } = changes;
  const columns: Record<string, unknown> = {};
  for (const [counter, column] of Object.entries(COLUMNS)) {
    const value = counters[counter as keyof typeof COLUMNS];
    if (value !== undefined) columns[column] = value;
  }
  const parts = [
    ...factorParts(changes),
    ...codeParts(changes),
    ...grantParts(changes),
    ...credentialParts(changes, context.at),
    ...recoveryParts(changes),
    ...(notes.length > 0 ? [part('audited', auditValues(context, notes))] : []),
  ];
  return { columns, parts: new Map(parts) };
}

type Part = readonly [CommitPart, Values];

const part = (name: CommitPart, values: Values): Part => [name, values];

function factorParts({ removeFactors = [], setFactor }: Changes): readonly Part[] {
  return [
    ...(removeFactors.length > 0 ? [part('factor_removed', { removed_factors: removeFactors })] : []),
    ...(setFactor
      ? [
          part('factor_set', {
            factor_method: setFactor.method,
            factor_status: setFactor.status,
            factor_activated_at: setFactor.activatedAt,
          }),
        ]
      : []),
  ];
}

function codeParts({ endCodes, issueCode }: Changes): readonly Part[] {
  const ended = endCodes && endingValues(endCodes);
  return [
    ...(ended
      ? [
          part('code_ended', {
            ended_code_methods: ended.methods,
            ended_code_session: ended.sessionId,
            all_codes_end: ended.all,
          }),
        ]
      : []),
    ...(issueCode
      ? [
          part('code_issued', {
            code_method: issueCode.method,
            code_session: issueCode.sessionId,
            code_purpose: issueCode.purpose,
            code_mac: issueCode.mac,
            code_key_id: issueCode.keyId,
            code_issued_at: issueCode.issuedAt,
            code_expires_at: issueCode.expiresAt,
            code_misses: issueCode.missesAtIssue,
          }),
        ]
      : []),
  ];
}

function grantParts({ endGrants, openGrant }: Changes): readonly Part[] {
  const ended = endGrants && endingValues(endGrants);
  return [
    ...(ended
      ? [
          part('grant_ended', {
            ended_grant_methods: ended.methods,
            ended_grant_session: ended.sessionId,
            grants_over_at: ended.overAt,
            all_grants_end: ended.all,
            // one statement must not delete and write the same row
            kept_grant_session: openGrant?.sessionId ?? ended.exceptSessionId,
          }),
        ]
      : []),
    ...(openGrant
      ? [
          part('grant_opened', {
            grant_session: openGrant.sessionId,
            grant_method: openGrant.method,
            grant_mac: openGrant.mac,
            grant_key_id: openGrant.keyId,
            granted_at: openGrant.grantedAt,
            grant_expires_at: openGrant.expiresAt,
          }),
        ]
      : []),
  ];
}

function credentialParts({ removeCredentials = [], addCredential, useCredential }: Changes, at: Date): readonly Part[] {
  return [
    ...(removeCredentials.length > 0 ? [part('credential_removed', { removed_credentials: removeCredentials })] : []),
    ...(addCredential
      ? [
          part('credential_added', {
            at,
            credential_id: addCredential.id,
            credential_method: addCredential.method,
            credential_key_id: addCredential.keyId,
            credential_sealed: addCredential.sealed,
            credential_public_data: addCredential.publicData && JSON.stringify(addCredential.publicData),
            credential_counter: String(addCredential.counter),
            credential_pending_until: addCredential.pendingUntil,
          }),
        ]
      : []),
    ...(useCredential
      ? [
          part('credential_used', {
            at,
            used_credential: useCredential.id,
            used_counter: String(useCredential.counter),
            used_pending_until: useCredential.pendingUntil,
          }),
        ]
      : []),
  ];
}

function recoveryParts({ removeRecoveryDigests, addRecoveryDigests }: Changes): readonly Part[] {
  const all = removeRecoveryDigests === 'all';
  return [
    ...(removeRecoveryDigests
      ? [
          part('recovery_removed', {
            all_digests_removed: all,
            removed_digests: all ? [] : removeRecoveryDigests,
          }),
        ]
      : []),
    ...(addRecoveryDigests ? [part('recovery_added', { added_digests: addRecoveryDigests })] : []),
  ];
}

interface EndingValues {
  readonly all: boolean;
  readonly methods: readonly string[];
  readonly sessionId: string | null;
  readonly exceptSessionId: string;
  readonly overAt: Date | null;
}

function endingValues(ending: Ending): EndingValues {
  const none = { all: false, methods: [], sessionId: null, exceptSessionId: '', overAt: null };
  return ending === 'all' ? { ...none, all: true } : { ...none, ...ending };
}

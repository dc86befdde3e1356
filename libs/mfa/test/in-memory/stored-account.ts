import type { AccountState, Evidence } from '../../src/core/account-state.js';
import type { Changes, Ending } from '../../src/core/changes.js';
import type { StoredFactor } from '../../src/core/factor.js';
import type { Grant } from '../../src/core/grant.js';

type Counters = Required<NonNullable<Changes['counters']>>;

/** All that the tables hold of one account, its sessions' grants included. */
export interface StoredAccount {
  readonly revision: number;
  readonly counters: Counters;
  readonly factors: readonly StoredFactor[];
  readonly grants: readonly Grant[];
  readonly evidence: Evidence;
}

export const NEVER_STORED: StoredAccount = {
  revision: 0,
  counters: { missCount: 0, failureCount: 0, lockedUntil: null, sendsUntil: null, endedAt: null },
  factors: [],
  grants: [],
  evidence: { codes: [], credentials: [], recoveryDigests: [] },
};

/** What a decision gets to see of it in a session. */
export function seenFrom({ revision, counters, factors, grants, evidence }: StoredAccount, sessionId: string) {
  const grant = grants.find((each) => each.sessionId === sessionId) ?? null;
  const loaded: Evidence = { codes: evidence.codes, credentials: [], recoveryDigests: [] };
  return {
    revision: revision === 0 ? null : String(revision),
    ...counters,
    factors,
    grant,
    evidence: loaded,
  } satisfies Partial<AccountState>;
}

/**
 * The account behind a commit of the changes: first goes what ends, then comes what is new, as in the one statement.
 *
 * @throws Error for changes of which that statement would make something else
 */
export function applied(stored: StoredAccount, changes: Changes): StoredAccount {
  return {
    revision: stored.revision + 1,
    counters: { ...stored.counters, ...changes.counters },
    factors: factorsBehind(stored, changes),
    grants: grantsBehind(stored, changes),
    evidence: {
      codes: codesBehind(stored, changes),
      credentials: credentialsBehind(stored, changes),
      recoveryDigests: digestsBehind(stored, changes),
    },
  };
}

function factorsBehind(
  { factors }: StoredAccount,
  { removeFactors = [], setFactor }: Changes,
): readonly StoredFactor[] {
  if (setFactor && removeFactors.includes(setFactor.method)) throw new Error('a factor is set and removed at once');
  const left = factors.filter(({ method }) => !removeFactors.includes(method) && method !== setFactor?.method);
  return setFactor ? [...left, setFactor] : left;
}

/** A code belongs to its factor. */
function codesBehind(stored: StoredAccount, changes: Changes): Evidence['codes'] {
  const { endCodes, issueCode } = changes;
  const kept = stored.evidence.codes.filter((code) => !isEnded(code, endCodes) && isOfFactor(code, stored, changes));
  if (!issueCode) return kept;
  if (!isOfFactor(issueCode, stored, changes)) throw new Error('a code is issued for a factor that is not there');
  if (stored.evidence.codes.some((code) => code.method === issueCode.method && isEnded(code, endCodes)))
    throw new Error('a code is ended and issued at once');
  return [...kept.filter(({ method }) => method !== issueCode.method), issueCode];
}

function grantsBehind({ grants }: StoredAccount, { endGrants, openGrant }: Changes): readonly Grant[] {
  const kept = grants.filter((grant) => grant.sessionId !== openGrant?.sessionId && !isEnded(grant, endGrants));
  return openGrant ? [...kept, openGrant] : kept;
}

/** A credential belongs to its factor. */
function credentialsBehind(stored: StoredAccount, changes: Changes): Evidence['credentials'] {
  const { addCredential, useCredential, removeCredentials = [] } = changes;
  const former = stored.evidence.credentials.filter(({ method }) => !removeCredentials.includes(method));
  return [...former, ...(addCredential ? [addCredential] : [])]
    .filter((credential) => isOfFactor(credential, stored, changes))
    .map((credential) => (credential.id === useCredential?.id ? { ...credential, ...useCredential } : credential));
}

function digestsBehind(
  { evidence: { recoveryDigests } }: StoredAccount,
  { removeRecoveryDigests: removed = [], addRecoveryDigests = [] }: Changes,
): readonly Buffer[] {
  const kept = removed === 'all' ? [] : recoveryDigests.filter((digest) => !removed.some((one) => one.equals(digest)));
  return [...kept, ...addRecoveryDigests];
}

function isOfFactor({ method }: { readonly method: string }, stored: StoredAccount, changes: Changes): boolean {
  return factorsBehind(stored, changes).some((factor) => factor.method === method);
}

interface Endable {
  readonly method: string;
  readonly sessionId: string;
  readonly expiresAt: Date;
}

function isEnded({ method, sessionId, expiresAt }: Endable, ending: Ending | undefined): boolean {
  if (!ending || ending === 'all') return ending === 'all';
  if ('overAt' in ending) return expiresAt <= ending.overAt;
  if (ending.sessionId === sessionId) return true;
  return 'methods' in ending && ending.methods.includes(method) && ending.exceptSessionId !== sessionId;
}

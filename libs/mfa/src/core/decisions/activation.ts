import { FactorStatus } from '../factor.js';
import { isActive, protectingMethods, statusOf, type AccountState } from '../account-state.js';
import type { AuditNote } from '../audit.js';
import { both, type Changes } from '../changes.js';
import type { Credential } from '../credential.js';
import { lockOf, pass, refuse, refuseEnded, type Decision, type Rules } from './decision.js';
import { issue, type Issuable } from './issue.js';
import { judge, type Submission } from './judgement.js';
import { acceptance, activeMethods } from './step-up.js';

export interface SetUp {
  readonly method: string;
  readonly sessionId: string;
  /** Whether accounts without this method may set it up. */
  readonly isOffered: boolean;
  readonly issuable?: Issuable;
  /** The sealed credential, which is stored until it is verified. */
  readonly credential?: Credential;
  /** The digests of a list of recovery codes. Such a set-up needs no verification. */
  readonly recoveryDigests?: readonly Buffer[];
}

/**
 * Decides whether the account may start (or restart) to set up a method.
 *
 * @param submission a value of an active method, required if the account has one; undefined if no value was submitted
 * @returns refused with 5900, 5901, 5904, 5906, 5911, 5912, 5913, or 5907/5908
 */
export function decideActivation(
  state: AccountState,
  submission: Submission | undefined,
  setUp: SetUp,
  rules: Rules,
): Decision<void> {
  const { method, isOffered } = setUp;
  const isBackup = rules.backups.has(method);
  const ended = refuseEnded(state, rules);
  if (ended) return ended;
  if (isActive(state, method) && !isBackup) return refuse('alreadyActivated');
  if (!isOffered && !isActive(state, method)) return refuse('typeNotFound');
  if (protectingMethods(state, rules.backups).length === 0) {
    if (isBackup) return refuse('setupRequired', { method });
    const until = lockOf(state, rules);
    return until ? refuse('locked', { method, until }) : begin(state, setUp, rules);
  }
  if (!submission) return refuse('codeMissing', { method });
  const judgement = judge(state, submission, { purpose: 'step-up', methods: activeMethods(state) }, rules);
  if ('refusal' in judgement) return judgement.refusal;
  const { accepted } = judgement;
  return begin(state, setUp, rules, { changes: accepted.changes ?? {}, notes: acceptance(accepted) });
}

/** An accepted value stays used up even if the send limit then refuses the set-up. */
function begin(
  state: AccountState,
  setUp: SetUp,
  rules: Rules,
  stepUp: { readonly changes: Changes; readonly notes: readonly AuditNote[] } = { changes: {}, notes: [] },
): Decision<void> {
  const { method, sessionId, issuable, recoveryDigests } = setUp;
  const issued = issuable && issue(state, { method, sessionId, purpose: 'activation' }, issuable, rules);
  if (issued && 'blockedUntil' in issued) {
    const { changes, notes: before } = stepUp;
    const isChanged = Object.keys(changes).length > 0;
    return refuse('sendLimit', { method, until: issued.blockedUntil, before, ...(isChanged && { changes }) });
  }
  const begun = recoveryDigests ? renewedList(state, setUp, recoveryDigests, rules) : begunSetUp(state, setUp);
  const changes = both(both(stepUp.changes, begun.changes), issued?.changes ?? {});
  return pass(undefined, changes, [...stepUp.notes, ...begun.notes, ...(issued?.notes ?? [])]);
}

interface Begun {
  readonly changes: Changes;
  readonly notes: readonly AuditNote[];
}

/** A new secret replaces one that was never verified. */
function begunSetUp(state: AccountState, { method, credential }: SetUp): Begun {
  const isNew = statusOf(state, method) === FactorStatus.disabled;
  return {
    changes: {
      ...(isNew && { setFactor: { method, status: FactorStatus.pending, activatedAt: null } }),
      ...(credential && { addCredential: credential }),
      ...(credential && !isNew && { removeCredentials: [method] }),
    },
    notes: isNew || credential ? [{ event: 'activation-begun', method }] : [],
  };
}

/** The old codes become void at once. So do the grants that they opened in other sessions. */
function renewedList(
  state: AccountState,
  { method, sessionId }: SetUp,
  digests: readonly Buffer[],
  { now }: Rules,
): Begun {
  const isNew = !isActive(state, method);
  return {
    changes: {
      ...(isNew && { setFactor: { method, status: FactorStatus.active, activatedAt: now } }),
      addRecoveryDigests: digests,
      removeRecoveryDigests: 'all',
      ...(!isNew && { endGrants: { methods: [method], exceptSessionId: sessionId } }),
    },
    notes: [{ event: isNew ? 'activated' : 'renewed', method, details: { remaining: digests.length } }],
  };
}

import { isActive, protectingMethods, type AccountState } from '../account-state.js';
import type { AuditNote } from '../audit.js';
import { both, type Changes } from '../changes.js';
import { pass, refuse, refuseEnded, type Decision, type Rules } from './decision.js';
import { judge, type Submission } from './judgement.js';
import { acceptance, activeMethods } from './step-up.js';

/**
 * Decides whether the account may deactivate a method.
 *
 * This needs a value of the method itself or of a backup (contract: section 4, rule 8). To deactivate a backup, a value
 * of any active method is enough.
 *
 * @returns refused with 5901, 5903, 5906, 5911, or 5907/5908
 */
export function decideDeactivation(
  state: AccountState,
  submission: Submission,
  method: string,
  rules: Rules,
): Decision<void> {
  const ended = refuseEnded(state, rules);
  if (ended) return ended;
  if (!isActive(state, method)) return refuse('typeNotFound');
  const methods = activeMethods(state).filter(
    (each) => each === method || rules.backups.has(each) || rules.backups.has(method),
  );
  const judgement = judge(state, submission, { purpose: 'step-up', methods, about: method }, rules);
  if ('refusal' in judgement) return judgement.refusal;
  const { accepted } = judgement;
  if (isRequired(state, method, rules)) {
    const { changes } = accepted;
    return refuse('deactivationFailed', { method, before: acceptance(accepted), ...(changes && { changes }) });
  }
  const removal = removed(state, [method], rules);
  const changes = withoutGrantOf(removal, accepted.changes ?? {});
  const notes = removal.removeRecoveryDigests === 'all' ? accepted.notes.map(withoutCodesLeft) : accepted.notes;
  return pass(undefined, changes, [{ event: 'deactivated', method }, ...notes]);
}

/** The remaining recovery codes were removed together with the method, so none is left. */
function withoutCodesLeft(note: AuditNote): AuditNote {
  return note.event === 'backup-used' ? { ...note, details: { remaining: 0 } } : note;
}

/**
 * Leaves no grant of a removed method. The submitted value may just have opened one; then the session's older grant
 * ends too.
 */
function withoutGrantOf(removal: Changes, { openGrant, ...consumed }: Changes): Changes {
  const { removeFactors = [] } = removal;
  if (!openGrant) return both(consumed, removal);
  if (!removeFactors.includes(openGrant.method)) return both({ ...consumed, openGrant }, removal);
  const { sessionId } = openGrant;
  return both(consumed, { ...removal, endGrants: { methods: removeFactors, sessionId } });
}

/** Whether a policy in force requires the method. */
function isRequired(state: AccountState, method: string, { now, backups }: Rules): boolean {
  const left = protectingMethods(state, backups).filter((each) => each !== method);
  return state.requirements.some(
    ({ requiredFrom, methods }) =>
      requiredFrom <= now && methods.includes(method) && !methods.some((each) => left.includes(each)),
  );
}

/** Removes methods with their codes and grants. Without any protecting method left, the backups are removed too. */
export function removed(state: AccountState, methods: readonly string[], rules: Rules): Changes {
  const { backups } = rules;
  const alone = isProtectedWithout(state, methods, rules)
    ? []
    : activeMethods(state).filter((each) => backups.has(each));
  const gone = [...new Set([...methods, ...alone])];
  return {
    removeFactors: gone,
    endCodes: { methods: gone },
    endGrants: { methods: gone },
    ...(gone.some((each) => backups.has(each)) && { removeRecoveryDigests: 'all' }),
  };
}

/** Whether a protecting method remains. */
export function isProtectedWithout(state: AccountState, methods: readonly string[], { backups }: Rules): boolean {
  return protectingMethods(state, backups).some((each) => !methods.includes(each));
}

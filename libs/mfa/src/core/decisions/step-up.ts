import { FactorStatus } from '../factor.js';
import { protectingMethods, type AccountState } from '../account-state.js';
import type { AuditNote } from '../audit.js';
import type { EnrolmentRule } from '../policy.js';
import { pass, refuse, refuseEnded, type Decision, type Rules } from './decision.js';
import { judge, type Accepted, type Submission } from './judgement.js';

/** An accepted value. `reused`: it was a repeated use within its grant. */
export interface StepUp {
  readonly method: string;
  readonly reused: boolean;
}

/**
 * Decides whether the account may perform a protected action.
 *
 * @param submission undefined if no value was submitted
 * @returns passed with undefined if no value is needed; refused with 5900, 5901, 5911, 5913, or 5907/5908
 */
export function decideStepUp(
  state: AccountState,
  submission: Submission | undefined,
  rule: EnrolmentRule,
  rules: Rules,
): Decision<StepUp | undefined> {
  const ended = refuseEnded(state, rules);
  if (ended) return ended;
  if (needsEnrolment(state, rule, rules)) return refuse('setupRequired');
  if (protectingMethods(state, rules.backups).length === 0) return pass(undefined);
  if (!submission) return refuse('codeMissing');
  const judgement = judge(state, submission, { purpose: 'step-up', methods: activeMethods(state) }, rules);
  if ('refusal' in judgement) return judgement.refusal;
  const { accepted } = judgement;
  const { method, isReused } = accepted;
  return pass({ method, reused: isReused }, accepted.changes, acceptance(accepted));
}

/** The trail entries for a value accepted for an action. A repeated use within a grant has none. */
export function acceptance({ method, isReused, notes }: Accepted): readonly AuditNote[] {
  return isReused ? [] : [{ event: 'accepted', method }, ...notes];
}

export function activeMethods({ factors }: AccountState): readonly string[] {
  return factors.filter(({ status }) => status === FactorStatus.active).map(({ method }) => method);
}

/** Each policy in force needs one active method that it names (contract: section 4, rules 9 and 10). */
function needsEnrolment(state: AccountState, rule: EnrolmentRule, { now, backups }: Rules): boolean {
  if (rule === 'never') return false;
  const protecting = protectingMethods(state, backups);
  const isUnsatisfied = state.requirements.some(
    ({ requiredFrom, methods }) => requiredFrom <= now && !methods.some((method) => protecting.includes(method)),
  );
  return isUnsatisfied || (protecting.length === 0 && (rule === 'always' || state.isOnBehalfOfProtected));
}

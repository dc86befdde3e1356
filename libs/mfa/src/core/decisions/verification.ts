import { FactorStatus } from '../factor.js';
import { pendingMethods, statusOf, type AccountState } from '../account-state.js';
import { both } from '../changes.js';
import { pass, refuse, refuseEnded, type Decision, type Rules } from './decision.js';
import { judge, type Submission } from './judgement.js';

export interface Verification {
  readonly method: string;
  readonly isOffered: boolean;
}

/**
 * Decides whether the submitted value completes the set-up of a method.
 *
 * Pending set-ups of other methods become void: from now on they need a code of this method (rule 8).
 *
 * @returns refused with 5901, 5904, 5906, 5911, or 5907/5908
 */
export function decideVerification(
  state: AccountState,
  submission: Submission,
  { method, isOffered }: Verification,
  rules: Rules,
): Decision<void> {
  const ended = refuseEnded(state, rules);
  if (ended) return ended;
  const status = statusOf(state, method);
  if (status === FactorStatus.active) return refuse('alreadyActivated');
  if (status === FactorStatus.disabled || !isOffered) return refuse('typeNotFound');
  const accepting = { purpose: 'activation', methods: [method], about: method } as const;
  const judgement = judge(state, submission, accepting, rules);
  if ('refusal' in judgement) return judgement.refusal;
  const { changes = {}, notes } = judgement.accepted;
  const others = pendingMethods(state).filter((each) => each !== method);
  const activated = both(changes, {
    setFactor: { method, status: FactorStatus.active, activatedAt: rules.now },
    endCodes: { methods: [method, ...others] },
    ...(others.length > 0 && { removeCredentials: others }),
  });
  return pass(undefined, activated, [{ event: 'activated', method }, ...notes]);
}

import { Injectable } from '@nestjs/common';
import { AccountStateRepository } from '../persistence/account-state.repository.js';
import type { AccountState } from './account-state.js';
import type { Caller } from './caller.js';
import type { Code } from './code.js';
import { DecisionContext } from './decision-context.js';
import type { Decision, Rules } from './decisions/decision.js';
import { heldGrant } from './decisions/judgement.js';
import { activeMethods, decideStepUp, type StepUp } from './decisions/step-up.js';
import type { Method } from './method.js';
import { MethodRegistry } from './method-registry.js';
import type { EnrolmentRule } from './policy.js';
import { Recogniser } from './recogniser.js';
import { RememberedStates } from './remembered-states.js';

/** Requires a second factor for a request. */
@Injectable()
export class StepUpService {
  private readonly remembered = new RememberedStates();

  constructor(
    private readonly states: AccountStateRepository,
    private readonly recogniser: Recogniser,
    private readonly registry: MethodRegistry,
    private readonly context: DecisionContext,
  ) {}

  /**
   * Decides about a protected action.
   *
   * @returns undefined if no code is needed, because the account has no active method
   * @throws MfaException 5900, 5901, 5907, 5908, 5911 or 5913
   */
  async requireCode(caller: Caller, value: Code | undefined, rule: EnrolmentRule): Promise<StepUp | undefined> {
    const { subject, rules } = this.context.of(caller);
    const remembered = this.remembered.get(caller, rules.now);
    const outcome = await this.states.decide({ ...subject, ...(remembered && { remembered }) }, async (loaded) => {
      const decision = await this.judge(loaded, caller, value, rule, rules);
      if (isReuse(decision)) this.remembered.remember(caller, loaded, rules.now);
      else if (remembered) this.remembered.forget(caller);
      return decision;
    });
    return this.context.passed(outcome, caller, rules);
  }

  private async judge(
    loaded: AccountState,
    caller: Caller,
    value: Code | undefined,
    rule: EnrolmentRule,
    rules: Rules,
  ): Promise<Decision<StepUp | undefined>> {
    if (value === undefined) return decideStepUp(loaded, heldGrant(loaded, caller, rules), rule, rules);
    const examination = { value, methods: this.activeMethods(loaded), purpose: 'step-up', rules } as const;
    const { state, submission } = await this.recogniser.examine(loaded, caller, examination);
    return decideStepUp(state, submission, rule, rules);
  }

  private activeMethods(state: AccountState): readonly Method[] {
    const active = activeMethods(state);
    if (active.length === 0) return [];
    return this.registry.methodsOf(state.account.kind).filter(({ name }) => active.includes(name));
  }
}

function isReuse({ outcome }: Decision<StepUp | undefined>): boolean {
  return 'passed' in outcome && outcome.passed?.reused === true;
}

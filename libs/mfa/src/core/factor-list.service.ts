import { Injectable } from '@nestjs/common';
import { AccountStateRepository } from '../persistence/account-state.repository.js';
import { isActive, statusOf, type AccountState } from './account-state.js';
import type { Caller } from './caller.js';
import { DecisionContext } from './decision-context.js';
import { lockOf } from './decisions/decision.js';
import { aliveGrant, isAlive } from './decisions/judgement.js';
import type { FactorStatus } from './factor.js';
import { describes, type Method } from './method.js';
import { MethodRegistry } from './method-registry.js';
import type { Requirement } from './policy.js';
import { Recogniser } from './recogniser.js';

export interface ListedFactor extends Readonly<Record<string, unknown>> {
  readonly type: string;
  readonly status: FactorStatus;
}

export interface FactorList {
  /** Every offered method with its status, and active methods that are no longer offered. */
  readonly factors: readonly ListedFactor[];
  readonly grantExpiresAt: Date | null;
  /** What policies require of the account, now or later, sorted by date. */
  readonly requirements: readonly Requirement[];
  /** Until when the account's second factors are locked. */
  readonly lockedUntil: Date | null;
  /** How many wrong values are left until the account's second factors are locked. */
  readonly attemptsLeft: number;
  /** The methods of which the session has a code for a protected action that is still good. */
  readonly liveCodes: readonly string[];
}

/** Lists the factors of an account for its person. */
@Injectable()
export class FactorListService {
  constructor(
    private readonly states: AccountStateRepository,
    private readonly registry: MethodRegistry,
    private readonly recogniser: Recogniser,
    private readonly context: DecisionContext,
  ) {}

  async list(caller: Caller): Promise<FactorList> {
    const { subject, rules } = this.context.of(caller);
    const loaded = await this.states.load(subject);
    const listed = this.listed(loaded);
    const isDescribed = listed.some((method) => describes(method) && isActive(loaded, method.name));
    const state = isDescribed ? await this.recogniser.withEvidence(loaded, listed) : loaded;
    const { requirements } = state;
    const grant = aliveGrant(state, rules);
    return {
      factors: listed.map((method) => this.describe(state, method)),
      grantExpiresAt: grant && isActive(state, grant.method) ? grant.expiresAt : null,
      requirements,
      lockedUntil: lockOf(state, rules) ?? null,
      attemptsLeft: Math.max(0, rules.limits.failureLimit - state.failureCount),
      liveCodes: loaded.evidence.codes
        .filter((code) => code.sessionId === caller.sessionId && code.purpose === 'step-up')
        .filter((code) => isAlive(state, code, rules))
        .map(({ method }) => method),
    };
  }

  /** @returns the methods that the person can use, in the order in which they are offered */
  private listed(state: AccountState): readonly Method[] {
    const { kind } = state.account;
    const offered = this.registry.offeredTo(kind);
    const kept = this.registry.methodsOf(kind).filter((method) => !offered.includes(method));
    return [...offered, ...kept.filter(({ name }) => isActive(state, name))];
  }

  private describe(state: AccountState, method: Method): ListedFactor {
    const { name: type } = method;
    const factor = { type, status: statusOf(state, type) };
    const isDescribed = describes(method) && isActive(state, type);
    return isDescribed ? { ...factor, ...method.describe(this.recogniser.keptFor(state, method)) } : factor;
  }
}

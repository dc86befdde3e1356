import { Inject, Injectable } from '@nestjs/common';
import type { Subject } from '../persistence/account-state.repository.js';
import type { Account, AccountKind, Actor } from './account.js';
import { actorOf, type Caller } from './caller.js';
import type { Outcome, Rules } from './decisions/decision.js';
import { MfaEventLog } from './mfa-event-log.js';
import { MfaException } from './mfa.exception.js';
import { MethodRegistry } from './method-registry.js';
import { MFA_OPTIONS, type ResolvedMfaOptions } from './mfa.options.js';

/** The account that a decision is about, and the rules for it, at one moment. */
export interface Context {
  readonly subject: Subject;
  readonly rules: Rules;
}

/** Provides the rules for decisions, and turns refusals into exceptions. */
@Injectable()
export class DecisionContext {
  constructor(
    private readonly registry: MethodRegistry,
    private readonly log: MfaEventLog,
    @Inject(MFA_OPTIONS) private readonly options: ResolvedMfaOptions,
  ) {}

  /** For a caller who acts on their own account. */
  of(caller: Caller): Context {
    const { account, sessionId, policyKeys, onBehalfOf } = caller;
    const { subject, rules } = this.about(account, actorOf(caller));
    const scope = { ...(policyKeys && { policyKeys }), ...(onBehalfOf && { onBehalfOf }) };
    return { subject: { ...subject, ...scope, sessionId }, rules };
  }

  /** For an actor who acts on any account. */
  about(account: Account, actor: Actor): Context {
    const rules = this.rulesFor(account.kind);
    const { now: at, backups } = rules;
    return { subject: { account, actor, at, backups, sessionId: '' }, rules };
  }

  /** @throws MfaException if the outcome is a refusal */
  passed<T>(outcome: Outcome<T>, caller: Caller, { now }: Rules): T {
    if ('passed' in outcome) return outcome.passed;
    const { refused: reason, until } = outcome;
    this.log.record('mfa.refused', caller, { reason });
    throw new MfaException(reason, until && { at: until, now });
  }

  private rulesFor(kind: AccountKind): Rules {
    const { limits, now, errorWording } = this.options;
    return { now: now(), limits: limits[kind], backups: this.registry.backups, errorWording };
  }
}

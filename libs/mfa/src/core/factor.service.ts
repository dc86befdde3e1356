import { Injectable } from '@nestjs/common';
import { AccountStateRepository } from '../persistence/account-state.repository.js';
import { isActive, type AccountState } from './account-state.js';
import type { Caller } from './caller.js';
import type { Code, CodeOccasion } from './code.js';
import { CodeSender, type IssuedMessage } from './code-sender.js';
import { DecisionContext } from './decision-context.js';
import { decideActivation } from './decisions/activation.js';
import { decideDeactivation } from './decisions/deactivation.js';
import { refuse, type Rules } from './decisions/decision.js';
import { decideTrigger } from './decisions/issue.js';
import { decideVerification } from './decisions/verification.js';
import { Drafts, type Draft } from './drafts.js';
import { challenges, type Challenges, type Method } from './method.js';
import { MethodRegistry } from './method-registry.js';
import { MfaEventLog } from './mfa-event-log.js';
import { MfaException } from './mfa.exception.js';
import { Recogniser, type Examined } from './recogniser.js';

/** The attributes that activate or trigger answer besides the type, or undefined if there are none. */
export type HandedOut = Readonly<Record<string, unknown>> | undefined;

/** Sets up and deactivates factors: the logic of four of the five endpoints, without HTTP. */
@Injectable()
export class FactorService {
  constructor(
    private readonly states: AccountStateRepository,
    private readonly registry: MethodRegistry,
    private readonly recogniser: Recogniser,
    private readonly drafts: Drafts,
    private readonly sender: CodeSender,
    private readonly context: DecisionContext,
    private readonly log: MfaEventLog,
  ) {}

  /**
   * Starts (or restarts) to set up a method. If another method is active, a value of it is required.
   *
   * @throws MfaException 5900 to 5902, 5904, 5906, 5910 to 5913
   */
  async activate(caller: Caller, type: unknown, value: Code | undefined): Promise<HandedOut> {
    const method = this.method(caller, type);
    const { subject, rules } = this.context.of(caller);
    const draft = await this.drafts.setUp(caller, method, rules);
    const setUp = { ...draft.setUp, isOffered: this.registry.isOffered(method.name, caller.account.kind) };
    const outcome = await this.states.decide(subject, async (loaded) => {
      if (value === undefined) return decideActivation(loaded, undefined, setUp, rules);
      const { state, submission } = await this.examine(loaded, caller, value, rules);
      return decideActivation(state, submission, setUp, rules);
    });
    this.context.passed(outcome, caller, rules);
    await this.send(caller, method, draft, 'activation', rules);
    this.log.record('mfa.activation_begun', caller, { method: method.name });
    return draft.answer?.();
  }

  /**
   * Completes the set-up of a method.
   *
   * @throws MfaException 5900 to 5902, 5904, 5906 or 5911
   */
  async verify(caller: Caller, type: unknown, value: Code | undefined): Promise<void> {
    if (value === undefined) return this.refuseMissing(caller);
    const method = this.method(caller, type);
    const { subject, rules } = this.context.of(caller);
    const verification = {
      method: method.name,
      isOffered: this.registry.isOffered(method.name, caller.account.kind),
    };
    const outcome = await this.states.decide(subject, async (loaded) => {
      const examination = { value, methods: [method], purpose: 'activation', rules } as const;
      const { state, submission } = await this.recogniser.examine(loaded, caller, examination);
      return decideVerification(state, submission, verification, rules);
    });
    this.context.passed(outcome, caller, rules);
    this.log.record('mfa.activated', caller, { method: method.name });
  }

  /**
   * Issues a code or a challenge of an active method. Other methods issue nothing.
   *
   * @param occasion what the message says that the code is for
   * @throws MfaException 5902, 5906, 5910, 5911 or 5912
   */
  async trigger(caller: Caller, type: unknown, occasion: CodeOccasion = 'change'): Promise<HandedOut> {
    const method = this.method(caller, type);
    const { subject, rules } = this.context.of(caller);
    const draft = this.drafts.issue(caller, method, rules);
    const target = { method: method.name, sessionId: caller.sessionId };
    const outcome = await this.states.decide(subject, (state) => decideTrigger(state, target, draft.issuable, rules));
    this.context.passed(outcome, caller, rules);
    await this.send(caller, method, draft, occasion, rules);
    return challenges(method) ? this.challenge(caller, method, draft.challenge, rules) : undefined;
  }

  /**
   * Deactivates a method with a value of the method itself or of a backup.
   *
   * @throws MfaException 5900 to 5903, 5906 or 5911
   */
  async deactivate(caller: Caller, type: unknown, value: Code | undefined): Promise<void> {
    if (value === undefined) return this.refuseMissing(caller);
    const method = this.method(caller, type);
    const { subject, rules } = this.context.of(caller);
    const outcome = await this.states.decide(subject, async (loaded) => {
      const { state, submission } = await this.examine(loaded, caller, value, rules);
      return decideDeactivation(state, submission, method.name, rules);
    });
    this.context.passed(outcome, caller, rules);
    this.log.record('mfa.deactivated', caller, { method: method.name });
  }

  private async send(
    caller: Caller,
    method: Method,
    { code, issuable }: Draft,
    occasion: IssuedMessage['occasion'],
    { limits, now }: Rules,
  ): Promise<void> {
    if (code === undefined || !issuable) return;
    const purpose = occasion === 'activation' ? occasion : 'step-up';
    const what = { code, purpose, occasion, requestedAt: now, ttlSeconds: limits.codeTtlSeconds } as const;
    await this.sender.send(caller, method, { ...issuable, ...what });
  }

  /** The data that the person needs to answer an issued challenge. */
  private async challenge(caller: Caller, method: Challenges, challenge: string, { now }: Rules): Promise<HandedOut> {
    const { subject } = this.context.of(caller);
    const state = await this.recogniser.withEvidence(await this.states.load(subject), [method]);
    const attempt = this.recogniser.attempt(state, caller, method, { purpose: 'step-up', now });
    return { ...(await method.challenge({ ...attempt, challenge })) };
  }

  /** A missing header is refused before the document is checked. Like any refusal it is recorded in the trail. */
  private async refuseMissing(caller: Caller): Promise<never> {
    const { subject, rules } = this.context.of(caller);
    const outcome = await this.states.decide(subject, () => refuse('codeMissing'));
    return this.context.passed(outcome, caller, rules);
  }

  /** @throws MfaException 5902 or 5906 */
  private method({ account }: Caller, type: unknown): Method {
    if (typeof type !== 'string' || type === '') throw new MfaException('typeMissing');
    const method = this.registry.find(type, account.kind);
    if (!method) throw new MfaException('typeNotFound');
    return method;
  }

  /** Asks all methods of the account about a value. The decision then chooses which of them are accepted. */
  private examine(state: AccountState, caller: Caller, value: Code, rules: Rules): Promise<Examined> {
    const methods = this.registry.methodsOf(caller.account.kind).filter(({ name }) => isActive(state, name));
    return this.recogniser.examine(state, caller, { value, methods, purpose: 'step-up', rules });
  }
}

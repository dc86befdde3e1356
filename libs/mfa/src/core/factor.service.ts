import { Inject, Injectable } from '@nestjs/common';
import { MFA_OPTIONS, type ResolvedMfaOptions } from '../mfa.options.js';
import { FactorRepository } from '../persistence/factor.repository.js';
import type { Caller } from './account.js';
import type { Code } from './code.js';
import { CodeSender } from './code-sender.js';
import { FactorStatus, hasActiveFactor, statusOf } from './factor.js';
import type { Method } from './method.js';
import type { Requirement } from './policy.js';
import { MethodRegistry } from './method-registry.js';
import { MfaEventLog } from './mfa-event-log.js';
import { MfaRefusal } from './refusal.js';
import { StepUpService } from './step-up.service.js';

export interface FactorList {
  /** Every method offered to the account, with its status. */
  readonly factors: readonly { readonly type: string; readonly status: FactorStatus }[];
  readonly grantExpiresAt: Date | null;
  /** What policies demand of the account, now or later; the earliest first. */
  readonly requirements: readonly Requirement[];
}

/** Setting factors up and down: the five endpoints without their HTTP. */
@Injectable()
export class FactorService {
  constructor(
    private readonly factors: FactorRepository,
    private readonly registry: MethodRegistry,
    private readonly sender: CodeSender,
    private readonly stepUp: StepUpService,
    private readonly log: MfaEventLog,
    @Inject(MFA_OPTIONS) private readonly options: ResolvedMfaOptions,
  ) {}

  async list(caller: Caller): Promise<FactorList> {
    const { factors, grantExpiresAt, requirements } = await this.overview(caller);
    const offered = this.registry.offeredTo(caller.account.kind);
    const listed = offered.map(({ name }) => ({ type: name, status: statusOf(factors, name) }));
    return { factors: listed, grantExpiresAt, requirements };
  }

  /** Begins (or begins again) to set a method up; with another one active a code of that is needed. */
  async activate(caller: Caller, type: unknown, code: Code | undefined): Promise<void> {
    const method = this.method(caller, type);
    const { factors } = await this.overview(caller);
    if (statusOf(factors, method.name) === FactorStatus.active) throw new MfaRefusal('alreadyActivated');
    const steppedUp = hasActiveFactor(factors);
    if (steppedUp) await this.stepUp.requireCode(caller, code, 'never');
    await this.sender.issueAndSend(caller, method, 'activation', steppedUp);
    this.log.record('mfa.activation_begun', caller, { method: method.name });
  }

  /** Completes the set-up with the code that activate sent. */
  async verify(caller: Caller, type: unknown, code: Code | undefined): Promise<void> {
    if (code === undefined) throw await this.stepUp.missing(caller);
    const method = this.method(caller, type);
    const judgement = await this.stepUp.verify(caller, code, method.name);
    const status = statusOf(judgement.factors, method.name);
    if (status === FactorStatus.active) throw new MfaRefusal('alreadyActivated');
    if (status === FactorStatus.disabled) throw new MfaRefusal('typeNotFound');
    this.stepUp.accepted(caller, judgement);
    this.log.record('mfa.activated', caller, { method: method.name });
  }

  /** Sends a code of an active method. */
  async trigger(caller: Caller, type: unknown): Promise<void> {
    await this.sender.issueAndSend(caller, this.method(caller, type), 'step-up');
  }

  /** Ends a method with a code of its own. */
  async deactivate(caller: Caller, type: unknown, code: Code | undefined): Promise<void> {
    if (code === undefined) throw await this.stepUp.missing(caller);
    const method = this.method(caller, type);
    const judgement = await this.stepUp.deactivate(caller, code, method.name);
    if (statusOf(judgement.factors, method.name) !== FactorStatus.active) throw new MfaRefusal('typeNotFound');
    this.stepUp.accepted(caller, judgement);
    this.log.record('mfa.deactivated', caller, { method: method.name });
  }

  /** @throws MfaRefusal 5902 or 5906 */
  private method({ account }: Caller, type: unknown): Method {
    if (typeof type !== 'string' || type === '') throw new MfaRefusal('typeMissing');
    const method = this.registry.find(type, account.kind);
    if (!method) throw new MfaRefusal('typeNotFound');
    return method;
  }

  private overview(caller: Caller): ReturnType<FactorRepository['overview']> {
    return this.factors.overview(caller, this.options.now());
  }
}

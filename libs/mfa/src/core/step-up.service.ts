import { Inject, Injectable } from '@nestjs/common';
import { AuditTrailRepository } from '../persistence/audit-trail.repository.js';
import { JudgementRepository, type Judgement, type Question } from '../persistence/judgement.repository.js';
import { MFA_OPTIONS, type ResolvedMfaOptions } from '../mfa.options.js';
import { actorOf, type Caller } from './account.js';
import { macOf, type Code } from './code.js';
import { FactorStatus, hasActiveFactor } from './factor.js';
import { MethodRegistry } from './method-registry.js';
import { MfaEventLog } from './mfa-event-log.js';
import type { SetupDemand } from './policy.js';
import { MFA_ERRORS } from './mfa-errors.js';
import { MfaRefusal } from './refusal.js';

/** A code was accepted: the first use of one, or a use within its grant. */
export interface StepUp {
  readonly method: string;
  readonly reused: boolean;
}

type Task = Pick<Question, 'purpose' | 'acceptGrant' | 'method' | 'status' | 'effect' | 'setup'>;

const PROTECTED_ACTION: Omit<Task, 'setup'> = {
  purpose: 'step-up',
  acceptGrant: true,
  method: null,
  status: FactorStatus.active,
  effect: 'none',
};

/** The one place where submitted codes are judged, for every path: protected actions, verify, deactivate, activate. */
@Injectable()
export class StepUpService {
  constructor(
    private readonly judgements: JudgementRepository,
    private readonly trail: AuditTrailRepository,
    private readonly registry: MethodRegistry,
    private readonly log: MfaEventLog,
    @Inject(MFA_OPTIONS) private readonly options: ResolvedMfaOptions,
  ) {}

  /**
   * Decides about a protected action in one SQL statement.
   *
   * @param setup what becomes of an account without an active factor
   * @returns undefined when the account has no active factor: no code is needed
   * @throws MfaRefusal 5900, 5901 or 5911; 5913 where a method must be set up first
   */
  async requireCode(caller: Caller, code: Code | undefined, setup: SetupDemand): Promise<StepUp | undefined> {
    const judgement = await this.judge(caller, code, { ...PROTECTED_ACTION, setup });
    if (judgement.setupRequired) throw this.refusal(caller, 'setupRequired');
    if (!hasActiveFactor(judgement.factors)) return undefined;
    if (code === undefined) throw this.refusal(caller, 'codeMissing');
    return this.accepted(caller, judgement);
  }

  /** Judges the code that activate sent for a method; a right one activates the method. */
  verify(caller: Caller, code: Code, method: string): Promise<Judgement> {
    const status = FactorStatus.pending;
    return this.judge(caller, code, {
      purpose: 'activation',
      acceptGrant: false,
      method,
      status,
      effect: 'activate',
      setup: 'never',
    });
  }

  /** Judges a code of an active method; a right one removes the method. */
  deactivate(caller: Caller, code: Code, method: string): Promise<Judgement> {
    const status = FactorStatus.active;
    return this.judge(caller, code, {
      purpose: 'step-up',
      acceptGrant: true,
      method,
      status,
      effect: 'deactivate',
      setup: 'never',
    });
  }

  /** The refusal of a request that is about a code and has none; it is an entry of the trail like any other. */
  async missing(caller: Caller): Promise<MfaRefusal> {
    const { account } = caller;
    const by = { account, actor: actorOf(caller), at: this.options.now() };
    await this.trail.append({ ...by, event: 'refused', errorCode: MFA_ERRORS.codeMissing.code });
    return this.refusal(caller, 'codeMissing');
  }

  /** @throws MfaRefusal 5911 or 5901 unless the judged code was accepted; 5903 where a policy keeps the method */
  accepted(caller: Caller, { lockedUntil, verdict, method, lockedNow, methodRequired }: Judgement): StepUp {
    if (lockedUntil) throw this.refusal(caller, 'locked', lockedUntil);
    if (method === null || verdict === null || verdict === 'wrong') {
      throw this.refusal(caller, 'codeInvalid', undefined, { lockedNow });
    }
    if (methodRequired) throw this.refusal(caller, 'deactivationFailed');
    return { method, reused: verdict === 'reused' };
  }

  private judge(caller: Caller, code: Code | undefined, task: Task): Promise<Judgement> {
    const { secrets, limits, now } = this.options;
    const { kind } = caller.account;
    // a code of the method itself ends it; elsewhere the code of any active method will do
    const names = task.method === null ? this.registry.offeredTo(kind).map(({ name }) => name) : [task.method];
    const macs =
      code === undefined ? [] : names.flatMap((name) => secrets.map((key) => macOf(key, caller, name, code).mac));
    return this.judgements.judge({ caller, macs, ...task, limits: limits[kind], now: now() });
  }

  private refusal(
    caller: Caller,
    reason: 'codeMissing' | 'codeInvalid' | 'locked' | 'setupRequired' | 'deactivationFailed',
    until?: Date,
    details: object = {},
  ): MfaRefusal {
    this.log.record('mfa.refused', caller, { reason, ...details });
    return new MfaRefusal(reason, until && { at: until, now: this.options.now() });
  }
}

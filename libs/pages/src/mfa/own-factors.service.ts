import { Injectable } from '@nestjs/common';
import {
  AuditTrailService,
  FactorListService,
  FactorService,
  FactorStatus,
  MfaException,
  MfaService,
  type Caller,
  type CodeOccasion,
  type FactorList,
  type ListedFactor,
} from '#mfa';

export const RECOVERY_CODE = 'recovery-code';

/** What pages know of a person's own second factors. */
export interface OwnFactors extends FactorList {
  /** The active methods; the last used one first. */
  readonly active: readonly string[];
  /** The active methods that can send a code. */
  readonly senders: readonly string[];
  /** What policies require and no method satisfies; the earliest first. */
  readonly unsatisfied: FactorList['requirements'];
}

@Injectable()
export class OwnFactorsService {
  constructor(
    private readonly factorList: FactorListService,
    private readonly factors: FactorService,
    private readonly mfa: MfaService,
    private readonly trail: AuditTrailService,
  ) {}

  async of(caller: Caller): Promise<OwnFactors> {
    const list = await this.factorList.list(caller);
    const active = await this.byLastUse(
      caller,
      list.factors.filter(({ status }) => status === FactorStatus.active).map(({ type }) => type),
    );
    const sending = this.mfa.sendingMethodsFor(caller.account.kind);
    return {
      ...list,
      active,
      senders: active.filter((type) => sending.includes(type)),
      unsatisfied: list.requirements.filter(({ methods }) => !methods.some((type) => active.includes(type))),
    };
  }

  /** Recovery codes are for the day on which nothing else works: they come last. */
  private async byLastUse({ account }: Caller, active: readonly string[]): Promise<readonly string[]> {
    const others = active.filter((type) => type !== RECOVERY_CODE);
    const last = others.length > 1 ? await this.trail.lastAccepted(account) : undefined;
    const first = others.filter((type) => type === last);
    return [...new Set([...first, ...others, ...active])];
  }

  /**
   * Sends a code at once where the account has no other way to get one.
   *
   * @returns whether a code was sent; undefined: there was nothing to send
   */
  async sendOnlyCode(caller: Caller, occasion: CodeOccasion): Promise<boolean | undefined> {
    const { active, senders } = await this.of(caller);
    const [only, ...others] = active.filter((type) => type !== RECOVERY_CODE);
    if (only === undefined || others.length > 0 || !senders.includes(only)) return undefined;
    try {
      await this.factors.trigger(caller, only, occasion);
      return true;
    } catch (error) {
      if (error instanceof MfaException) return false;
      throw error;
    }
  }
}

export function factorOf({ factors }: OwnFactors, type: string): ListedFactor | undefined {
  return factors.find((factor) => factor.type === type);
}

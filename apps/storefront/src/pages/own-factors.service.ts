import { Injectable } from '@nestjs/common';
import {
  FactorListService,
  FactorService,
  FactorStatus,
  MfaException,
  MfaService,
  type Caller,
  type FactorList,
  type ListedFactor,
} from '#mfa';

const RECOVERY = 'recovery-code';

/** What pages know of a customer's own second factors. */
export interface OwnFactors extends FactorList {
  readonly active: readonly string[];
  /** The active methods that can send a code. */
  readonly senders: readonly string[];
  readonly hasRecoveryCodes: boolean;
  /** Something protected needs a code now: a method is on, and the session has no grant. */
  readonly needsCode: boolean;
  /** What policies require and no method satisfies; the earliest first. */
  readonly unsatisfied: FactorList['requirements'];
}

@Injectable()
export class OwnFactorsService {
  constructor(
    private readonly factorList: FactorListService,
    private readonly factors: FactorService,
    private readonly mfa: MfaService,
  ) {}

  async of(caller: Caller): Promise<OwnFactors> {
    const list = await this.factorList.list(caller);
    const active = list.factors.filter(({ status }) => status === FactorStatus.active).map(({ type }) => type);
    const sending = this.mfa.sendingMethodsFor(caller.account.kind);
    return {
      ...list,
      active,
      senders: active.filter((type) => sending.includes(type)),
      hasRecoveryCodes: active.includes(RECOVERY),
      needsCode: active.length > 0 && list.grantExpiresAt === null,
      unsatisfied: list.requirements.filter(({ methods }) => !methods.some((type) => active.includes(type))),
    };
  }

  /**
   * Sends a code at once where the account has no other way to get one.
   *
   * @returns whether a code was sent; one that could not be is asked for on the next page
   */
  async sendOnlyCode(caller: Caller): Promise<boolean> {
    const { active, senders } = await this.of(caller);
    const [only, ...others] = active.filter((type) => type !== RECOVERY);
    if (only === undefined || others.length > 0 || !senders.includes(only)) return false;
    try {
      await this.factors.trigger(caller, only);
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

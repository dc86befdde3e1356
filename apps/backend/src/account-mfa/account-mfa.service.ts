import { Injectable } from '@nestjs/common';
import type { ReachableCaller } from '#auth';
import { ApiException, isStorable } from '#json-api';
import { actorOf, FactorStatus, MFA_ERRORS, MfaService, type Account } from '#mfa';
import { BACKEND_ERRORS } from '../backend-errors.js';

/** The methods offered to an account, each with its status, as the account itself would see them. */
export interface AccountMfa {
  readonly methods: readonly { readonly type: string; readonly status: FactorStatus }[];
  readonly lockedUntil: Date | null;
}

/** What administrators see and remove of the second factors of others (contract: MFA, section 4, rule 10). */
@Injectable()
export class AccountMfaService {
  constructor(private readonly mfa: MfaService) {}

  async list(account: Account): Promise<AccountMfa> {
    const { factors, lockedUntil } = await this.mfa.stateOf(account);
    const statuses = new Map(factors.map(({ method, status }) => [method, status]));
    const offered = this.mfa.methodsFor(account.kind);
    return {
      methods: offered.map((type) => ({ type, status: statuses.get(type) ?? FactorStatus.disabled })),
      lockedUntil,
    };
  }

  /**
   * Removes all methods; where none is set up nothing changes.
   *
   * @throws ApiException 403 for oneself
   */
  async removeAll(account: Account, by: ReachableCaller, reason: string): Promise<void> {
    await this.remove(account, null, by, reason);
  }

  /** @throws ApiException 403 for oneself, 400 / 5906 for a method that is not set up, and not begun to be */
  async removeOne(account: Account, method: string, by: ReachableCaller, reason: string): Promise<void> {
    const removed = isStorable(method) ? await this.remove(account, method, by, reason) : [];
    if (removed.length === 0) throw new ApiException(MFA_ERRORS.typeNotFound);
  }

  private remove(
    account: Account,
    method: string | null,
    by: ReachableCaller,
    reason: string,
  ): Promise<readonly string[]> {
    if (account.kind === by.account.kind && account.id === by.account.id) {
      throw new ApiException(BACKEND_ERRORS.forbidden);
    }
    return this.mfa.remove(account, method, actorOf(by, reason));
  }
}

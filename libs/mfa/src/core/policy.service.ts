import { Inject, Injectable } from '@nestjs/common';
import type { Page } from '#json-api';
import type { Transaction } from '../persistence/account-state.repository.js';
import { PolicyRepository } from '../persistence/policy.repository.js';
import type { Authorship } from './audit.js';
import { actorOf, type Caller } from './caller.js';
import { MFA_OPTIONS, type ResolvedMfaOptions } from './mfa.options.js';
import type { NewPolicy, Policy } from './policy.js';

/**
 * Who must have a second factor, from when on; a change is in force with the next request.
 *
 * `within` is the transaction in which it was judged that the caller may make the change.
 */
@Injectable()
export class PolicyService {
  constructor(
    private readonly policies: PolicyRepository,
    @Inject(MFA_OPTIONS) private readonly options: ResolvedMfaOptions,
  ) {}

  list(page: Page): Promise<{ readonly policies: readonly Policy[]; readonly total: number }> {
    return this.policies.list(page);
  }

  find(uuid: string): Promise<Policy | undefined> {
    return this.policies.find(uuid);
  }

  create(policy: NewPolicy, by: Caller, within?: Transaction): Promise<Policy> {
    return this.policies.create(policy, this.authored(by), within);
  }

  /** @param change what becomes of the policy as it is now @returns undefined for one that does not exist */
  update(
    uuid: string,
    change: (now: Policy) => NewPolicy,
    by: Caller,
    within?: Transaction,
  ): Promise<Policy | undefined> {
    return this.policies.update(uuid, change, this.authored(by), within);
  }

  /** @returns false for one that does not exist */
  delete(uuid: string, by: Caller, within?: Transaction): Promise<boolean> {
    return this.policies.delete(uuid, this.authored(by), within);
  }

  private authored(by: Caller): Authorship {
    return { account: by.account, actor: actorOf(by), at: this.options.now() };
  }
}

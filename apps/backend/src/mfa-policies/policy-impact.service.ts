import { Injectable } from '@nestjs/common';
import { PolicyService, type NewPolicy } from '#mfa';
import { PolicyImpactRepository } from './policy-impact.repository.js';

/** Tells administrators what a policy does before it is in force. */
@Injectable()
export class PolicyImpactService {
  constructor(
    private readonly repository: PolicyImpactRepository,
    private readonly policies: PolicyService,
  ) {}

  /**
   * How many accounts the policy would refuse (5913) if it were in force now: confirmed customers and active users whom
   * it names and who have none of its methods. Other policies do not matter. Agents who act for a
   * customer are refused as well, and are not counted.
   *
   * An exact count. For all customers it reads every customer and every active method.
   */
  refusedBy(policy: NewPolicy): Promise<number> {
    return this.repository.count({ ...policy, methods: this.policies.satisfyingMethods(policy) });
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PolicyService, type NewPolicy } from '#mfa';
import { CountedFigures, type Figure, type FigureCounter } from '../counted-figures/counted-figures.service.js';
import { PolicyImpactRepository } from './policy-impact.repository.js';

type Scope = Omit<NewPolicy, 'requiredFrom'>;

/** Tells administrators what a policy does before it is in force. */
@Injectable()
export class PolicyImpactService implements OnModuleInit {
  private readonly counter: FigureCounter<Scope, number> = {
    task: 'policy-impact',
    renewalMs: 600_000,
    count: (scope) => this.repository.count(scope),
    kindOf: ({ appliesTo }) => appliesTo,
  };

  constructor(
    private readonly repository: PolicyImpactRepository,
    private readonly policies: PolicyService,
    private readonly counted: CountedFigures,
  ) {}

  onModuleInit(): void {
    this.counted.register(this.counter);
  }

  /**
   * How many accounts the policy would refuse (5913) if it were in force now: confirmed customers and active users whom
   * it names and who have none of its methods. Other policies do not matter. Agents who act for a
   * customer are refused as well, and are not counted.
   *
   * An exact count. For all customers it reads every customer and every active method.
   */
  refusedBy(policy: NewPolicy): Promise<number> {
    return this.repository.count(this.scopeOf(policy));
  }

  /** The same for several policies, as jobs counted it last. */
  lastCounts(policies: readonly NewPolicy[]): Promise<readonly Figure<number>[]> {
    return this.counted.read(
      this.counter,
      policies.map((policy) => this.scopeOf(policy)),
    );
  }

  /** Policies that refuse the same accounts have the same: it names their count. */
  private scopeOf(policy: NewPolicy): Scope {
    const { appliesTo, value } = policy;
    return { appliesTo, value, methods: this.policies.satisfyingMethods(policy).toSorted() };
  }
}

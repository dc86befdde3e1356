/** Whom a policy is about: all customers, the customers of a company, or the users with a role. */
export const POLICY_SCOPES = ['customers', 'company', 'role'] as const;
export type PolicyScope = (typeof POLICY_SCOPES)[number];

/** From when on somebody must have one of some methods. */
export interface Requirement {
  readonly requiredFrom: Date;
  /** The methods that satisfy it: one of them must be active. */
  readonly methods: readonly string[];
}

export interface NewPolicy extends Requirement {
  readonly appliesTo: PolicyScope;
  /** The company's name, or the role; null for all customers. */
  readonly value: string | null;
}

export interface Policy extends NewPolicy {
  readonly uuid: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * Whether an account without an active method is refused: always; when a policy in force is not satisfied, or the
 * account acts for one that has an active method; or never.
 */
export type SetupDemand = 'always' | 'by-policy' | 'never';

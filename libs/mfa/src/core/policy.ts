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
 * Whether an action needs an active method of every account, or of those alone of whom a policy in force requires one,
 * or who act for somebody that has one.
 */
export type EnrolmentRule = 'always' | 'by-policy';

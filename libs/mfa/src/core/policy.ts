/** Who a policy applies to: all customers, the customers of a company, or the users with a role. */
export const POLICY_SCOPES = ['customers', 'company', 'role'] as const;
export type PolicyScope = (typeof POLICY_SCOPES)[number];

/** The date from which an account must have one of the methods. */
export interface Requirement {
  readonly requiredFrom: Date;
  /** One of these methods must be active. */
  readonly methods: readonly string[];
}

export interface NewPolicy extends Requirement {
  readonly appliesTo: PolicyScope;
  /** The company's name or the role. Null for all customers. */
  readonly value: string | null;
}

export interface Policy extends NewPolicy {
  readonly uuid: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * Which accounts need an active method for an action: `always` means all of them; `by-policy` means those of whom a
 * policy in force requires one, and those acting for somebody who has one. `never`
 * means nobody, for example at a sign-in, because people set a method up behind it.
 */
export type EnrolmentRule = 'always' | 'by-policy' | 'never';

/** The status of a factor in documents (contract: section 1). */
export const FactorStatus = { disabled: 0, pending: 1, active: 2 } as const;
export type FactorStatus = (typeof FactorStatus)[keyof typeof FactorStatus];

/** An account's enrolment in a method, pending or active. A disabled method has none. */
export interface Factor {
  readonly method: string;
  readonly status: Exclude<FactorStatus, 0>;
}

export interface StoredFactor extends Factor {
  readonly activatedAt: Date | null;
}

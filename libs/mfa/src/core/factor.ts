/** The status of a factor on the wire (contract: section 1). */
export const FactorStatus = { disabled: 0, pending: 1, active: 2 } as const;
export type FactorStatus = (typeof FactorStatus)[keyof typeof FactorStatus];

/** One account's enrolment in a method that was begun or completed; a disabled one is none. */
export interface Factor {
  readonly method: string;
  readonly status: Exclude<FactorStatus, 0>;
}

export interface StoredFactor extends Factor {
  readonly activatedAt: Date | null;
}

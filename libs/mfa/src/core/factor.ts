/** The status of a factor on the wire (contract: section 1). */
export const FactorStatus = { disabled: 0, pending: 1, active: 2 } as const;
export type FactorStatus = (typeof FactorStatus)[keyof typeof FactorStatus];

/** The status of each factor that an account has begun to set up, by method. */
export type Factors = ReadonlyMap<string, FactorStatus>;

export function statusOf(factors: Factors, method: string): FactorStatus {
  return factors.get(method) ?? FactorStatus.disabled;
}

export function hasActiveFactor(factors: Factors): boolean {
  return [...factors.values()].includes(FactorStatus.active);
}

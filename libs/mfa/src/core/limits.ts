/** The bounds and the default of a limit. Durations are in seconds. */
export interface Limit {
  /** The last part of the setting's name. */
  readonly variable: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
  readonly says: string;
}

/** All limits of codes. Options, settings and their documentation read this table. */
export const MFA_LIMITS = {
  codeLength: { variable: 'CODE_LENGTH', minimum: 6, maximum: 10, default: 6, says: 'digits of a code' },
  codeTtlSeconds: {
    variable: 'CODE_TTL_SECONDS',
    minimum: 30,
    maximum: 86_400,
    default: 600,
    says: 'the life of an unused code',
  },
  graceSeconds: {
    variable: 'GRACE_SECONDS',
    minimum: 1,
    maximum: 86_400,
    default: 1800,
    says: 'the life of a grant, from the first use of its code',
  },
  attemptLimit: {
    variable: 'ATTEMPT_LIMIT',
    minimum: 1,
    maximum: 100,
    default: 3,
    says: 'wrong values that void the outstanding codes',
  },
  failureLimit: {
    variable: 'FAILURE_LIMIT',
    minimum: 1,
    maximum: 1000,
    default: 10,
    says: 'wrong values in a row that lock the account',
  },
  lockSeconds: { variable: 'LOCK_SECONDS', minimum: 1, maximum: 604_800, default: 1800, says: 'the life of a lock' },
  sendBurst: { variable: 'SEND_BURST', minimum: 1, maximum: 1000, default: 5, says: 'sends at once …' },
  sendIntervalSeconds: {
    variable: 'SEND_INTERVAL_SECONDS',
    minimum: 1,
    maximum: 86_400,
    default: 60,
    says: '… then one in each interval',
  },
} as const satisfies Readonly<Record<string, Limit>>;

export type MfaLimits = { readonly [Name in keyof typeof MFA_LIMITS]: number };

export const DEFAULT_LIMITS = Object.fromEntries(
  Object.entries(MFA_LIMITS).map(([name, limit]) => [name, limit.default]),
) as MfaLimits;

/** @throws TypeError if a limit is out of its bounds */
export function checkLimits(kind: string, limits: MfaLimits): void {
  for (const [name, { minimum, maximum }] of Object.entries(MFA_LIMITS)) {
    const value = limits[name as keyof MfaLimits];
    if (Number.isInteger(value) && value >= minimum && value <= maximum) continue;
    throw new TypeError(`The MFA limit ${name} of ${kind} must be a whole number from ${minimum} to ${maximum}.`);
  }
}

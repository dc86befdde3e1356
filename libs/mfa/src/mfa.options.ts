import type { AccountKind, CallerResolver } from './core/account.js';
import type { MfaSecret } from './core/code.js';
import type { MailSender } from './methods/email/mail-sender.js';

/** Lives and limits of codes for one kind of account; durations in seconds. */
export interface MfaLimits {
  /** Digits of a code, 6 to 10. */
  readonly codeLength: number;
  readonly codeTtlSeconds: number;
  /** The life of a grant, from the first use of its code. */
  readonly graceSeconds: number;
  /** Wrong values after which an outstanding code is void. */
  readonly attemptLimit: number;
  /** Wrong values in a row after which the account is locked. */
  readonly failureLimit: number;
  readonly lockSeconds: number;
  /** Sends at once, then one in each interval. */
  readonly sendBurst: number;
  readonly sendIntervalSeconds: number;
}

export interface MfaOptions {
  /** The first secret signs, all verify. */
  readonly secrets: readonly MfaSecret[];
  readonly limits: Readonly<Record<AccountKind, MfaLimits>>;
  /** JSON:API types whose writes need a code, beside what `@Protected()` marks; each must belong to a controller. */
  readonly protectedResources: readonly string[];
  readonly callerResolver: CallerResolver;
  readonly mailSender: MailSender;
  /** Whose words the errors of a token without an account use: 5905/5907 or 5908/5909. */
  readonly callerNoun: AccountKind;
  /** The time of all decisions; default: the system's. */
  readonly now?: () => Date;
  /** What one send may take in all; default: 10 000 ms. */
  readonly sendTimeoutMs?: number;
}

export const MFA_OPTIONS = Symbol('MFA_OPTIONS');

export const DEFAULT_LIMITS: MfaLimits = {
  codeLength: 6,
  codeTtlSeconds: 600,
  graceSeconds: 1800,
  attemptLimit: 3,
  failureLimit: 10,
  lockSeconds: 1800,
  sendBurst: 5,
  sendIntervalSeconds: 60,
};

const MINIMUM_SECRET_BYTES = 32;
const LIMIT_NAMES = Object.keys(DEFAULT_LIMITS) as (keyof MfaLimits)[];

/** Options with the defaults filled in. */
export interface ResolvedMfaOptions extends MfaOptions {
  readonly now: () => Date;
  readonly sendTimeoutMs: number;
}

const SEND_TIMEOUT_MS = 10_000;

/** @throws TypeError at the start, for options that would make codes guessable or decisions impossible */
export function resolveOptions(options: MfaOptions): ResolvedMfaOptions {
  const { secrets, limits } = options;
  const ids = new Set(secrets.map(({ id }) => id));
  if (secrets.length === 0 || ids.size !== secrets.length) {
    throw new TypeError('MFA needs one secret or more, each with an id of its own.');
  }
  if (secrets.some(({ secret }) => secret.byteLength < MINIMUM_SECRET_BYTES)) {
    throw new TypeError(`A secret of MFA needs ${MINIMUM_SECRET_BYTES} bytes or more.`);
  }
  for (const [kind, ofKind] of Object.entries(limits)) {
    const wrong = LIMIT_NAMES.find((name) => !Number.isInteger(ofKind[name]) || ofKind[name] < 1);
    if (wrong) throw new TypeError(`The MFA limit ${wrong} of ${kind} must be a whole number of 1 or more.`);
    if (ofKind.codeLength < 6 || ofKind.codeLength > 10) throw new TypeError('A code of MFA has 6 to 10 digits.');
  }
  return { now: () => new Date(), sendTimeoutMs: SEND_TIMEOUT_MS, ...options };
}

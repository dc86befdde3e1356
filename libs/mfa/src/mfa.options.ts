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

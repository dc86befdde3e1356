import type { Account, AccountKind, Recipient } from './account.js';
import type { MfaSecret } from './code.js';
import type { EncryptionKey } from './credential.js';
import { checkLimits, type MfaLimits } from './limits.js';
import type { MailSender } from './mail-sender.js';

/** How codes are delivered. A program without these options sends none. */
export interface CodeDeliveryOptions {
  /** @returns the current address, or undefined if the account no longer exists */
  readonly recipientOf: (account: Account) => Promise<Recipient | undefined>;
  readonly mailSender: MailSender;
}

export interface MfaOptions {
  /** The first secret signs; all secrets verify. */
  readonly secrets: readonly MfaSecret[];
  /**
   * The first key seals credentials; all keys open them. Called at the start; keys are required only if an offered
   * method keeps secrets.
   */
  readonly encryptionKeys?: () => readonly EncryptionKey[];
  readonly limits: Readonly<Record<AccountKind, MfaLimits>>;
  readonly delivery?: CodeDeliveryOptions;
  /** The names of the methods that can be set up, in this order. Default: all registered methods. */
  readonly offeredMethods?: Readonly<Partial<Record<AccountKind, readonly string[] | undefined>>>;
  /** Settings of methods by name. Each method documents its own. */
  readonly methodOptions?: object;
  /** Selects the errors for an account that does not exist: 5905/5907 or 5908/5909. */
  readonly errorWording?: AccountKind;
  /** The clock of all decisions. Default: the system's. */
  readonly now?: () => Date;
  /** The time limit of one send in milliseconds. Default: 10 000. */
  readonly sendTimeoutMs?: number;
}

export const MFA_OPTIONS = Symbol('MFA_OPTIONS');

const MINIMUM_SECRET_BYTES = 32;

/** Options with the defaults filled in. */
export interface ResolvedMfaOptions extends MfaOptions {
  readonly errorWording: AccountKind;
  readonly now: () => Date;
  readonly sendTimeoutMs: number;
}

const SEND_TIMEOUT_MS = 10_000;

/** @throws TypeError at the start if an option would make codes guessable or decisions impossible */
export function resolveOptions(options: MfaOptions): ResolvedMfaOptions {
  const { secrets, limits } = options;
  const ids = new Set(secrets.map(({ id }) => id));
  if (secrets.length === 0 || ids.size !== secrets.length) {
    throw new TypeError('MFA needs one secret or more, each with an id of its own.');
  }
  if (secrets.some(({ secret }) => secret.byteLength < MINIMUM_SECRET_BYTES)) {
    throw new TypeError(`A secret of MFA needs ${MINIMUM_SECRET_BYTES} bytes or more.`);
  }
  for (const [kind, ofKind] of Object.entries(limits)) checkLimits(kind, ofKind);
  return { errorWording: 'customer', now: () => new Date(), sendTimeoutMs: SEND_TIMEOUT_MS, ...options };
}

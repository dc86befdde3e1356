import type { Account, AccountKind, Recipient } from './account.js';
import type { MfaSecret } from './code.js';
import type { EncryptionKey } from './credential.js';
import { checkLimits, type MfaLimits } from './limits.js';
import type { MailSender } from './mail-sender.js';

/** How codes get to people; a program without it sends none. */
export interface CodeDeliveryOptions {
  /** The address as it is now; undefined: the account is gone. */
  readonly recipientOf: (account: Account) => Promise<Recipient | undefined>;
  readonly mailSender: MailSender;
}

export interface MfaOptions {
  /** The first secret signs, all verify. */
  readonly secrets: readonly MfaSecret[];
  /**
   * The first key seals credentials, all open. Asked for at the start, and only where a method that is offered keeps
   * secrets.
   */
  readonly encryptionKeys?: () => readonly EncryptionKey[];
  readonly limits: Readonly<Record<AccountKind, MfaLimits>>;
  readonly delivery?: CodeDeliveryOptions;
  /** The names of the methods that can be set up, in this order; default: all that are registered. */
  readonly offeredMethods?: Readonly<Partial<Record<AccountKind, readonly string[] | undefined>>>;
  /** Settings of single methods, by name; each method says what it takes. */
  readonly methodOptions?: object;
  /** Whose words the errors of an account that is not there use: 5905/5907 or 5908/5909. */
  readonly errorWording?: AccountKind;
  /** The time of all decisions; default: the system's. */
  readonly now?: () => Date;
  /** What one send may take in all; default: 10 000 ms. */
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
  for (const [kind, ofKind] of Object.entries(limits)) checkLimits(kind, ofKind);
  return { errorWording: 'customer', now: () => new Date(), sendTimeoutMs: SEND_TIMEOUT_MS, ...options };
}

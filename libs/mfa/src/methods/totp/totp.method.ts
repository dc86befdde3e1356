import { Inject, Injectable } from '@nestjs/common';
import type { Code } from '../../core/code.js';
import type { Attempt, Begun, HandsOut, Proves, SetUpStart } from '../../core/method.js';
import { MFA_OPTIONS, type MfaOptions } from '../../core/mfa.options.js';
import type { Proof } from '../../core/proof.js';
import { base32 } from './base32.js';
import { keyUri } from './key-uri.js';
import { qrCodeDataUri } from './qr-code.js';
import { matchingStep, newTotpSecret } from './totp.js';

/** The member of `methodOptions` for this method. */
export interface TotpOptions {
  readonly totp?: {
    /** The name that authenticator apps show. */
    readonly issuer: string;
    /** How many steps before and after the current one are accepted, because clocks differ: 0 to 2. */
    readonly window: number;
  };
}

const DEFAULTS: Required<TotpOptions> = { totp: { issuer: 'Sallyport', window: 1 } };
const MOST_STEPS = 2;
/** A value before every real step, so that the first submitted value is accepted at any time. */
const BEFORE_ALL_STEPS = -1n;

/** Values of an authenticator app, which change every 30 seconds (RFC 6238). */
@Injectable()
export class TotpMethod implements HandsOut, Proves {
  readonly name = 'totp';
  readonly offeredTo = ['customer', 'user'] as const;
  readonly amr = ['otp'] as const;
  readonly keepsSecrets = true;
  private readonly issuer: string;
  private readonly window: number;

  /**
   * @throws TypeError at the start if the window is invalid, or the issuer is empty or contains a colon
   */
  constructor(@Inject(MFA_OPTIONS) { methodOptions }: Pick<MfaOptions, 'methodOptions'>) {
    const { issuer, window } = (methodOptions as TotpOptions | undefined)?.totp ?? DEFAULTS.totp;
    if (!Number.isInteger(window) || window < 0 || window > MOST_STEPS) {
      throw new TypeError(`The window of TOTP is a whole number from 0 to ${MOST_STEPS}.`);
    }
    if (issuer.trim() === '' || issuer.includes(':'))
      throw new TypeError('The issuer of TOTP is a name without colon.');
    this.issuer = issuer;
    this.window = window;
  }

  /** Apps show a blank in the middle, and people type it. */
  canonical(value: string): string | undefined {
    const digits = value.replaceAll(' ', '');
    return /^\d{6}$/.test(digits) ? digits : undefined;
  }

  async begin({ label, expiresAt }: SetUpStart): Promise<Begun> {
    const bytes = newTotpSecret();
    const secret = base32(bytes);
    const uri = keyUri({ issuer: this.issuer, label, secret });
    return {
      answer: () => ({ secret, uri, qrCode: qrCodeDataUri(uri), expiresAt: expiresAt.toISOString() }),
      credential: { secret: bytes, counter: BEFORE_ALL_STEPS },
    };
  }

  /** Finds the step of a value. The decision, not the method, checks whether the step was used before. */
  async prove(value: Code, { credentials, now }: Attempt): Promise<Proof | undefined> {
    for (const { id, open } of credentials) {
      const secret = open();
      const counter = secret && matchingStep(secret, value, now, this.window);
      if (counter !== undefined) return { credentialId: id, counter };
    }
    return undefined;
  }
}

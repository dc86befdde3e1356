import { Inject, Injectable } from '@nestjs/common';
import type { Code } from '../../core/code.js';
import type { Attempt, Begun, HandsOut, Proves, SetUpStart } from '../../core/method.js';
import { MFA_OPTIONS, type MfaOptions } from '../../core/mfa.options.js';
import type { Proof } from '../../core/proof.js';
import { base32 } from './base32.js';
import { keyUri } from './key-uri.js';
import { qrCodeDataUri } from './qr-code.js';
import { matchingStep, newTotpSecret } from './totp.js';

/** What an application may say of the method, in `methodOptions`. */
export interface TotpOptions {
  readonly totp?: {
    /** The name in authenticator apps. */
    readonly issuer: string;
    /** Steps before and after the present one that are good too, for clocks that are wrong: 0 to 2. */
    readonly window: number;
  };
}

const DEFAULTS: Required<TotpOptions> = { totp: { issuer: 'Sallyport', window: 1 } };
const MOST_STEPS = 2;
/** Before every step that there is, so that the first value is good whatever the clock says. */
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

  /** @throws TypeError at the start, for a window that is none, or an issuer that apps would cut off */
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

  /** People type the blank that apps show in the middle. */
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

  /** Says which step a value is of; whether the step was used before is not the method's to judge. */
  async prove(value: Code, { credentials, now }: Attempt): Promise<Proof | undefined> {
    for (const { id, open } of credentials) {
      const secret = open();
      const counter = secret && matchingStep(secret, value, now, this.window);
      if (counter !== undefined) return { credentialId: id, counter };
    }
    return undefined;
  }
}

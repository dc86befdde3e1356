import { Injectable } from '@nestjs/common';
import type { Code } from '../../core/code.js';
import type { Attempt, Begun, Describes, HandsOut, Kept, Proves, SetUpStart } from '../../core/method.js';
import type { Proof } from '../../core/proof.js';
import { canonicalRecoveryCode, drawRecoveryCodes, recoveryCodeDigest } from './recovery-codes.js';

/** A list of codes for a person who cannot use any other method. Each code is valid once. */
@Injectable()
export class RecoveryCodeMethod implements HandsOut, Proves, Describes {
  readonly name = 'recovery-code';
  readonly offeredTo = ['customer', 'user'] as const;
  readonly amr = ['otp'] as const;
  readonly isBackup = true;

  canonical(value: string): string | undefined {
    return canonicalRecoveryCode(value);
  }

  async begin({ account }: SetUpStart): Promise<Begun> {
    const codes = drawRecoveryCodes();
    const canonical = codes.map((code) => code.replaceAll('-', ''));
    return {
      answer: () => ({ codes }),
      recoveryDigests: canonical.map((code) => recoveryCodeDigest(account, this.name, code)),
    };
  }

  async prove(value: Code, { account }: Attempt): Promise<Proof | undefined> {
    return { digest: recoveryCodeDigest(account, this.name, value) };
  }

  describe({ recoveryDigests }: Kept): Readonly<Record<string, unknown>> {
    return { remaining: recoveryDigests.length };
  }
}

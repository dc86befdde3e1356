import { createHmac, randomInt, type BinaryLike } from 'node:crypto';
import type { Caller } from './account.js';

declare const codeBrand: unique symbol;

/** A code in readable form: it exists in memory only, on its way out or in a request. */
export type Code = string & { readonly [codeBrand]: true };

/** What a code was sent for: `activation` is good for verify alone, `step-up` for everything else. */
export type CodePurpose = 'activation' | 'step-up';

/** A secret for MACs of codes; the database knows its id only. */
export interface MfaSecret {
  readonly id: string;
  readonly secret: BinaryLike & Uint8Array;
}

/** The keyed hash under which a code is stored and looked for. */
export interface CodeMac {
  readonly keyId: string;
  readonly mac: Buffer;
}

const DIGITS_PER_DRAW = 5;

/** Draws one of all 10^length values from the system's CSPRNG, each as likely as the others. */
export function drawCode(length: number): Code {
  let digits = '';
  while (digits.length < length) {
    const missing = Math.min(DIGITS_PER_DRAW, length - digits.length);
    digits += String(randomInt(10 ** missing)).padStart(missing, '0');
  }
  return digits as Code;
}

/** HMAC-SHA-256 over account, session, method and code (contract: section 4, rule 3). */
export function macOf(key: MfaSecret, { account, sessionId }: Caller, method: string, code: Code): CodeMac {
  const message = JSON.stringify([account.kind, account.id, sessionId, method, code]);
  return { keyId: key.id, mac: createHmac('sha256', key.secret).update(message).digest() };
}

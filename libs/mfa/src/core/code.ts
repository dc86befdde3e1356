import { createHmac, randomInt, timingSafeEqual, type BinaryLike } from 'node:crypto';
import type { Account } from './account.js';

declare const codeBrand: unique symbol;

/** A code in readable form: it exists in memory only, on its way out or in a request. */
export type Code = string & { readonly [codeBrand]: true };

/** What a code was issued for: `activation` is good for verify alone, `step-up` for everything else. */
export type CodePurpose = 'activation' | 'step-up';

/** A secret for MACs of codes; the database knows its id only. */
export interface MfaSecret {
  readonly id: string;
  readonly secret: BinaryLike & Uint8Array;
}

/** The keyed hash under which a value is stored and looked for. */
export interface CodeMac {
  readonly keyId: string;
  readonly mac: Buffer;
}

/** A code or a challenge that was issued and not used yet. */
export interface IssuedCode extends CodeMac {
  readonly method: string;
  readonly sessionId: string;
  readonly purpose: CodePurpose;
  readonly expiresAt: Date;
  /** `missCount` of the account at the issue. */
  readonly missesAtIssue: number;
}

export interface StoredCode extends IssuedCode {
  readonly issuedAt: Date;
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

/** The account and session whose value it is. */
export interface CodeOwner {
  readonly account: Account;
  readonly sessionId: string;
}

/** HMAC-SHA-256 over account, session, method and value (contract: section 4, rule 3). */
export function macOf(key: MfaSecret, { account, sessionId }: CodeOwner, method: string, value: string): CodeMac {
  const message = JSON.stringify([account.kind, account.id, sessionId, method, value]);
  return { keyId: key.id, mac: createHmac('sha256', key.secret).update(message).digest() };
}

/** Whether a stored MAC is that of the value; the secret that signed it may be a former one. */
export function matches(
  stored: CodeMac,
  secrets: readonly MfaSecret[],
  owner: CodeOwner,
  method: string,
  value: string,
): boolean {
  const secret = secrets.find(({ id }) => id === stored.keyId);
  if (!secret) return false;
  const { mac } = macOf(secret, owner, method, value);
  return mac.length === stored.mac.length && timingSafeEqual(mac, stored.mac);
}

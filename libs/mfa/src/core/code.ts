import { createHmac, randomInt, timingSafeEqual, type BinaryLike } from 'node:crypto';
import type { Account } from './account.js';

declare const codeBrand: unique symbol;

/** A code in plain text. It exists in memory only: while it is being sent, or in a request. */
export type Code = string & { readonly [codeBrand]: true };

/** What a code was issued for: `activation` is valid for verify only, `step-up` for everything else. */
export type CodePurpose = 'activation' | 'step-up';

/**
 * What a person is doing who asks for a code of an active method, for the text of the message. The code is good for all
 * of it. Who only knows that it is about something protected says `change`.
 */
export type CodeOccasion = 'sign-in' | 'change' | 'deactivation';

/** A secret for MACs of codes. The database stores only its id. */
export interface MfaSecret {
  readonly id: string;
  readonly secret: BinaryLike & Uint8Array;
}

/** The keyed hash under which a value is stored and found. */
export interface CodeMac {
  readonly keyId: string;
  readonly mac: Buffer;
}

/** An issued, unused code or challenge. */
export interface IssuedCode extends CodeMac {
  readonly method: string;
  readonly sessionId: string;
  readonly purpose: CodePurpose;
  readonly expiresAt: Date;
  /** The account's `missCount` when the code was issued. */
  readonly missesAtIssue: number;
}

export interface StoredCode extends IssuedCode {
  readonly issuedAt: Date;
}

const DIGITS_PER_DRAW = 5;

/** Draws one of all 10^length codes from the system's CSPRNG, all with the same probability. */
export function drawCode(length: number): Code {
  let digits = '';
  while (digits.length < length) {
    const missing = Math.min(DIGITS_PER_DRAW, length - digits.length);
    digits += String(randomInt(10 ** missing)).padStart(missing, '0');
  }
  return digits as Code;
}

/** The account and session that a value belongs to. */
export interface CodeOwner {
  readonly account: Account;
  readonly sessionId: string;
}

/** HMAC-SHA-256 over account, session, method and value (contract: section 4, rule 3). */
export function macOf(key: MfaSecret, { account, sessionId }: CodeOwner, method: string, value: string): CodeMac {
  const message = JSON.stringify([account.kind, account.id, sessionId, method, value]);
  return { keyId: key.id, mac: createHmac('sha256', key.secret).update(message).digest() };
}

/** Whether a stored MAC belongs to the value. The MAC may have been made with an older secret. */
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

import { hotp } from '../src/methods/totp/totp.js';
import { decodeBase32 } from '#testing';
import type { Value } from './mfa.model-values.js';

/** What an account's person has got from activate: secrets in an authenticator app, and lists of recovery codes. */
export class HandedOutValues {
  private readonly secrets: Buffer[] = [];
  private readonly lists: (readonly string[])[] = [];
  private readonly written = new Map<string, string>();

  /** @param attributes of a 201 of activate */
  take({ secret, codes }: { readonly secret?: string; readonly codes?: readonly string[] }): void {
    if (secret !== undefined) this.secrets.push(decodeBase32(secret));
    if (codes) this.lists.push(codes);
  }

  /** The characters that the person types for a value. */
  write(value: Value): string {
    if ('code' in value) return value.code;
    if ('wrong' in value) return value.wrong;
    if ('recovery' in value) return this.lists[value.list - 1]?.[value.recovery] ?? 'no such list';
    return this.totp(value.totp, value.secret);
  }

  private totp(step: number, number: number): string {
    const key = `${step} ${number}`;
    const known = this.written.get(key);
    if (known !== undefined) return known;
    const secret = this.secrets[number - 1];
    const digits = secret ? hotp(secret, BigInt(step)) : 'no such secret';
    this.written.set(key, digits);
    return digits;
  }
}

import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MILLISECONDS = 30_000;

/** Decodes base32 (RFC 4648, section 6) without padding, like an authenticator app. */
export function decodeBase32(text: string): Buffer {
  const bits = Array.from(text, (character) => {
    const value = ALPHABET.indexOf(character);
    if (value === -1) throw new Error(`"${character}" is no character of base32`);
    return value.toString(2).padStart(5, '0');
  }).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** The number of the 30-second step of a moment. */
export const totpStep = (moment: Date): number => Math.floor(moment.getTime() / STEP_MILLISECONDS);

/** The value that an authenticator app shows in a step, for a secret in base32 (RFC 6238). */
export function totpValue(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', decodeBase32(secret)).update(counter).digest();
  const number = mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff;
  return String(number).slice(-6).padStart(6, '0');
}

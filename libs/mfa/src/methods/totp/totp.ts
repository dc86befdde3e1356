import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The hash functions that RFC 6238 allows. Only SHA-1 works in all authenticator apps. */
export type HotpAlgorithm = 'sha1' | 'sha256' | 'sha512';

export interface HotpOptions {
  /** Length of the value, 6 to 8; default: 6. */
  readonly digits?: number;
  /** Default: `sha1`. */
  readonly algorithm?: HotpAlgorithm;
}

const STEP_MILLISECONDS = 30_000n;
const DIGITS = 6;
const SECRET_BYTES = 20;
const COUNTER_BYTES = 8;
const TOTP_VALUE = /^\d{6}$/;

/**
 * The value of a counter: an HMAC, truncated to 31 bits, and of those the last decimal digits (RFC 4226, section 5.3).
 */
export function hotp(secret: Uint8Array, counter: bigint, options: HotpOptions = {}): string {
  const { digits = DIGITS, algorithm = 'sha1' } = options;
  const message = Buffer.alloc(COUNTER_BYTES);
  // signed, because the window around a time close to 1970 has negative steps
  message.writeBigInt64BE(counter);
  const mac = createHmac(algorithm, secret).update(message).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const truncated = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
}

/** The number of the 30-second step of a moment, counted from 1970 (RFC 6238, section 4). */
export function stepOf(now: Date): bigint {
  return BigInt(now.getTime()) / STEP_MILLISECONDS;
}

/**
 * Finds the step whose value (SHA-1, 6 digits) was submitted, at most `window` steps before or after `now`.
 *
 * Always compares every step of the window, so that the response time tells nothing. If two steps have the same value,
 * the later one is returned: it cannot have been used before.
 *
 * @returns undefined if no step matches
 */
export function matchingStep(secret: Uint8Array, value: string, now: Date, window: number): bigint | undefined {
  if (!TOTP_VALUE.test(value)) return undefined;
  const submitted = Buffer.from(value);
  const current = stepOf(now);
  let matching: bigint | undefined;
  for (let distance = -window; distance <= window; distance += 1) {
    const step = current + BigInt(distance);
    if (timingSafeEqual(Buffer.from(hotp(secret, step)), submitted)) matching = step;
  }
  return matching;
}

/** A new secret of 160 bits from the system's CSPRNG: the length that RFC 4226 recommends (section 4, R6). */
export function newTotpSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

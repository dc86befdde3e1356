import { createHash, randomBytes } from 'node:crypto';
import type { Account } from '../../core/account.js';

/** Crockford's base32 alphabet: without I, L and O, which look like digits, and without U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODES_IN_A_LIST = 10;
/** 120 bits: 5 bits for each character. */
const CHARACTERS = 24;
const GROUP = /.{4}(?=.)/g;
const BLANKS_AND_HYPHENS = /[\s-]+/g;
/** Crockford's alphabet and the look-alikes, in upper or lower case. */
const WRITTEN_CODE = /^[0-9A-TV-Z]{24}$/i;

/** Draws ten recovery codes in the form in which they are shown: six groups of four characters with hyphens. */
export function drawRecoveryCodes(): readonly string[] {
  return Array.from({ length: CODES_IN_A_LIST }, () => drawCharacters().replace(GROUP, '$&-'));
}

/** 256 is a multiple of the alphabet's 32 characters, so each character has the same probability. */
function drawCharacters(): string {
  return Array.from(randomBytes(CHARACTERS), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/**
 * Normalises a typed recovery code to its 24 characters. Case, blanks and hyphens do not matter; I and L are read as 1,
 * O as 0.
 *
 * @returns undefined if the value does not have the form of a recovery code
 */
export function canonicalRecoveryCode(value: string): string | undefined {
  const characters = value.replace(BLANKS_AND_HYPHENS, '');
  // tested before the conversion to capitals, which would turn some letters outside ASCII, such as ı, into ASCII
  // letters
  if (!WRITTEN_CODE.test(characters)) return undefined;
  return characters.toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0');
}

/**
 * The digest under which a recovery code is stored: SHA-256 over account, method and normalised code. 120 random bits
 * cannot be guessed, so neither a key nor a slow hash is needed (NIST SP 800-63B: from 112 bits on).
 */
export function recoveryCodeDigest({ kind, id }: Account, method: string, code: string): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([kind, id, method, code]))
    .digest();
}

import { createHash, randomBytes } from 'node:crypto';
import type { Account } from '../../core/account.js';

/** Crockford's base32 alphabet: no I, L and O, which look like digits, and no U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODES_IN_A_LIST = 10;
/** Of 5 bits each: 120 bits. */
const CHARACTERS = 24;
const GROUP = /.{4}(?=.)/g;
const BLANKS_AND_HYPHENS = /[\s-]+/g;
/** Crockford's alphabet and the look-alikes, in either case. */
const WRITTEN_CODE = /^[0-9A-TV-Z]{24}$/i;

/** Ten new recovery codes as they are shown: six groups of four characters with hyphens. */
export function drawRecoveryCodes(): readonly string[] {
  return Array.from({ length: CODES_IN_A_LIST }, () => drawCharacters().replace(GROUP, '$&-'));
}

/** 256 is a multiple of the alphabet's 32 characters: each of them is as likely as the others. */
function drawCharacters(): string {
  return Array.from(randomBytes(CHARACTERS), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/**
 * The 24 characters that somebody means who writes a recovery code: case, blanks and hyphens do not matter, I and L are
 * read as 1, O as 0. Undefined: the value does not have the form of a recovery code.
 */
export function canonicalRecoveryCode(value: string): string | undefined {
  const characters = value.replace(BLANKS_AND_HYPHENS, '');
  // tested before it is turned into capitals: then letters outside ASCII cannot become one, such as ı
  if (!WRITTEN_CODE.test(characters)) return undefined;
  return characters.toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0');
}

/**
 * Under what a recovery code is stored: SHA-256 over account, method and code in canonical form. 120 random bits cannot
 * be tried out, so it needs neither a key nor a slow hash (NIST SP 800-63B: from 112 bits on).
 */
export function recoveryCodeDigest({ kind, id }: Account, method: string, code: string): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([kind, id, method, code]))
    .digest();
}

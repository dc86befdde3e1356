const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS_PER_BYTE = 8;
const BITS_PER_CHARACTER = 5;

/** Encodes in base32 (RFC 4648, section 6) without padding, as authenticator apps expect a secret. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = (pending << BITS_PER_BYTE) | byte;
    bits += BITS_PER_BYTE;
    while (bits >= BITS_PER_CHARACTER) {
      bits -= BITS_PER_CHARACTER;
      text += ALPHABET.charAt(pending >> bits);
      pending &= (1 << bits) - 1;
    }
  }
  // the last character is padded with zero bits
  return bits === 0 ? text : text + ALPHABET.charAt(pending << (BITS_PER_CHARACTER - bits));
}

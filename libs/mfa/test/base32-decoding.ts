const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator app does with a secret: base32 (RFC 4648, section 6) without padding back into bytes. */
export function decodeBase32(text: string): Buffer {
  const bits = Array.from(text, (character) => {
    const value = ALPHABET.indexOf(character);
    if (value === -1) throw new Error(`"${character}" is no character of base32`);
    return value.toString(2).padStart(5, '0');
  }).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

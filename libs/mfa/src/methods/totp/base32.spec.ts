import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase32 } from '#testing';
import { base32 } from './base32.js';

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('of "%s" is "%s" (RFC 4648, section 10, without padding)', (text, encoded) => {
    expect(base32(Buffer.from(text))).toBe(encoded);
  });

  it('is read back into the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(decodeBase32(base32(bytes))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('makes 32 characters of a secret of 160 bits', () => {
    expect(base32(new Uint8Array(20).fill(0xff))).toBe('7'.repeat(32));
  });
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../core/account.js';
import { canonicalRecoveryCode, drawRecoveryCodes, recoveryCodeDigest } from './recovery-codes.js';

const CANONICAL = '0123456789ABCDEFGHJKMNPQ';

describe('drawRecoveryCodes', () => {
  it('draws ten different codes of six groups of four of Crockford’s characters', () => {
    const codes = drawRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){5}$/);
  });

  it('draws each character at each place about equally often', () => {
    const codes = Array.from({ length: 1000 }, drawRecoveryCodes).flat();
    const counts = Array.from({ length: 24 }, () => new Map<string, number>());
    for (const code of codes) {
      [...code.replaceAll('-', '')].forEach((character, place) => {
        counts[place]!.set(character, (counts[place]!.get(character) ?? 0) + 1);
      });
    }
    const expected = codes.length / 32;
    // chi-squared with 31 degrees of freedom: above 95 about once in fifty million fair runs
    for (const place of counts) {
      expect(place.size).toBe(32);
      const deviation = [...place.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(deviation).toBeLessThan(95);
    }
  });
});

describe('canonicalRecoveryCode', () => {
  it.each([
    ['as shown', '0123-4567-89AB-CDEF-GHJK-MNPQ'],
    ['without hyphens', CANONICAL],
    ['in small letters', '0123-4567-89ab-cdef-ghjk-mnpq'],
    ['with blanks', ' 0123 4567 89AB  CDEF GHJK MNPQ '],
    ['in other groups', '012345-6789AB-CDEFGH-JKMNPQ'],
    ['with I for 1 and O for 0', 'OI23-4567-89AB-CDEF-GHJK-MNPQ'],
    ['with l for 1 and o for 0', 'ol23-4567-89ab-cdef-ghjk-mnpq'],
  ])('reads a code %s', (_, written) => {
    expect(canonicalRecoveryCode(written)).toBe(CANONICAL);
  });

  it.each([
    ['nothing', ''],
    ['23 characters', CANONICAL.slice(1)],
    ['25 characters', `${CANONICAL}R`],
    ['a U, which is not in the alphabet', CANONICAL.replace('Q', 'U')],
    ['another punctuation', '0123_4567_89AB_CDEF_GHJK_MNPQ'],
    ['ı, whose capital is I', CANONICAL.replace('1', 'ı')],
    ['ſ, whose capital is S', CANONICAL.replace('Q', 'ſ')],
    ['full-width digits', CANONICAL.replace('0', '０')],
    ['a code of six digits', '123456'],
  ])('does not read %s', (_, written) => {
    expect(canonicalRecoveryCode(written)).toBeUndefined();
  });

  it('reads any way of writing a drawn code as the same', () => {
    const lookAlikes: Record<string, string[]> = { '0': ['0', 'O', 'o'], '1': ['1', 'I', 'i', 'L', 'l'] };
    const gap = fc.constantFrom('', '', '-', ' ', ' - ', '\u00a0');
    const written = fc.constantFrom(...drawRecoveryCodes()).chain((code) => {
      const characters = [...code.replaceAll('-', '')];
      const each = characters.map((one) =>
        fc.tuple(gap, fc.constantFrom(...(lookAlikes[one] ?? [one, one.toLowerCase()]))),
      );
      return fc.tuple(fc.constant(characters.join('')), fc.tuple(...each), gap);
    });
    fc.assert(
      fc.property(written, ([code, characters, end]) => {
        expect(canonicalRecoveryCode(characters.flat().join('') + end)).toBe(code);
      }),
    );
  });

  it('answers undefined or 24 characters of the alphabet, and reads those as themselves', () => {
    const nearly = fc.string({ unit: fc.constantFrom(...'018ILOUZilouz-_ '), maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string()), (value) => {
        const code = canonicalRecoveryCode(value);
        if (code === undefined) return;
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{24}$/);
        expect(canonicalRecoveryCode(code)).toBe(code);
      }),
    );
  });
});

describe('recoveryCodeDigest', () => {
  const account: Account = { kind: 'customer', id: '1' };

  it('is SHA-256 over account, method and code', () => {
    const message = `["customer","1","recovery-code","${CANONICAL}"]`;
    const expected = createHash('sha256').update(message).digest();
    expect(recoveryCodeDigest(account, 'recovery-code', CANONICAL)).toEqual(expected);
  });

  it('differs by account, method and code, and cannot be moved from one member to the next', () => {
    const digests = [
      recoveryCodeDigest(account, 'm', CANONICAL),
      recoveryCodeDigest({ kind: 'user', id: '1' }, 'm', CANONICAL),
      recoveryCodeDigest({ kind: 'customer', id: '2' }, 'm', CANONICAL),
      recoveryCodeDigest({ kind: 'customer', id: '1m' }, '', CANONICAL),
      recoveryCodeDigest(account, 'n', CANONICAL),
      recoveryCodeDigest(account, 'm', CANONICAL.replace('Q', 'R')),
    ];
    expect(new Set(digests.map((digest) => digest.toString('hex'))).size).toBe(digests.length);
  });
});

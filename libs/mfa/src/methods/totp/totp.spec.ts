import { describe, expect, it } from 'vitest';
import { hotp, matchingStep, newTotpSecret, stepOf, type HotpAlgorithm } from './totp.js';

const DIGITS = '1234567890';
const seed = (length: number): Buffer => Buffer.from(DIGITS.repeat(7).slice(0, length));
const SEEDS: Record<HotpAlgorithm, Buffer> = { sha1: seed(20), sha256: seed(32), sha512: seed(64) };
const SECRET = SEEDS.sha1;

describe('hotp', () => {
  it.each([
    [0n, '755224'],
    [1n, '287082'],
    [2n, '359152'],
    [3n, '969429'],
    [4n, '338314'],
    [5n, '254676'],
    [6n, '287922'],
    [7n, '162583'],
    [8n, '399871'],
    [9n, '520489'],
  ])('of counter %i is %s (RFC 4226, appendix D)', (counter, value) => {
    expect(hotp(SECRET, counter)).toBe(value);
  });

  it.each<[number, string, HotpAlgorithm, string]>([
    [59, '0000000000000001', 'sha1', '94287082'],
    [59, '0000000000000001', 'sha256', '46119246'],
    [59, '0000000000000001', 'sha512', '90693936'],
    [1111111109, '00000000023523EC', 'sha1', '07081804'],
    [1111111109, '00000000023523EC', 'sha256', '68084774'],
    [1111111109, '00000000023523EC', 'sha512', '25091201'],
    [1111111111, '00000000023523ED', 'sha1', '14050471'],
    [1111111111, '00000000023523ED', 'sha256', '67062674'],
    [1111111111, '00000000023523ED', 'sha512', '99943326'],
    [1234567890, '000000000273EF07', 'sha1', '89005924'],
    [1234567890, '000000000273EF07', 'sha256', '91819424'],
    [1234567890, '000000000273EF07', 'sha512', '93441116'],
    [2000000000, '0000000003F940AA', 'sha1', '69279037'],
    [2000000000, '0000000003F940AA', 'sha256', '90698825'],
    [2000000000, '0000000003F940AA', 'sha512', '38618901'],
    [20000000000, '0000000027BC86AA', 'sha1', '65353130'],
    [20000000000, '0000000027BC86AA', 'sha256', '77737706'],
    [20000000000, '0000000027BC86AA', 'sha512', '47863826'],
  ])('at second %i, in step %s, with %s is %s (RFC 6238, appendix B)', (second, step, algorithm, value) => {
    const counter = stepOf(new Date(second * 1000));
    expect(counter).toBe(BigInt(`0x${step}`));
    expect(hotp(SEEDS[algorithm], counter, { digits: 8, algorithm })).toBe(value);
  });
});

describe('stepOf', () => {
  it.each([
    ['1970-01-01T00:00:00.000Z', 0n],
    ['1970-01-01T00:00:29.999Z', 0n],
    ['1970-01-01T00:00:30.000Z', 1n],
  ])('of %s is %i', (now, step) => {
    expect(stepOf(new Date(now))).toBe(step);
  });
});

describe('matchingStep', () => {
  const now = new Date('2025-06-01T12:00:15.000Z');
  const current = stepOf(now);

  it.each([
    [0, [0]],
    [1, [-1, 0, 1]],
    [2, [-2, -1, 0, 1, 2]],
  ])('with a window of %i accepts the steps at the distances %j and no other', (window, accepted) => {
    const distances = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
    const matching = distances.map((distance) => {
      const step = current + BigInt(distance);
      return matchingStep(SECRET, hotp(SECRET, step), now, window);
    });
    const expected = distances.map((one) => (accepted.includes(one) ? current + BigInt(one) : undefined));
    expect(matching).toEqual(expected);
  });

  it('begins and ends with the step', () => {
    const value = hotp(SECRET, 100n);
    const at = (milliseconds: number): bigint | undefined => matchingStep(SECRET, value, new Date(milliseconds), 0);
    expect([2_999_999, 3_000_000, 3_029_999, 3_030_000].map(at)).toEqual([undefined, 100n, 100n, undefined]);
  });

  it('answers the later one of two steps with the same value', () => {
    const [earlier, later] = [153_567n, 153_569n]; // the first such pair of this secret
    expect(hotp(SECRET, earlier)).toBe(hotp(SECRET, later));
    expect(matchingStep(SECRET, hotp(SECRET, earlier), new Date(153_568 * 30_000), 1)).toBe(later);
  });

  it.each(['', '12345', '1234567', ' 287082', '287082\n', '２８７０８２', 'abcdef'])(
    'does not know a value that is not six digits: %j',
    (value) => {
      expect(matchingStep(SECRET, value, new Date(30_000), 2)).toBeUndefined();
    },
  );

  it('knows the values of its own secret only', () => {
    expect(matchingStep(newTotpSecret(), hotp(SECRET, current), now, 0)).toBeUndefined();
  });

  it('also works at the beginning of time, where the window reaches below zero', () => {
    expect(matchingStep(SECRET, hotp(SECRET, 0n), new Date(0), 2)).toBe(0n);
  });
});

describe('newTotpSecret', () => {
  it('draws 160 bits, another time others', () => {
    expect(newTotpSecret()).toHaveLength(20);
    expect(newTotpSecret()).not.toEqual(newTotpSecret());
  });
});

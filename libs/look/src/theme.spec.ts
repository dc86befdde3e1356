import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentOn, contrast, parseColor } from './theme.js';

describe("The operator's colour", () => {
  it.each(['#f7f8fa', '#1d2229'])('can be read on %s, and text on it, whatever it is', (ground) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const { accent, onAccent } = accentOn(ground, `#${number.toString(16).padStart(6, '0')}`);
        expect(contrast(parseColor(accent), parseColor(ground))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(parseColor(accent), parseColor(onAccent))).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('stays as it is where it can be read', () => {
    expect(accentOn('#f7f8fa', '#0b5cad')).toEqual({ accent: '#0b5cad', onAccent: '#ffffff' });
  });

  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
  ])('is measured as WCAG does: %s on %s', (one, other, expected) => {
    expect(contrast(parseColor(one), parseColor(other))).toBeCloseTo(expected, 2);
  });
});

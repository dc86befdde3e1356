import { expect, it } from 'vitest';
import { day, wait } from './format.js';

it.each([
  ['en', 1, '1 second'],
  ['en', 119, '119 seconds'],
  ['en', 120, '2 minutes'],
  ['en', 1741, '30 minutes'],
  ['de', 61, '61 Sekunden'],
  ['de', 300, '5 Minuten'],
])('A time to wait in %s of %i seconds is %s', (locale, seconds, words) => {
  expect(wait(locale, seconds)).toBe(words);
});

it.each([
  ['en', 'December 1, 2026'],
  ['de', '1. Dezember 2026'],
])('A day in %s is %s', (locale, words) => {
  expect(day(locale, new Date('2026-12-01T00:00:00Z'))).toBe(words);
});

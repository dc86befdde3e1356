import { expect, it } from 'vitest';
import { timestamp } from './timestamp.js';

it.each([
  ['2021-02-09T10:30:00.000Z', '2021-02-09 10:30:00.000000'],
  ['2021-02-09T10:30:00.007Z', '2021-02-09 10:30:00.007000'],
  ['2021-12-31T23:30:00.5-02:00', '2022-01-01 01:30:00.500000'],
])('writes %s in UTC with microseconds', (moment, text) => {
  expect(timestamp(new Date(moment))).toBe(text);
});

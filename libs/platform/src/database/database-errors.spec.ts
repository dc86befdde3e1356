import { expect, it } from 'vitest';
import { isDatabaseUnavailable } from './database-errors.js';

it.each([
  [{ code: 'ECONNREFUSED' }],
  [{ code: '57P01' }],
  [{ code: '53300' }],
  [{ driverError: { code: '08006' } }],
  [new Error('Connection terminated unexpectedly')],
  [new AggregateError([{ code: 'ECONNREFUSED' }])],
])('takes %o for a database that is away', (error) => {
  expect(isDatabaseUnavailable(error)).toBe(true);
});

it.each([[undefined], ['text'], [{ code: '23505' }], [new Error('syntax error')]])(
  'does not take %o for one',
  (error) => {
    expect(isDatabaseUnavailable(error)).toBe(false);
  },
);

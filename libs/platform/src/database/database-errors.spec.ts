import { expect, it } from 'vitest';
import { databaseFailure } from './database-errors.js';
import { UnfitDatabase } from './session-check.js';

it.each([
  [{ code: 'ECONNREFUSED' }, 'unreachable'],
  [{ code: 'ENOENT', syscall: 'connect' }, 'unreachable'],
  [{ driverError: { code: '08006' } }, 'unreachable'],
  [new Error('Connection terminated unexpectedly'), 'unreachable'],
  [new Error('The server does not support SSL connections'), 'unreachable'],
  [new AggregateError([{ code: 'ECONNREFUSED' }]), 'unreachable'],
  [{ code: '28P01' }, 'refused'],
  [{ code: '3D000' }, 'absent'],
  [{ code: '53300' }, 'full'],
  [{ code: '55P03' }, 'overloaded'],
  [{ code: '57014' }, 'overloaded'],
  [{ code: '57P01' }, 'stopping'],
  [{ code: '57P03' }, 'stopping'],
  [{ code: '25P03' }, 'stopping'],
  [{ code: '25006' }, 'readOnly'],
  [{ code: '40001' }, 'conflict'],
  [{ code: '40P01' }, 'conflict'],
  [{ code: '42P01' }, 'unmigrated'],
  [{ code: '3F000' }, 'unmigrated'],
  [new UnfitDatabase('PostgreSQL 15 or newer is needed.'), 'unfit'],
  [new UnfitDatabase('A standby.', { isReadOnly: true }), 'readOnly'],
])('takes %o for a database that is %s', (error, fault) => {
  expect(databaseFailure(error)?.fault).toBe(fault);
});

it.each([
  [undefined],
  ['text'],
  [{ code: '23505' }],
  [{ code: '22P02' }],
  [{ code: '25P02' }],
  [{ code: '42501' }],
  [{ code: '42703' }],
  [{ code: 'P0001' }],
  [{ code: 'XX001' }],
  [{ code: 'ENOENT', syscall: 'open' }],
  [new Error('syntax error')],
])('takes %o for a mistake of the program', (error) => {
  expect(databaseFailure(error)).toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import type { Principal } from '#auth';
import { scopeOf } from './assignment-scope.js';

const principal = (scopes: string[], userUuid: string | null, isWarehouseUser = false): Principal =>
  ({ scopes, session: { userUuid, isWarehouseUser } }) as unknown as Principal;

describe('The scope of a caller', () => {
  it('is everything for a Back Office user', () => {
    expect(scopeOf(principal(['user', 'back-office-user'], 'one'))).toEqual({});
  });

  it('is the own assignments for who is flagged warehouse user or has no scope of the Back Office', () => {
    expect(scopeOf(principal(['user', 'back-office-user'], 'one', true))).toEqual({ userUuid: 'one' });
    expect(scopeOf(principal(['user', 'warehouse-user'], 'one'))).toEqual({ userUuid: 'one' });
  });

  it('is refused to a token that stands for no user', () => {
    expect(() => scopeOf(principal(['back-office-user'], null))).toThrow(
      expect.objectContaining({ rows: [{ status: 403, code: '5204', detail: 'Operation is forbidden.' }] }),
    );
  });
});

import { RIGHT_CODE, WRONG_CODE } from './codes.js';

export interface GuardCase {
  readonly name: string;
  readonly path: '/free' | '/lookups' | '/orders';
  /** The first account, and the one after the last. */
  readonly accounts: readonly [number, number];
  readonly code?: string;
  readonly status: number;
  /** `each account once`: no account is used twice. `used accounts`: only accounts whose code was used before. */
  readonly only?: 'each account once' | 'used accounts';
}

/**
 * Ranges of accounts: those with the outstanding code `RIGHT_CODE`, those for wrong codes, and locked ones. Later
 * accounts have no MFA.
 */
export const WITH_CODE = [1, 30_001] as const;
const GUESSED = [30_001, 50_001] as const;
export const LOCKED = [50_001, 51_001] as const;
export const SEEDED_ACCOUNTS = 51_000;
const WITHOUT_MFA = [60_001, 80_001] as const;

export const FREE = 'unprotected route';
export const LOOKUP_ROUTE = 'unprotected, one SELECT';

const ORDERS = { path: '/orders', accounts: GUESSED } as const;

export const GUARD_CASES: readonly GuardCase[] = [
  { name: FREE, path: '/free', accounts: GUESSED, status: 201 },
  { name: LOOKUP_ROUTE, path: '/lookups', accounts: GUESSED, status: 201 },
  { ...ORDERS, name: 'account without MFA', accounts: WITHOUT_MFA, status: 201 },
  { ...ORDERS, name: 'no header: refused', status: 403 },
  { ...ORDERS, name: 'wrong code: refused', code: WRONG_CODE, status: 403 },
  {
    ...ORDERS,
    name: 'right code, first use',
    accounts: WITH_CODE,
    code: RIGHT_CODE,
    status: 201,
    only: 'each account once',
  },
  { ...ORDERS, name: "a grant's code", accounts: WITH_CODE, code: RIGHT_CODE, status: 201, only: 'used accounts' },
  { ...ORDERS, name: 'locked account: refused', accounts: LOCKED, code: RIGHT_CODE, status: 429 },
];

import type { z } from 'zod';
import { MFA_LIMITS, type Limit } from '#mfa/limits';
import { integer } from './setting-rules.js';

type Limits = Readonly<Record<string, Limit>>;

/** The limits of what is stored for one account or one client address. */
export const STORAGE_LIMITS = {
  customerAddresses: {
    variable: 'CUSTOMER_ADDRESS_LIMIT',
    minimum: 1,
    maximum: 10_000,
    default: 200,
    says: 'addresses of one customer',
  },
  customerCarts: {
    variable: 'CUSTOMER_CART_LIMIT',
    minimum: 1,
    maximum: 10_000,
    default: 100,
    says: 'carts of one customer',
  },
  cartItems: {
    variable: 'CART_ITEM_LIMIT',
    minimum: 1,
    maximum: 10_000,
    default: 500,
    says: 'different products in one cart',
  },
  accountSessions: {
    variable: 'ACCOUNT_SESSION_LIMIT',
    minimum: 1,
    maximum: 10_000,
    default: 100,
    says: 'live sessions of one account, of each kind (own, for customers, for warehouses); a further login ends the oldest',
  },
  guestCarts: {
    variable: 'GUEST_CART_LIMIT',
    minimum: 0,
    maximum: 1_000_000,
    default: 100,
    says: 'carts that guests open from one client address (IPv6: a /64) in a day; 0: no limit',
  },
  idempotencyRecords: {
    variable: 'IDEMPOTENCY_RECORD_LIMIT',
    minimum: 0,
    maximum: 1_000_000,
    default: 1000,
    says: 'requests with an `Idempotency-Key` of one customer, or of guests from one client address (IPv6: a /64), that are remembered, a day each; 0: no limit',
  },
} as const satisfies Limits;

type Values<Table extends Limits> = { readonly [Name in keyof Table]: number };
type Variables<Table extends Limits, Prefix extends string> = `${Prefix}${Table[keyof Table]['variable'] & string}`;
type Schemas<Table extends Limits, Prefix extends string> = Record<
  Variables<Table, Prefix>,
  z.ZodDefault<z.ZodType<number>>
>;

export type StorageLimits = Values<typeof STORAGE_LIMITS>;

/** The schemas for the variables of a table. */
export function limitSchemas<Table extends Limits, Prefix extends string = ''>(
  table: Table,
  prefix: Prefix = '' as Prefix,
): Schemas<Table, Prefix> {
  const entries = Object.values(table).map(({ variable, minimum, maximum, says, ...limit }) => [
    prefix + variable,
    integer(minimum, maximum, says, limit.default),
  ]);
  return Object.fromEntries(entries) as Schemas<Table, Prefix>;
}

/** The configured limits of a table. */
export function limitsIn<Table extends Limits, Prefix extends string = ''>(
  table: Table,
  env: Readonly<Record<Variables<Table, Prefix>, number>>,
  prefix: Prefix = '' as Prefix,
): Values<Table> {
  const entries = Object.entries(table).map(([name, { variable }]) => [
    name,
    env[`${prefix}${variable}` as Variables<Table, Prefix>],
  ]);
  return Object.fromEntries(entries) as Values<Table>;
}

export { MFA_LIMITS };

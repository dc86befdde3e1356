import { IsNull } from 'typeorm';
import { Customer } from './customer.entity.js';
import { User } from './user.entity.js';

/** Where accounts of a kind are stored. */
export const ACCOUNT_TABLES = { customer: Customer, user: User } as const;

/** What an account's row has as long as somebody can use it: a customer was not anonymised, a user is active. */
export const IN_USE = { customer: { anonymizedAt: IsNull() }, user: { status: 'active' } } as const;

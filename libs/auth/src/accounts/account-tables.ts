import { IsNull } from 'typeorm';
import { Customer } from './customer.entity.js';
import { User } from './user.entity.js';

/** The table for each kind of account. */
export const ACCOUNT_TABLES = { customer: Customer, user: User } as const;

/** The condition for a usable account: the customer is not anonymised, the user is active. */
export const IN_USE = { customer: { anonymizedAt: IsNull() }, user: { status: 'active' } } as const;

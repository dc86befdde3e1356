import type { EntityManager } from 'typeorm';
import { prepared, type Statement } from '#platform';

/** A customer as their orders name them. */
export interface LockedCustomer {
  readonly salutation: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

const LOCK: Statement = {
  name: 'customer_lock',
  text: `
    SELECT salutation, first_name AS "firstName", last_name AS "lastName", email
    FROM customer WHERE id = $1 AND anonymized_at IS NULL FOR NO KEY UPDATE`,
};

/**
 * Locks a customer until the transaction ends: what changes something of theirs comes one after the other, and nothing
 * comes after the end of the account.
 *
 * All transactions take their locks in one order, so that no two wait for each other: the record of an
 * `Idempotency-Key`, the customer, the cart, the products by their skus.
 *
 * @returns undefined for an account that ended
 */
export async function lockCustomer(manager: EntityManager, id: string): Promise<LockedCustomer | undefined> {
  const [customer] = await prepared<LockedCustomer>(manager, LOCK, [id]);
  return customer;
}

import { IsNull, type EntityManager } from 'typeorm';
import { Customer } from '#auth';

/** A customer as their orders name them. */
export type LockedCustomer = Pick<Customer, 'salutation' | 'firstName' | 'lastName' | 'email'>;

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
  const customer = await manager.findOne(Customer, {
    select: { id: true, salutation: true, firstName: true, lastName: true, email: true },
    where: { id, anonymizedAt: IsNull() },
    lock: { mode: 'for_no_key_update' },
  });
  if (!customer) return undefined;
  const { salutation, firstName, lastName, email } = customer;
  return { salutation, firstName, lastName, email };
}

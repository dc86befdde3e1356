import { IsNull, type EntityManager } from 'typeorm';
import { Customer } from '#auth';

/** The customer's data in an order. */
export type LockedCustomer = Pick<Customer, 'salutation' | 'firstName' | 'lastName' | 'email'>;

/**
 * Locks a customer until the transaction ends, so that changes of one customer run one after another, and none runs
 * after the end of the account.
 *
 * All transactions take their locks in the same order, so that they do not deadlock: the record of an
 * `Idempotency-Key`, the customer, the cart, the products by sku.
 *
 * @returns undefined if the account was ended
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

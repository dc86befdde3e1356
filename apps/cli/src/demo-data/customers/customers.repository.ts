import type { EntityManager } from 'typeorm';
import { continueIdsBehind } from '../demo-data.repository.js';
import type { NewCustomer } from './customers.entry.js';

export async function insertCustomer(manager: EntityManager, entry: NewCustomer): Promise<boolean> {
  await manager.query(
    `INSERT INTO customer
       (customer_reference, email, password_hash, salutation, first_name, last_name, gender, locale, confirmed)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      entry.customerReference,
      entry.email,
      entry.passwordHash,
      entry.salutation,
      entry.firstName,
      entry.lastName,
      entry.gender,
      entry.locale,
      entry.confirmed,
    ],
  );
  return true;
}

/** A registered customer's reference ends in the customer's id, which must not meet a reference of the file. */
export async function continueReferencesBehind(manager: EntityManager, entries: readonly NewCustomer[]): Promise<void> {
  const numbers = entries.map(({ customerReference }) => Number(/--(\d{1,15})$/.exec(customerReference)?.[1] ?? 0));
  await continueIdsBehind(manager, 'customer', numbers);
}

export async function findCustomerReferences(
  manager: EntityManager,
  customerReferences: readonly string[],
): Promise<string[]> {
  const rows = await manager.query<{ customer_reference: string }[]>(
    `SELECT customer_reference FROM customer WHERE customer_reference = ANY($1)`,
    [customerReferences],
  );
  return rows.map((row) => row.customer_reference);
}

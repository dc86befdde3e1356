import type { DemoList } from '../demo-list.js';
import { withPasswordHash } from '../password-hash.js';
import { entrySchema, type Customer, type NewCustomer } from './customers.entry.js';
import { continueReferencesBehind, insertCustomer } from './customers.repository.js';

export const customers: DemoList<Customer, NewCustomer> = {
  name: 'customers',
  unique: [
    { constraint: 'uq_customer_reference', member: 'customerReference', value: (entry) => entry.customerReference },
    { constraint: 'uq_customer_email', member: 'email', value: (entry) => entry.email.toLowerCase() },
  ],
  references: [],
  entrySchema,
  prepare: withPasswordHash,
  insert: insertCustomer,
  afterInsert: continueReferencesBehind,
};

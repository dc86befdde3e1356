import { z } from 'zod';
import type { DemoList } from '../demo-list.js';
import { emailAddress, locale, password, text } from '../entry-rules.js';
import { withPasswordHash, type WithPasswordHash } from '../password-hash.js';
import { continueReferencesBehind, insertCustomer } from './customers.repository.js';

const entrySchema = (defaultLocale: string) =>
  z.strictObject({
    customerReference: text(100),
    email: emailAddress,
    password,
    salutation: z.enum(['Mr', 'Mrs', 'Ms', 'Dr']),
    firstName: text(100),
    lastName: text(100),
    gender: z.enum(['Male', 'Female']),
    locale: locale.default(defaultLocale),
    confirmed: z.boolean().default(true),
  });

type Customer = z.infer<ReturnType<typeof entrySchema>>;
export type NewCustomer = WithPasswordHash<Customer>;

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

import { z } from 'zod';
import { findCustomerReferences } from '../customers/customers.repository.js';
import type { DemoList } from '../demo-list.js';
import { text, uuid } from '../entry-rules.js';
import { insertCompanyUser } from './company-users.repository.js';

const schema = z.strictObject({
  uuid,
  companyName: text(255),
  customerReference: text(100),
  isActive: z.boolean().default(true),
  isDefault: z.boolean().default(false),
});

export type CompanyUser = z.infer<typeof schema>;

export const companyUsers: DemoList<CompanyUser> = {
  name: 'companyUsers',
  unique: [{ constraint: 'pk_company_user', member: 'uuid', value: (entry) => entry.uuid }],
  references: [
    {
      member: 'customerReference',
      targetList: 'customers',
      targetMember: 'customerReference',
      rule: 'must be a customer in the file or in the database',
      findInDatabase: findCustomerReferences,
    },
  ],
  entrySchema: () => schema,
  insert: insertCompanyUser,
};

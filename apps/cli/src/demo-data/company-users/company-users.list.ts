import { findCustomerReferences } from '../customers/customers.repository.js';
import type { DemoList } from '../demo-list.js';
import { schema, type CompanyUser } from './company-users.entry.js';
import { insertCompanyUser } from './company-users.repository.js';

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

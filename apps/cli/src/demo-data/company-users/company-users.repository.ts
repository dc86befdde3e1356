import type { EntityManager } from 'typeorm';
import type { CompanyUser } from './company-users.entry.js';

/** @returns false when there is no such customer */
export async function insertCompanyUser(manager: EntityManager, entry: CompanyUser): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `INSERT INTO company_user (uuid, customer_id, company_name, is_active, is_default)
     SELECT $1, id, $2, $3, $4 FROM customer WHERE customer_reference = $5
     RETURNING uuid`,
    [entry.uuid, entry.companyName, entry.isActive, entry.isDefault, entry.customerReference],
  );
  return rows.length > 0;
}

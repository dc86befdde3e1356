import { Accounts1795305600000 } from './1795305600000-Accounts.js';
import { Warehouses1795305600001 } from './1795305600001-Warehouses.js';
import { Mfa1795305600002 } from './1795305600002-Mfa.js';

/** All migrations, oldest first. */
export const MIGRATIONS = [Accounts1795305600000, Warehouses1795305600001, Mfa1795305600002] as const;

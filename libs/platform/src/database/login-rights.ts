import type { DataSource, EntityManager } from 'typeorm';
import { run } from '#sql';
import { ProgramError } from '../run-program.js';
import {
  CHECK_APPS_ROLE,
  CURRENT_ROLE,
  FIND_NAMES,
  grantScript,
  type Names,
  type TableRights,
} from './login-rights.sql.js';

const OWN_TABLES: TableRights = { migrations: 'SELECT' };

export async function currentRole(dataSource: DataSource): Promise<string> {
  const [{ role }] = (await run(dataSource, CURRENT_ROLE)) as [{ role: string }];
  return role;
}

/**
 * Gives the apps' login the rights that the apps need, and no more. It owns nothing. On the tables in `limited` it gets
 * only the rights named there. Call it after migrations, with the login that owns the tables.
 *
 * @throws ProgramError if both logins are the same, or the apps' login could get the owner's rights
 */
export async function grantRights(owner: DataSource, role: string, limited: TableRights): Promise<void> {
  await owner.transaction(async (manager) => {
    await checkAppsRole(manager, role);
    const [names] = (await run(manager, FIND_NAMES, { role })) as [Names];
    await manager.query(grantScript(names, { ...OWN_TABLES, ...limited }));
  });
}

/**
 * Call it before migrations, with the login that owns the tables or will own them.
 *
 * @throws ProgramError if the apps' login has the owner's rights or owns something
 */
export async function checkAppsRole(owner: DataSource | EntityManager, role: string): Promise<void> {
  const [row] = await run<{ isOwner: boolean; owns: boolean }>(owner, CHECK_APPS_ROLE, { role });
  if (!row) throw new ProgramError(`The login "${role}" of DATABASE_URL does not exist in the database.`);
  if (row.isOwner) {
    throw new ProgramError(
      `The login "${role}" of DATABASE_URL has the rights of the one of MIGRATION_DATABASE_URL: nothing is kept from it.`,
    );
  }
  if (row.owns) {
    throw new ProgramError(
      `The login "${role}" of DATABASE_URL owns the database, or something in it, or may create there: nothing is kept ` +
        'from it. Give what it owns to the login of MIGRATION_DATABASE_URL (ALTER DATABASE … OWNER TO, REASSIGN OWNED BY).',
    );
  }
}

import type { DataSource, EntityManager } from 'typeorm';
import { ProgramError } from '../run-program.js';

/** Privileges by table, where the apps' own login has less than all; such as `SELECT, INSERT`. */
export type TableRights = Readonly<Record<string, string>>;

/** The schemas whose owner has rights to the tables in them. */
const SCHEMAS = `ARRAY[current_schema(), 'graphile_worker']`;

const OWN_TABLES: TableRights = { migrations: 'SELECT' };

/** The login of a connection. */
export async function currentRole(dataSource: DataSource): Promise<string> {
  const [{ role }] = await dataSource.query<[{ role: string }]>(`SELECT current_user AS role`);
  return role;
}

/**
 * Gives the apps' own login the rights that the apps need, and no more: it owns nothing, and of some tables it has what
 * `limited` says. To be called after migrations, with the login that owns the tables.
 *
 * @throws ProgramError when the two logins are one, or the apps' could take the owner's rights
 */
export async function grantRights(owner: DataSource, role: string, limited: TableRights): Promise<void> {
  await owner.transaction(async (manager) => {
    await checkAppsRole(manager, role);
    const [{ name, schema }] = await manager.query<[{ name: string; schema: string }]>(
      `SELECT quote_ident($1) AS name, quote_ident(current_schema()) AS schema`,
      [role],
    );
    await manager.query(`GRANT USAGE ON SCHEMA ${schema} TO ${name}`);
    await manager.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${name}`);
    await manager.query(`GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${name}`);
    for (const [table, rights] of Object.entries({ ...OWN_TABLES, ...limited })) {
      await manager.query(`REVOKE ALL ON ${schema}.${table} FROM ${name}`);
      await manager.query(`GRANT ${rights} ON ${schema}.${table} TO ${name}`);
    }
    await grantJobs(manager, name);
  });
}

/**
 * To be called before migrations, with the login that owns the tables, or will.
 *
 * @throws ProgramError when the apps' login has the owner's rights, or owns something itself
 */
export async function checkAppsRole(owner: DataSource | EntityManager, role: string): Promise<void> {
  const [row] = await owner.query<{ isOwner: boolean; owns: boolean }[]>(
    `SELECT pg_has_role(r.oid, current_user, 'MEMBER') OR EXISTS (
         SELECT FROM pg_roles m WHERE pg_has_role(r.oid, m.oid, 'MEMBER') AND (m.rolsuper OR m.rolbypassrls OR m.rolcreaterole)
       ) AS "isOwner",
       has_schema_privilege(r.oid, current_schema(), 'CREATE') OR has_database_privilege(r.oid, current_database(), 'CREATE')
         OR EXISTS (SELECT FROM pg_database d WHERE d.datname = current_database() AND pg_has_role(r.oid, d.datdba, 'MEMBER'))
         OR EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = ANY (${SCHEMAS}) AND pg_has_role(r.oid, n.nspowner, 'MEMBER'))
         OR EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = ANY (${SCHEMAS}) AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
         OR EXISTS (SELECT FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
           WHERE n.nspname = ANY (${SCHEMAS}) AND pg_has_role(r.oid, f.proowner, 'MEMBER')) AS owns
     FROM pg_roles r WHERE r.rolname = $1`,
    [role],
  );
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

/** The tables of the job library have row level security without policies: its owner alone sees rows without one. */
async function grantJobs(manager: EntityManager, name: string): Promise<void> {
  await manager.query(`GRANT USAGE ON SCHEMA graphile_worker TO ${name}`);
  await manager.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO ${name}`);
  await manager.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO ${name}`);
  const tables = await manager.query<{ name: string }[]>(
    `SELECT quote_ident(relname) AS name FROM pg_class
     WHERE relnamespace = 'graphile_worker'::regnamespace AND relrowsecurity`,
  );
  for (const table of tables) {
    await manager.query(`DROP POLICY IF EXISTS sallyport_apps ON graphile_worker.${table.name}`);
    await manager.query(
      `CREATE POLICY sallyport_apps ON graphile_worker.${table.name} TO ${name} USING (true) WITH CHECK (true)`,
    );
  }
}

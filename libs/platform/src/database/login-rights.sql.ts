import { unprepared } from '#sql';

/** The schemas whose tables need rights. */
const SCHEMAS = `ARRAY[current_schema(), 'graphile_worker']`;

export const CURRENT_ROLE = unprepared('SELECT current_user AS role');

export const CHECK_APPS_ROLE = unprepared(`
    SELECT pg_has_role(r.oid, current_user, 'MEMBER') OR EXISTS (
         SELECT FROM pg_roles m WHERE pg_has_role(r.oid, m.oid, 'MEMBER') AND (m.rolsuper OR m.rolbypassrls OR m.rolcreaterole)
       ) AS "isOwner",
       has_schema_privilege(r.oid, current_schema(), 'CREATE') OR has_database_privilege(r.oid, current_database(), 'CREATE')
         OR EXISTS (SELECT FROM pg_database d WHERE d.datname = current_database() AND pg_has_role(r.oid, d.datdba, 'MEMBER'))
         OR EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = ANY (${SCHEMAS}) AND pg_has_role(r.oid, n.nspowner, 'MEMBER'))
         OR EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = ANY (${SCHEMAS}) AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
         OR EXISTS (SELECT FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
           WHERE n.nspname = ANY (${SCHEMAS}) AND pg_has_role(r.oid, f.proowner, 'MEMBER')) AS owns
     FROM pg_roles r WHERE r.rolname = :role`);

/** Quoted names. The tables of the job library have row level security, so each one needs a policy. */
export const FIND_NAMES = unprepared(`
  SELECT quote_ident(:role) AS login, quote_ident(current_schema()) AS schema,
    ARRAY(SELECT quote_ident(relname) FROM pg_class
      WHERE relnamespace = 'graphile_worker'::regnamespace AND relrowsecurity) AS "jobTables"`);

export interface Names {
  readonly login: string;
  readonly schema: string;
  readonly jobTables: readonly string[];
}

/** The privileges of the apps' login, by table, if it has fewer than on other tables. For example `SELECT, INSERT`. */
export type TableRights = Readonly<Record<string, string>>;

/**
 * A script of statements without parameters. All names must be quoted.
 *
 * Without a policy only the owner of the jobs' tables would see their rows.
 */
export const grantScript = ({ login, schema, jobTables }: Names, limited: TableRights): string => `
  GRANT USAGE ON SCHEMA ${schema}, graphile_worker TO ${login};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema}, graphile_worker TO ${login};
  GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${login};
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO ${login};
  ${Object.entries(limited)
    .map(
      ([table, rights]) =>
        `REVOKE ALL ON ${schema}.${table} FROM ${login}; GRANT ${rights} ON ${schema}.${table} TO ${login};`,
    )
    .join('\n')}
  ${jobTables
    .map((name) => `graphile_worker.${name}`)
    .map(
      (table) => `DROP POLICY IF EXISTS sallyport_apps ON ${table};
      CREATE POLICY sallyport_apps ON ${table} TO ${login} USING (true) WITH CHECK (true);`,
    )
    .join('\n')}`;

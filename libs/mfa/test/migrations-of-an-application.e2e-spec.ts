import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MFA_ENTITIES } from '#mfa';
import { MFA_MIGRATIONS } from '#mfa/migrations';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions, type DatabaseOptions } from '#platform';
import { createEmptyDatabase, createTestDatabase, schemaDrift, type TestDatabase } from '#testing';

/** Older than all of the library, and newer. */
class Orders1500000000000 implements MigrationInterface {
  up = (runner: QueryRunner): Promise<unknown> => runner.query('CREATE TABLE shop_order (id serial PRIMARY KEY)');
  down = (runner: QueryRunner): Promise<unknown> => runner.query('DROP TABLE shop_order');
}
class Returns2500000000000 implements MigrationInterface {
  up = (runner: QueryRunner): Promise<unknown> => runner.query('CREATE TABLE shop_return (id serial PRIMARY KEY)');
  down = (runner: QueryRunner): Promise<unknown> => runner.query('DROP TABLE shop_return');
}
const OWN = [Orders1500000000000, Returns2500000000000];

/** People are told of entries by jobs of the apps: a trigger and its function, which are the apps' own. */
const NOTICES = 'mfa_audit_add_notice';

describe('MFA_MIGRATIONS', () => {
  let databases: TestDatabase[];
  let sources: DataSource[];

  beforeEach(() => {
    databases = [];
    sources = [];
  });
  afterEach(async () => {
    for (const source of sources) await source.destroy();
    for (const database of databases) await database.drop();
  });

  const connect = async ({ directUrl }: TestDatabase, migrations: DatabaseOptions['migrations'] = []) => {
    const options = { url: directUrl, applicationName: 'test', entities: MFA_ENTITIES, migrations };
    const source = await new DataSource(dataSourceOptions(options)).initialize();
    sources.push(source);
    return source;
  };
  const emptyDatabase = async (): Promise<TestDatabase> => {
    const database = await createEmptyDatabase();
    databases.push(database);
    return database;
  };
  const workspaceDatabase = async (): Promise<TestDatabase> => {
    const database = await createTestDatabase();
    databases.push(database);
    return database;
  };

  it('are migrations of the workspace, in its order', () => {
    const all: readonly object[] = MIGRATIONS;
    expect(MFA_MIGRATIONS.map((migration) => all.indexOf(migration))).not.toContain(-1);
    expect(MFA_MIGRATIONS.toSorted((a, b) => all.indexOf(a) - all.indexOf(b))).toEqual(MFA_MIGRATIONS);
  });

  it('make all that the workspace has of these tables, and nothing else', async () => {
    const database = await emptyDatabase();
    const source = await connect(database, MFA_MIGRATIONS);
    await source.runMigrations();
    const tables = source.entityMetadatas.map(({ tableName }) => tableName);
    const made = await schemaOf(source, tables);
    expect(made.map(([kind]) => kind)).toEqual(
      expect.arrayContaining(['column', 'constraint', 'index', 'trigger', 'function']),
    );
    expect(made).toEqual(await schemaOf(await connect(await workspaceDatabase()), tables));
    expect(await schemaDrift(database.url, MFA_ENTITIES)).toEqual([]);
    const others = await source.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> ALL ($1)`,
      [tables],
    );
    expect(others).toEqual([{ relname: 'migrations' }]);
  });

  it('run beside migrations of an application, in whatever order they come', async () => {
    const database = await emptyDatabase();
    const before = await connect(database, OWN);
    expect(await before.runMigrations()).toHaveLength(2);
    const after = await connect(database, [...OWN, ...MFA_MIGRATIONS]);
    expect(await after.runMigrations()).toHaveLength(MFA_MIGRATIONS.length);
    expect(await after.runMigrations()).toEqual([]);
    expect(await after.query('SELECT * FROM mfa_account')).toEqual([]);
  });

  it('make the tables in the schema that the URL names', async () => {
    const database = await emptyDatabase();
    await (await connect(database)).query('CREATE SCHEMA shop');
    const url = new URL(database.directUrl);
    url.searchParams.set('options', '-c search_path=shop');
    const source = new DataSource({ type: 'postgres', url: url.href, migrations: [...MFA_MIGRATIONS] });
    sources.push(await source.initialize());
    await source.runMigrations();
    const schemas = await source.query(`SELECT DISTINCT schemaname FROM pg_tables WHERE tablename LIKE 'mfa\\_%'`);
    expect(schemas).toEqual([{ schemaname: 'shop' }]);
    await source.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, actor_kind, actor_id)
       VALUES ('customer', 'ada', 'activated', now(), 'customer', 'ada')`,
    );
    expect(await source.query('SELECT sequence FROM shop.mfa_audit_chain')).toEqual([{ sequence: '1' }]);
  });

  it('can be taken back to nothing', async () => {
    const source = await connect(await emptyDatabase(), [...OWN, ...MFA_MIGRATIONS]);
    await source.runMigrations();
    for (const _ of [...OWN, ...MFA_MIGRATIONS]) await source.undoLastMigration();
    expect(await source.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([
      { tablename: 'migrations' },
    ]);
    expect(await source.query(`SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`)).toEqual([]);
  });
});

/** Everything that PostgreSQL has of tables, as its kind and its definition, but for the notices of the apps. */
async function schemaOf(source: DataSource, tables: readonly string[]): Promise<readonly [string, string][]> {
  const rows = await source.query<{ kind: string; definition: string }[]>(
    `WITH named AS (SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY ($1)),
     found AS (
       SELECT 'table' AS kind, format('%s %s %s', relname, relrowsecurity, relacl) AS definition
       FROM named JOIN pg_class USING (oid, relname)
       UNION ALL
       SELECT 'column', format('%s.%s %s not null: %s default: %s', relname, attname, format_type(atttypid, atttypmod),
         attnotnull, pg_get_expr(adbin, adrelid))
       FROM named JOIN pg_attribute ON attrelid = oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
       WHERE attnum > 0 AND NOT attisdropped
       UNION ALL
       SELECT 'constraint', format('%s.%s %s', relname, conname, pg_get_constraintdef(c.oid))
       FROM named JOIN pg_constraint c ON conrelid = named.oid
       UNION ALL
       SELECT 'index', pg_get_indexdef(indexrelid) FROM named JOIN pg_index ON indrelid = oid
       UNION ALL
       SELECT 'trigger', pg_get_triggerdef(t.oid) FROM named JOIN pg_trigger t ON tgrelid = named.oid
       WHERE NOT tgisinternal AND tgfoid <> coalesce(to_regproc($2), 0::oid)
       UNION ALL
       SELECT 'function', format('%s %s', pg_get_functiondef(oid), proacl) FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'mfa\\_%' AND proname <> $2
     )
     SELECT kind, definition FROM found ORDER BY kind, definition`,
    [tables, NOTICES],
  );
  return rows.map(({ kind, definition }) => [kind, definition]);
}

import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUTH_ENTITIES } from '#auth';
import { MFA_ENTITIES } from '#mfa';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions } from '#platform';
import { createTestDatabase, schemaDrift, type TestDatabase } from '#testing';
import { WAREHOUSE_ENTITIES } from '../src/warehouse-user-assignments/warehouse.entities.js';

describe('The schema', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is what the entities of all libraries and apps describe', async () => {
    expect(await schemaDrift(database.url, [...AUTH_ENTITIES, ...MFA_ENTITIES, ...WAREHOUSE_ENTITIES])).toEqual([]);
  });

  it('can be taken back to nothing and made anew', async () => {
    const options = dataSourceOptions({
      url: database.url,
      applicationName: 'test',
      entities: [],
      migrations: MIGRATIONS,
    });
    const source = await new DataSource(options).initialize();
    for (const _ of MIGRATIONS) await source.undoLastMigration();
    const tables = await source.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
    expect(tables).toEqual([{ tablename: 'migrations' }]);
    expect(await source.runMigrations()).toHaveLength(MIGRATIONS.length);
    await source.destroy();
  });

  it('has every MFA index begin with the account', async () => {
    const source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    const indexes = await source.query<{ indexdef: string }[]>(
      `SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'mfa\\_%'`,
    );
    await source.destroy();
    expect(indexes.length).toBeGreaterThan(0);
    for (const { indexdef } of indexes) expect(indexdef).toContain('(account_kind, account_id');
  });
});

import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUTH_ENTITIES } from '#auth';
import { MFA_ENTITIES } from '#mfa';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions } from '#platform';
import { createTestDatabase, schemaDrift, type TestDatabase } from '#testing';
import { CountedFigure } from '../src/counted-figures/counted-figure.entity.js';
import { WAREHOUSE_ENTITIES } from '../src/warehouse-user-assignments/warehouse.entities.js';

describe('The schema', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is what the entities of all libraries and apps describe', async () => {
    const entities = [...AUTH_ENTITIES, ...MFA_ENTITIES, ...WAREHOUSE_ENTITIES, CountedFigure];
    expect(await schemaDrift(database.url, entities)).toEqual([]);
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

  it('begins the audit trail with the second factors that are there already', async () => {
    const options = { url: database.url, applicationName: 'test', entities: [], migrations: MIGRATIONS };
    const source = await new DataSource(dataSourceOptions(options)).initialize();
    const since = MIGRATIONS.findIndex(({ name }) => name.startsWith('MfaAudit'));
    for (const _ of MIGRATIONS.slice(since)) await source.undoLastMigration();
    await source.query(
      `INSERT INTO mfa_account (account_kind, account_id) VALUES ('customer', '1'), ('customer', '2')`,
    );
    await source.query(
      `INSERT INTO mfa_factor (account_kind, account_id, method, status) VALUES ('customer', '1', 'email', 2)`,
    );
    await source.runMigrations();
    const entries = await source.query(`SELECT account_id, sequence, event, details FROM mfa_audit_event`);
    await source.destroy();
    const details = { methods: [{ method: 'email', status: 2 }] };
    expect(entries).toEqual([{ account_id: '1', sequence: '1', event: 'imported', details }]);
  });

  it('keeps indexes of lists that an operator has made before', async () => {
    const options = { url: database.url, applicationName: 'test', entities: [], migrations: MIGRATIONS };
    const source = await new DataSource(dataSourceOptions(options)).initialize();
    const since = MIGRATIONS.findIndex(({ name }) => name.startsWith('AuditTrailLists'));
    for (const _ of MIGRATIONS.slice(since)) await source.undoLastMigration();
    const made = [
      `ix_mfa_audit_event_request ON mfa_audit_event USING hash (request_id)`,
      `ix_customer_created_at ON customer (created_at, id) WHERE anonymized_at IS NULL`,
    ];
    for (const index of made) await source.query(`CREATE INDEX CONCURRENTLY ${index}`);
    expect(await source.runMigrations()).toHaveLength(MIGRATIONS.length - since);
    await source.destroy();
  });

  it('has every MFA index begin with the account, but for those of the list of the audit trail', async () => {
    const source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    const indexes = await source.query<{ indexdef: string }[]>(
      `SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'mfa\\_%' AND indexname NOT LIKE 'ix\\_mfa\\_audit\\_event\\_%'`,
    );
    await source.destroy();
    expect(indexes.length).toBeGreaterThan(0);
    for (const { indexdef } of indexes) expect(indexdef).toContain('(account_kind, account_id');
  });
});

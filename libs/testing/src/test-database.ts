import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { inject } from 'vitest';
import { dataSourceOptions } from '#platform';

export const TEMPLATE = 'sallyport_template';

export interface TestDatabase {
  readonly url: string;
  /** The URL without a pooler, for tests that need a session of their own. */
  readonly directUrl: string;
  drop(): Promise<void>;
}

/** The URL of another database on the same server. */
export function databaseUrl(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).toString();
}

/** A data source for a test's own queries. */
export function connectTo({ url }: TestDatabase): Promise<DataSource> {
  return new DataSource(dataSourceOptions({ url, applicationName: 'test', entities: [], migrations: [] })).initialize();
}

/** A new database with all migrations. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createFrom(TEMPLATE);
}

/** A new database without migrations. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createFrom('template1');
}

async function createFrom(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: databaseUrl(inject('clientUrl'), name),
    directUrl: databaseUrl(inject('postgresUrl'), name),
    drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onServer(statement: string): Promise<void> {
  const server = await new DataSource({ type: 'postgres', url: inject('postgresUrl') }).initialize();
  await server.query(statement).finally(() => server.destroy());
}

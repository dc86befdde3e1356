import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { DataSource } from 'typeorm';
import type { TestProject } from 'vitest/node';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions, migrateJobs, startPostgres } from '#platform';
import { startPooler } from './pooler.js';
import { databaseUrl, TEMPLATE } from './test-database.js';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
    /** The URL that tests connect to: the server's, or that of the pooler in front of it. */
    clientUrl: string;
  }
}

const NOT_DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap((name) => ['-c', `${name}=off`]);

/**
 * One PostgreSQL server for the whole run, with a migrated template database that each test file gets a copy of. If
 * `TEST_POOLER` is the path of PgBouncer, connections go through it.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-test-'));
  const postgres = await startPostgres({ dataDir, flags: [...NOT_DURABLE, '-c', 'max_connections=300'] });
  provide('postgresUrl', postgres.url);
  await createTemplate(postgres.url);
  const { TEST_POOLER } = process.env;
  const pooler = TEST_POOLER ? await startPooler(TEST_POOLER, postgres.url) : undefined;
  provide('clientUrl', pooler?.url ?? postgres.url);
  return async () => {
    await pooler?.stop();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

async function createTemplate(postgresUrl: string): Promise<void> {
  const server = await new DataSource({ type: 'postgres', url: postgresUrl }).initialize();
  await server.query(`CREATE DATABASE ${TEMPLATE}`);
  await server.destroy();
  const url = databaseUrl(postgresUrl, TEMPLATE);
  await migrateJobs(url);
  const template = new DataSource(
    dataSourceOptions({ url, applicationName: 'template', entities: [], migrations: MIGRATIONS }),
  );
  await template.initialize();
  await template.runMigrations();
  await template.destroy();
}

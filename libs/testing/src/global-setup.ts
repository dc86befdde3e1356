import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { DataSource } from 'typeorm';
import type { TestProject } from 'vitest/node';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions, migrateJobs, startPostgres } from '#platform';
import { databaseUrl, TEMPLATE } from './test-database.js';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

const NOT_DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap((name) => ['-c', `${name}=off`]);

/** One PostgreSQL for the whole run, with a migrated template that every test file gets a copy of. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-test-'));
  const postgres = await startPostgres({ dataDir, flags: [...NOT_DURABLE, '-c', 'max_connections=300'] });
  provide('postgresUrl', postgres.url);
  await createTemplate(postgres.url);
  return async () => {
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

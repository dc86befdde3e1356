import { Logger, runMigrations } from 'graphile-worker';
import { Pool } from 'pg';
import { connectionOptions } from '../database/connection-options.js';

/** Migrates the schema of the jobs (`graphile_worker`). The library owns it; apps do not change it. */
export async function migrateJobs(url: string): Promise<void> {
  const connection = connectionOptions({ url, applicationName: 'sallyport-migrate', isUnlimited: true });
  const pgPool = new Pool({ ...connection, max: 1 });
  const silent = (): void => undefined;
  pgPool.on('error', silent);
  pgPool.on('connect', (client) => client.on('error', silent));
  try {
    await runMigrations({ pgPool, logger: new Logger(() => silent) });
  } finally {
    await pgPool.end();
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterEach, expect, it, vi } from 'vitest';
import { dataSourceOptions } from '../database/database.module.js';
import { migrateJobs } from '../jobs/migrate-jobs.js';
import { startPostgres } from './embedded-postgres.js';

/** What other programs on a machine may have been told; the URL that is tested must leave nothing open. */
const FOREIGN = {
  PGHOST: 'other.example',
  PGHOSTADDR: '192.0.2.1',
  PGPORT: '1',
  PGUSER: 'other',
  PGPASSWORD: 'other',
  PGPASSFILE: '/nowhere',
  PGDATABASE: 'other',
  PGSSLMODE: 'require',
  PGSSLNEGOTIATION: 'direct',
  PGSSLROOTCERT: '/nowhere',
  PGOPTIONS: '-c default_transaction_isolation=serializable',
  PGAPPNAME: 'other',
  PGTZ: 'Asia/Kathmandu',
  PGDATESTYLE: 'SQL',
  PGCLIENTENCODING: 'LATIN1',
  PGCLIENT_ENCODING: 'LATIN1',
  PGREPLICATION: 'database',
  PGBINARY: '1',
  PGCONNECT_TIMEOUT: '1',
  PGDATA: '/nowhere',
};

afterEach(() => vi.unstubAllEnvs());

it('starts and is reached whatever the variables of other programs say', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-environment-'));
  for (const [name, value] of Object.entries(FOREIGN)) vi.stubEnv(name, value);
  const postgres = await startPostgres({ dataDir, flags: ['-c', 'fsync=off'] });
  try {
    await migrateJobs(postgres.url);
    const options = dataSourceOptions({ url: postgres.url, applicationName: 'ours', entities: [], migrations: [] });
    const source = await new DataSource(options).initialize();
    const [session] = await source.query(
      `SELECT current_setting('default_transaction_isolation') AS isolation, current_setting('application_name') AS name,
         current_setting('client_encoding') AS encoding, current_setting('TimeZone') AS zone`,
    );
    expect(session).toEqual({ isolation: 'read committed', name: 'ours', encoding: 'UTF8', zone: 'UTC' });
    await source.destroy();
    const bare = new pg.Client({ connectionString: postgres.url });
    await bare.connect();
    await bare.end();
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

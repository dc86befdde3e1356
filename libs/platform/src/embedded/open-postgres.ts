import { setTimeout as sleep } from 'node:timers/promises';
import { ProgramError } from '../run-program.js';
import { isDataFolderLocked } from './data-folder-lock.js';
import { startPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
import { possibleClusterFolders } from './postgres-cluster.js';
import { databaseUrl, postgresPassword, prepareDatabase } from './postgres-database.js';
import { runningPostmaster } from './postmaster.js';

export interface OpenPostgres {
  readonly url: string;
  /** Stops the server if this call has started it. */
  close(): Promise<void>;
}

const WAIT_MS = 30_000;
const RETRY_MS = 100;

/**
 * The embedded PostgreSQL of a data folder for a short use: the running one, or a newly started one.
 *
 * @throws ProgramError in one line
 */
export async function openPostgres(options: EmbeddedPostgresOptions): Promise<OpenPostgres> {
  const deadline = Date.now() + WAIT_MS;
  while (await isDataFolderLocked(options.dataDir)) {
    const url = await runningUrl(options.dataDir);
    if (url) return { url, close: () => Promise.resolve() };
    if (Date.now() > deadline)
      throw new ProgramError(`The database in ${options.dataDir}, which another program has started, does not answer.`);
    await sleep(RETRY_MS);
  }
  const postgres = await startPostgres(options);
  return { url: postgres.url, close: postgres.stop };
}

async function runningUrl(dataDir: string): Promise<string | undefined> {
  for (const cluster of possibleClusterFolders(dataDir)) {
    const port = runningPostmaster(cluster)?.port;
    if (!port) continue;
    const address = { port, password: postgresPassword(dataDir) };
    if (await prepareDatabase(address)) return databaseUrl(address);
  }
  return undefined;
}

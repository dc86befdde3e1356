import { existsSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProgramError } from '../run-program.js';
import { lockDataFolder } from './data-folder-lock.js';
import { dataFolderError } from './data-folder-error.js';
import { DATA_FOLDER_ENTRIES, fallbackFolder } from './data-folder.js';
import { possibleClusterFolders } from './postgres-cluster.js';
import { findPrograms } from './postgres-programs.js';
import { postgresUser } from './postgres-user.js';
import { runningPostmaster, stopPostmaster } from './postmaster.js';

/**
 * Removes everything that programs of this repository have put into the data folder: the database and the generated
 * keys.
 *
 * @returns the removed paths
 * @throws ProgramError if a program uses the database
 */
export async function forgetData(dataDir: string): Promise<readonly string[]> {
  const release = await lockDataFolder(dataDir);
  if (!release) throw new ProgramError(`A program uses the database in ${dataDir}: stop npm start with Ctrl-C first.`);
  try {
    await stopOrphans(dataDir);
    return removeData(dataDir);
  } catch (error) {
    throw dataFolderError(error);
  } finally {
    await release();
  }
}

async function stopOrphans(dataDir: string): Promise<void> {
  const silent = (): void => undefined;
  for (const cluster of possibleClusterFolders(dataDir)) {
    if (!runningPostmaster(cluster)) continue;
    const programs = findPrograms(dataDir, await postgresUser(silent), silent);
    await stopPostmaster(programs, cluster);
  }
}

/** Keeps other files in the data folder, and then the folder too. */
function removeData(dataDir: string): readonly string[] {
  const paths = [...DATA_FOLDER_ENTRIES.map((entry) => join(dataDir, entry)), fallbackFolder(dataDir)].filter(
    existsSync,
  );
  for (const path of paths) rmSync(path, { recursive: true, force: true });
  if (existsSync(dataDir) && readdirSync(dataDir).length === 0) rmdirSync(dataDir);
  return paths;
}

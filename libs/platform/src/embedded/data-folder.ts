import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ProgramError } from '../run-program.js';

/** All entries that programs of this repository create in the data folder. */
export const DATA_FOLDER_ENTRIES: readonly string[] = ['keys', 'postgres', 'postgres.new', 'postgres.log'];

const NAME_LENGTH = 12;

/** A name that identifies a data folder where all data folders of a machine share a namespace. */
export function dataFolderName(dataDir: string): string {
  const hash = createHash('sha256').update(resolve(dataDir)).digest('hex');
  return `sallyport-${hash.slice(0, NAME_LENGTH)}`;
}

/** The folder for PostgreSQL's data if PostgreSQL's system user cannot enter the data folder. */
export function fallbackFolder(dataDir: string): string {
  return join(tmpdir(), dataFolderName(dataDir));
}

/**
 * Creates the data folder. If this program runs as root, PostgreSQL's system user may enter the folder, unless it has
 * other files.
 */
export function makeDataFolder(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  if (process.getuid?.() === 0 && readdirSync(dataDir).every((entry) => DATA_FOLDER_ENTRIES.includes(entry))) {
    chmodSync(dataDir, (statSync(dataDir).mode & 0o777) | 0o011);
  }
}

/**
 * Creates the fallback folder.
 *
 * @throws ProgramError if another user has created it: all users can write in the temporary folder
 */
export function makeFallbackFolder(dataDir: string): string {
  const folder = fallbackFolder(dataDir);
  try {
    mkdirSync(folder);
    chmodSync(folder, 0o755);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const found = lstatSync(folder);
    if (!found.isDirectory() || found.uid !== process.getuid?.()) {
      throw new ProgramError(`${folder} belongs to another user; remove it, or set DATA_DIR to another folder.`);
    }
  }
  return folder;
}

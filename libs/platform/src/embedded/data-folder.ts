import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ProgramError } from '../run-program.js';

/** All that programs of this repository put into the data folder. */
export const DATA_FOLDER_ENTRIES: readonly string[] = ['keys', 'postgres', 'postgres.new', 'postgres.log'];

const NAME_LENGTH = 12;

/** A name that stands for one data folder in places that all data folders of a machine share. */
export function dataFolderName(dataDir: string): string {
  const hash = createHash('sha256').update(resolve(dataDir)).digest('hex');
  return `sallyport-${hash.slice(0, NAME_LENGTH)}`;
}

/** Where PostgreSQL's part of the data lies when PostgreSQL's own user cannot reach the data folder. */
export function fallbackFolder(dataDir: string): string {
  return join(tmpdir(), dataFolderName(dataDir));
}

/** Makes the data folder; for root, PostgreSQL's own user may enter it, unless it holds things of others. */
export function makeDataFolder(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  if (process.getuid?.() === 0 && readdirSync(dataDir).every((entry) => DATA_FOLDER_ENTRIES.includes(entry))) {
    chmodSync(dataDir, (statSync(dataDir).mode & 0o777) | 0o011);
  }
}

/**
 * Makes the fallback folder.
 *
 * @throws ProgramError when somebody else made it: the temporary folder belongs to all users
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

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ProgramError } from '#platform';
import { findJsonFault } from '../json-lines/json-lines.js';
import { unreadableFile } from '../json-lines/line-files.js';

/** The project's own demo shop. */
export const DEFAULT_DEMO_DATA = join(projectFolder(import.meta.dirname), 'apps/cli/demo-data.json');

/** Source and built output lie at different depths, and only the project's folder has a package.json. */
function projectFolder(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : projectFolder(dirname(folder));
}

/**
 * @returns the parsed document, not yet checked
 * @throws ProgramError when the file is missing, cannot be read or is not JSON; it quotes nothing of the file
 */
export async function readDemoData(path: string): Promise<unknown> {
  const text = decode(
    path,
    await readFile(path).catch((error: unknown) => unreadableFile(`The demo data file ${path}`, error)),
  );
  try {
    return JSON.parse(text);
  } catch {
    const { line, column } = findJsonFault(text);
    throw new ProgramError(`The demo data file ${path} is not JSON: see line ${line}, column ${column}.`);
  }
}

/** Without a byte order mark, which some editors write and JSON does not know. */
function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProgramError(`The demo data file ${path} is not UTF-8 text.`);
  }
}

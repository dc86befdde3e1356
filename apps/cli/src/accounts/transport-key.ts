import { readFile } from 'node:fs/promises';
import type { EncryptionKey } from '#mfa';
import { parseMfaEncryptionKeys, ProgramError, SettingError } from '#platform';
import { STANDARD_STREAM } from '../json-lines/export-target.js';
import { unreadableFile } from '../json-lines/import-source.js';

/**
 * Reads the key that seals what methods keep, for the way from one installation to another. It stands in a file, so that
 * neither the list of processes nor the shell's history has it.
 *
 * @throws ProgramError when it cannot be read, or is no key; the text does not show it
 */
export async function readTransportKey(path: string): Promise<EncryptionKey> {
  if (path === STANDARD_STREAM) throw new ProgramError('The key must stand in a file, - is none.');
  const text = await readFile(path, 'utf8').catch((error: unknown) => unreadableFile(path, error));
  const [key, ...more] = keysIn(text);
  if (key && more.length === 0) return key;
  throw new ProgramError(`${path} must hold one key, as id:base64 of 32 bytes.`);
}

function keysIn(text: string): readonly EncryptionKey[] {
  try {
    return parseMfaEncryptionKeys(text.trim());
  } catch (error) {
    if (error instanceof SettingError) return [];
    throw error;
  }
}

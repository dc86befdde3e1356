import { SettingError } from '../configuration/setting-error.js';

/**
 * Turns errors about files of the data folder into a clear message with code and path. Returns other errors unchanged.
 */
export function dataFolderError(error: unknown): unknown {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (!code || !path || syscall?.startsWith('spawn')) return error;
  return SettingError.of('DATA_DIR', `must be a folder that this program can write (${code}: ${path})`);
}

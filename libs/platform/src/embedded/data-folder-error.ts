import { SettingError } from '../configuration/setting-error.js';

/** What goes wrong with files of the data folder is told by code and path; other errors are returned as they are. */
export function dataFolderError(error: unknown): unknown {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (!code || !path || syscall?.startsWith('spawn')) return error;
  return SettingError.of('DATA_DIR', `must be a folder that this program can write (${code}: ${path})`);
}

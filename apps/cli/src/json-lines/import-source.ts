import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ProgramError } from '#platform';
import { STANDARD_STREAM } from './export-target.js';

export interface ImportSource {
  /** What to call it. */
  readonly name: string;
  readonly chunks: AsyncIterable<Buffer>;
  /** In bytes; undefined: not known. */
  readonly size: number | undefined;
}

const READ_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
};

/** @throws ProgramError when there is no such file, or it cannot be read */
export async function openSource(path: string): Promise<ImportSource> {
  if (path === STANDARD_STREAM) return { name: 'standard input', chunks: process.stdin, size: undefined };
  const there = await stat(path).catch((error: unknown) => unreadableFile(path, error));
  if (there.isDirectory()) throw new ProgramError(`${path} is a folder, not a file.`);
  const size = there.isFile() ? there.size : undefined;
  return { name: path, chunks: readable(path), size };
}

async function* readable(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (error) {
    unreadableFile(path, error);
  }
}

/** @throws ProgramError saying why, in words */
export function unreadableFile(path: string, error: unknown): never {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  throw new ProgramError(`${path} ${READ_FAULTS[code] ?? `cannot be read (${code})`}.`);
}

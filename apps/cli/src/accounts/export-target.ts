import { createWriteStream } from 'node:fs';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { finished, pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { ProgramError } from '#platform';

/** Standard output, in place of a file. */
export const STANDARD_STREAM = '-';

const OWNER_ONLY = 0o600;

/**
 * Writes a stream to a file or to standard output. The file appears when it is complete; one of the same name is
 * replaced then. Only its owner can read it.
 *
 * @throws ProgramError when it cannot be written; what was written so far is removed
 */
export async function writeTo(path: string, content: Readable, signal: AbortSignal): Promise<void> {
  try {
    await (path === STANDARD_STREAM ? toStandardOutput(content, signal) : toFile(path, content, signal));
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') throw new ProgramError('The reader of the standard output has gone.');
    if (syscall === undefined || code === undefined || path === STANDARD_STREAM) throw error;
    throw new ProgramError(`${path} cannot be written (${code}).`);
  }
}

async function toStandardOutput(content: Readable, signal: AbortSignal): Promise<void> {
  await pipeline(content, process.stdout, { signal, end: false });
}

async function toFile(path: string, content: Readable, signal: AbortSignal): Promise<void> {
  await refuseUnlessFile(path);
  const draft = `${path}.${process.pid}.partial`;
  try {
    const file = createWriteStream(draft, { flags: 'wx', mode: OWNER_ONLY });
    await pipeline(content, file, { signal });
    await finished(file);
    await flush(draft);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Renaming would put a file in the place of a device or a link. */
async function refuseUnlessFile(path: string): Promise<void> {
  const there = await lstat(path).catch(() => undefined);
  if (there && !there.isFile()) {
    throw new ProgramError(`${path} is not a file; ${STANDARD_STREAM} stands for standard output.`);
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}

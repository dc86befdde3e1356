import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { ProgramError } from '#platform';
import { writeCompleteFile } from '../complete-file.js';

/** Standard output, in place of a file. */
export const STANDARD_STREAM = '-';

/**
 * Writes a stream to a file or to standard output. The file appears when it is complete; one of the same name is
 * replaced then. Only its owner can read it.
 *
 * @throws ProgramError when it cannot be written; what was written so far is removed
 */
export async function writeTo(path: string, content: Readable, signal: AbortSignal): Promise<void> {
  await (path === STANDARD_STREAM ? toStandardOutput(content, signal) : toFile(path, content, signal));
}

async function toStandardOutput(content: Readable, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(content, process.stdout, { signal, end: false });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'EPIPE' ? new ProgramError('The reader of the standard output has gone.') : error;
  }
}

function toFile(path: string, content: Readable, signal: AbortSignal): Promise<void> {
  return writeCompleteFile(path, { replace: true }, (append) =>
    pipeline(
      content,
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) await append(chunk);
      },
      { signal },
    ),
  );
}

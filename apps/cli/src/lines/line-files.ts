import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ProgramError } from '#platform';
import { ProgressBar } from '../command-line.js';
import type { EntryReader } from '../loading/entry-rules.js';
import type { Problems } from '../loading/problems.js';
import { writeCompleteFile } from './complete-file.js';
import { type EntryLine, entryLines } from './json-lines.js';

/** Standard input or output, in place of a file. */
export const STANDARD_STREAM = '-';

export interface ImportSource {
  /** For messages. */
  readonly name: string;
  readonly chunks: AsyncIterable<Buffer>;
  /** In bytes; undefined: not known. */
  readonly size: number | undefined;
}

const READ_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EISDIR: 'is a folder, not a file',
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

/**
 * @param name what the person calls it
 * @throws ProgramError saying why, in words
 */
export function unreadableFile(name: string, error: unknown): never {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  throw new ProgramError(`${name} ${READ_FAULTS[code] ?? `cannot be read (${code})`}.`);
}

export interface CheckedLines<Entry> {
  readonly source: ImportSource;
  /** What is counted, such as `accounts`. */
  readonly unit: string;
  readonly readEntry: EntryReader<Entry>;
  readonly problems: Problems;
}

/**
 * Reads the entries of a file a chunk at a time, and shows how far it is; it stops when enough lines are wrong.
 *
 * @throws ProgramError when the file cannot be read
 */
export async function* checkedLines<Entry>({
  source: { chunks, size },
  unit,
  readEntry,
  problems,
}: CheckedLines<Entry>): AsyncGenerator<readonly EntryLine<Entry>[]> {
  const bar = new ProgressBar('Checking', size === undefined ? unit : 'bytes', size);
  let entries = 0;
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      yield chunk;
      bar.update(size === undefined ? entries : (bytes += chunk.length));
    }
  }
  try {
    for await (const lines of entryLines(counted(), readEntry, problems)) {
      entries += lines.length;
      yield lines;
    }
  } finally {
    bar.stop();
  }
}

/**
 * Writes a stream to a file or to standard output. The file appears when it is complete; one of the same name is
 * replaced then. Only its owner can read it.
 *
 * @throws ProgramError when it cannot be written; what was written so far is removed
 */
async function writeTo(path: string, content: Readable, signal: AbortSignal): Promise<void> {
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

export interface WrittenLines {
  /** A file, or `-` for standard output. */
  readonly path: string;
  /** What is counted, such as `accounts`. */
  readonly unit: string;
  /** How many there may be; undefined: not known. */
  readonly total: number | undefined;
  readonly signal: AbortSignal;
}

const LINE_FEED = 0x0a;

/**
 * Writes lines as they come, and shows how far it is.
 *
 * @returns how many lines were written
 * @throws ProgramError when the target cannot be written; the signal's reason when it came
 */
export async function writeLines(
  chunks: AsyncIterable<Buffer>,
  { path, unit, total, signal }: WrittenLines,
): Promise<number> {
  const bar = new ProgressBar('Exporting', unit, total);
  let lines = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      yield chunk;
      bar.update((lines += linesIn(chunk)));
    }
  }
  try {
    await writeTo(path, Readable.from(counted(), { objectMode: false }), signal);
  } finally {
    bar.stop();
  }
  return lines;
}

export function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}

import { Readable } from 'node:stream';
import { ProgressBar } from '../progress-bar.js';
import { writeTo } from './export-target.js';

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

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { ProgressBar } from '../terminal.js';
import { stagedLine, type Staging, stagingStream } from './copy.repository.js';
import { type EntryLine, entryLines, type EntryReader } from './json-lines.js';
import type { ImportSource } from './line-files.js';
import type { ImportProblems } from './problems.js';

export interface StagedFile<Entry extends { readonly kind: string }> {
  readonly source: ImportSource;
  /** What is counted, such as `accounts`. */
  readonly unit: string;
  readonly readEntry: EntryReader<Entry>;
  readonly staging: Staging<Entry>;
  readonly problems: ImportProblems;
  readonly signal: AbortSignal;
  /** Takes each line that is right, and may add problems; what it returns is what waits. */
  readonly onLine?: (line: EntryLine<Entry>) => EntryLine<Entry>;
}

/**
 * Checks the lines one by one, and has them wait in the database for being judged together.
 *
 * @returns how many lines wait
 * @throws ProgramError with the first wrong lines; the signal's reason when it came
 */
export async function stageLines<Entry extends { readonly kind: string }>(
  client: Client,
  { source, unit, readEntry, staging, problems, signal, onLine = (line) => line }: StagedFile<Entry>,
): Promise<number> {
  const bar = new ProgressBar('Checking', source.size === undefined ? unit : 'bytes', source.size);
  let total = 0;
  let bytes = 0;
  async function* chunks(): AsyncGenerator<Buffer> {
    for await (const chunk of source.chunks) {
      yield chunk;
      bytes += chunk.length;
      bar.update(source.size === undefined ? total : bytes);
    }
  }
  async function* rows(): AsyncGenerator<string> {
    for await (const lines of entryLines(chunks(), readEntry, problems)) {
      total += lines.length;
      const taken = lines.map(onLine);
      if (problems.isFull) break;
      if (problems.isEmpty) yield taken.map((line) => stagedLine(staging, line)).join('');
    }
    problems.throwIfAny();
  }
  try {
    await pipeline(Readable.from(rows()), stagingStream(client, staging), { signal });
  } finally {
    bar.stop();
  }
  return total;
}

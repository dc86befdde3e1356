import { isUtf8 } from 'node:buffer';
import { findJsonFault } from './json-fault.js';
import type { EntryReader } from './entry-reading.js';
import type { ImportProblems } from './problems.js';
import { LineSplitter } from './line-splitter.js';

export interface EntryLine<Entry> {
  /** From 1 on. */
  readonly number: number;
  readonly entry: Entry;
}

/**
 * Reads a file of entries, a chunk at a time, and stops when enough lines are wrong.
 *
 * @returns the entries of each chunk; wrong lines are added to the problems and left out
 */
export async function* entryLines<Entry>(
  chunks: AsyncIterable<Buffer>,
  readEntry: EntryReader<Entry>,
  problems: ImportProblems,
): AsyncGenerator<EntryLine<Entry>[]> {
  const splitter = new LineSplitter();
  let number = 0;
  for await (const chunk of chunks) {
    const entries: EntryLine<Entry>[] = [];
    for (const line of splitter.push(chunk)) {
      number += 1;
      const entry = readLine(line, number, readEntry, problems);
      if (entry) entries.push({ number, entry });
      if (problems.isFull) return;
    }
    if (entries.length > 0) yield entries;
    if (splitter.isInEndlessLine) return problems.add(number + 1, 'is too long for an entry');
  }
  if (splitter.isInLine) problems.add(number + 1, 'is cut off: the file does not end with a line end');
  else if (number === 0) problems.add(1, 'is missing: the file is empty');
}

function readLine<Entry>(
  line: Buffer,
  number: number,
  readEntry: EntryReader<Entry>,
  problems: ImportProblems,
): Entry | undefined {
  const value = parse(line, number, problems);
  if (value === undefined) return undefined;
  const { entry, problems: wrong = [] } = readEntry(value);
  for (const problem of wrong) problems.add(number, problem);
  return entry;
}

/** @returns undefined for what is not JSON; the parser's own message would quote the line */
function parse(line: Buffer, number: number, problems: ImportProblems): unknown {
  if (!isUtf8(line)) return void problems.add(number, 'is not UTF-8 text');
  const text = withoutMark(line.toString('utf8'), number);
  if (text.trim() === '') return void problems.add(number, 'is empty');
  try {
    return JSON.parse(text);
  } catch {
    return void problems.add(number, `is not JSON: see column ${findJsonFault(text).column}`);
  }
}

/** Some editors write a byte order mark, which JSON does not know. */
function withoutMark(text: string, number: number): string {
  return number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
}

import { isUtf8 } from 'node:buffer';
import type { EntryReader } from '../loading/entry-rules.js';
import type { Problems } from '../loading/problems.js';

const LINE_FEED = 0x0a;
const LONGEST_LINE = 1_048_576;

/** Cuts a file into lines as it comes, a chunk at a time. */
export class LineSplitter {
  private rest: Buffer = Buffer.alloc(0);

  /** @returns the lines that end in the chunk, without their line ends */
  push(chunk: Buffer): Buffer[] {
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      lines.push(bytes.subarray(start, end));
      start = end + 1;
    }
    this.rest = bytes.subarray(start);
    return lines;
  }

  /** Whether the last line has no line end so far. */
  get isInLine(): boolean {
    return this.rest.length > 0;
  }

  /** Whether that line is longer than any entry: its end is not waited for, so that it does not fill the memory. */
  get isInEndlessLine(): boolean {
    return this.rest.length > LONGEST_LINE;
  }
}

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
  problems: Problems,
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
    if (splitter.isInEndlessLine) return problems.add(number + 1, [], 'is too long for an entry');
  }
  if (splitter.isInLine) problems.add(number + 1, [], 'is cut off: the file does not end with a line end');
  else if (number === 0) problems.add(1, [], 'is missing: the file is empty');
}

function readLine<Entry>(
  line: Buffer,
  number: number,
  readEntry: EntryReader<Entry>,
  problems: Problems,
): Entry | undefined {
  const value = parse(line, number, problems);
  if (value === undefined) return undefined;
  const { entry, wrong = [] } = readEntry(value);
  for (const { path, rule } of wrong) problems.add(number, path, rule);
  return entry;
}

/** @returns undefined for what is not JSON; the parser's own message would quote the line */
function parse(line: Buffer, number: number, problems: Problems): unknown {
  if (!isUtf8(line)) return void problems.add(number, [], 'is not UTF-8 text');
  const text = withoutMark(line.toString('utf8'), number);
  if (text.trim() === '') return void problems.add(number, [], 'is empty');
  try {
    return JSON.parse(text);
  } catch {
    return void problems.add(number, [], `is not JSON: see column ${findJsonFault(text).column}`);
  }
}

/** Some editors write a byte order mark, which JSON does not know. */
function withoutMark(text: string, number: number): string {
  return number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
}

const SPACE = /[\t\n\r ]*/y;

/** The tokens of RFC 8259; empty where none stands. */
const TOKEN =
  /(?:[[\]{},:]|"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[ !#-[\]-\uffff]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)?/y;

type State = 'value' | 'first item' | 'name' | 'first name' | 'colon' | 'after value';

/**
 * Finds where a text stops being JSON. The parser's own message cannot be shown: it quotes the text around the fault,
 * which may be a password.
 *
 * @param text something that JSON.parse refused
 * @returns line and column, both from 1
 */
export function findJsonFault(text: string): { readonly line: number; readonly column: number } {
  const open: string[] = [];
  let state: State | undefined = 'value';
  let offset = 0;
  for (let end = 0; state;) {
    offset = endOfMatch(SPACE, text, end);
    end = endOfMatch(TOKEN, text, offset);
    state = nextState(state, text.slice(offset, end), open);
  }
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

function endOfMatch(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  pattern.exec(text);
  return pattern.lastIndex;
}

/** @returns undefined when the token may not stand here; `open` holds the marks that are still to come */
function nextState(state: State, token: string, open: string[]): State | undefined {
  const isText = token.startsWith('"');
  if (token === open.at(-1) && (state.startsWith('first') || state === 'after value')) {
    open.pop();
    return 'after value';
  }
  if (state === 'colon') return token === ':' ? 'value' : undefined;
  if (state === 'name' || state === 'first name') return isText ? 'colon' : undefined;
  if (state === 'after value') return afterComma(token, open);
  if (token === '{' || token === '[') {
    open.push(token === '{' ? '}' : ']');
    return token === '{' ? 'first name' : 'first item';
  }
  return isText || /^[-\dtfn]/.test(token) ? 'after value' : undefined;
}

function afterComma(token: string, open: readonly string[]): State | undefined {
  if (token !== ',' || open.length === 0) return undefined;
  return open.at(-1) === '}' ? 'name' : 'value';
}

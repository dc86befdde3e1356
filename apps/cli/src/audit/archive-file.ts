import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';
import type { AuditCheckpoint } from '#mfa';
import { ProgramError } from '#platform';
import { LineSplitter } from '../lines/json-lines.js';
import { openSource } from '../lines/line-files.js';

/** The first line of an archive. */
export interface ArchiveHeader {
  /** SHA-256 of the archive before this one, in hexadecimal; null for the first. */
  readonly former: string | null;
  /** The moment that entries had to be before. */
  readonly before: string;
  readonly entries: number;
}

/** An entry as it stands in an archive. */
export interface ArchivedEntry extends AuditCheckpoint {
  readonly previousHash: Buffer;
  /** All of the entry but its hash, in the form that is hashed. */
  readonly content: string;
}

const HEADER = z.strictObject({
  archive: z.literal(1),
  former: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  before: z.string(),
  entries: z.int().positive(),
});

const TEXT = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"`;
const OPTIONAL = `null|${TEXT}`;

/** The members in the order in which they are written, and hashed. */
const MEMBERS: readonly (readonly [name: string, pattern: string])[] = [
  ['accountKind', TEXT],
  ['accountId', TEXT],
  ['sequence', String.raw`\d{1,19}`],
  ['event', TEXT],
  ['occurredAt', OPTIONAL],
  ...['method', 'errorCode', 'reason'].map((name) => [name, OPTIONAL] as const),
  ...['actorKind', 'actorId'].map((name) => [name, TEXT] as const),
  ...['actsForKind', 'actsForId', 'sessionId', 'requestId', 'clientAddress'].map((name) => [name, OPTIONAL] as const),
  ['details', '.+'],
  ['hash', '"[0-9a-f]{64}"'],
  ['previousHash', '"(?:[0-9a-f]{64})?"'],
];
const LINE = new RegExp(`^\\{${MEMBERS.map(([name, pattern]) => `"${name}" : (${pattern})`).join(', ')}\\}$`, 's');

export const headerLine = (header: ArchiveHeader): string => `${JSON.stringify({ archive: 1, ...header })}\n`;

/** @returns undefined when it is not the first line of an archive */
function parseHeader(line: string): ArchiveHeader | undefined {
  return HEADER.safeParse(parseJson(line)).data;
}

/**
 * Reads a line as text, not as JSON: the hash is of the text that PostgreSQL wrote, and a number in it may have more
 * digits than a number of JavaScript.
 *
 * @returns undefined when it is not an entry
 */
function parseArchivedEntry(line: string): ArchivedEntry | undefined {
  const values = LINE.exec(line)?.slice(1);
  if (!values) return undefined;
  const content = values.slice(0, -2);
  const [hash, previousHash] = values.slice(-2);
  const [kind, id, sequence = ''] = content;
  const account = parseJson(`[${kind}, ${id}]`) as [string, string] | undefined;
  if (!account) return undefined;
  return {
    kind: account[0],
    id: account[1],
    sequence,
    previousHash: hexadecimal(previousHash),
    hash: hexadecimal(hash),
    content: `[${content.map(hashedForm).join(', ')}]`,
  };
}

const OCCURRED_AT = MEMBERS.findIndex(([name]) => name === 'occurredAt');

/** In the hashed text a time has its era, and no time zone. */
function hashedForm(value: string, index: number): string {
  return index === OCCURRED_AT ? value.replace(/Z( BC)?"$/, (_, era: string = ' AD') => `${era}"`) : value;
}

function hexadecimal(quoted = ''): Buffer {
  return Buffer.from(quoted.slice(1, -1), 'hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An entry with the place where it was read. */
export interface PlacedEntry extends ArchivedEntry {
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
}

/** An archive that is read once, from its first line to its last. */
export class ArchiveFile {
  private constructor(
    readonly path: string,
    readonly header: ArchiveHeader,
    private readonly lines: AsyncGenerator<Buffer>,
    private readonly digest: Hash,
  ) {}

  /** @throws ProgramError when the file cannot be read, or is no archive */
  static async open(path: string): Promise<ArchiveFile> {
    const digest = createHash('sha256');
    const lines = linesOf(path, digest);
    const { value } = await lines.next();
    const header = value && parseHeader(value.toString());
    if (!header) throw new ProgramError(`${path}, line 1 is not the first line of an archive.`);
    return new ArchiveFile(path, header, lines, digest);
  }

  /** @throws ProgramError with the line that is no entry, or is missing */
  async *entries(): AsyncGenerator<PlacedEntry> {
    const { path: file } = this;
    let line = 1;
    for await (const bytes of this.lines) {
      line += 1;
      const entry = parseArchivedEntry(bytes.toString());
      if (!entry) throw new ProgramError(`${file}, line ${line} is no entry of an archive.`);
      yield { ...entry, file, line };
    }
    const { entries } = this.header;
    if (line - 1 === entries) return;
    const what = line - 1 < entries ? 'is missing' : 'is one too many';
    const wrong = Math.min(line - 1, entries) + 2;
    throw new ProgramError(`${file}, line ${wrong} ${what}: by its first line the archive has ${entries} entries.`);
  }

  /** SHA-256 of the file in hexadecimal; to be called once, when all entries were read. */
  sha256(): string {
    return this.digest.digest('hex');
  }
}

async function* linesOf(path: string, digest: Hash): AsyncGenerator<Buffer> {
  const splitter = new LineSplitter();
  const { chunks } = await openSource(path);
  let line = 1;
  for await (const chunk of chunks) {
    digest.update(chunk);
    for (const bytes of splitter.push(chunk)) {
      yield bytes;
      line += 1;
    }
  }
  if (splitter.isInLine) throw new ProgramError(`${path}, line ${line} was cut off.`);
}

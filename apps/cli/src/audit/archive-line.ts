import { z } from 'zod';
import type { AuditCheckpoint } from '#mfa';

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

/** @returns undefined for what is no first line of an archive */
export function parseHeader(line: string): ArchiveHeader | undefined {
  return HEADER.safeParse(parseJson(line)).data;
}

/**
 * Reads a line without interpreting it: what is hashed is the text that PostgreSQL wrote, in which a number may have
 * more digits than JavaScript's have.
 *
 * @returns undefined for what no archive has
 */
export function parseArchivedEntry(line: string): ArchivedEntry | undefined {
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

/** A moment is hashed with its era, and without its time zone. */
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

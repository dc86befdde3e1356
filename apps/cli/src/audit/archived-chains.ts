import { type ArchivedChain, type AuditCheckpoint, chainHash, isSameChain } from '#mfa';
import { ProgramError } from '#platform';
import type { ArchiveFile, PlacedEntry } from './archive-file.js';

/** A wrong entry of a file. */
export interface ArchiveFault extends Pick<PlacedEntry, 'kind' | 'id' | 'sequence' | 'file' | 'line'> {
  /** What is wrong, such as `was changed`. */
  readonly text: string;
}

/** The part of a chain that is in the files, with the place of its last entry. */
export type PlacedChain = ArchivedChain & Pick<PlacedEntry, 'file' | 'line'>;

export interface ChainReading {
  /** Whether the files have all chains from their first entries on. */
  readonly isFromStart: boolean;
  readonly onFault: (fault: ArchiveFault) => void;
  readonly onEntry?: (entry: PlacedEntry) => void;
}

/**
 * Follows the chains through archives that come one after the other, and verifies each entry. It keeps one entry of each
 * file in memory.
 *
 * @returns the chains
 * @throws ProgramError with the line where a file is no archive
 */
export async function* archivedChains(
  files: readonly ArchiveFile[],
  { isFromStart, onFault, onEntry }: ChainReading,
): AsyncGenerator<PlacedChain> {
  let chain: PlacedChain | undefined;
  for await (const entry of merged(files)) {
    const former: PlacedChain | undefined = chain && isSameChain(chain, entry) ? chain : undefined;
    if (chain && !former) yield chain;
    for (const text of faultsOf(entry, former, isFromStart)) onFault({ ...entry, text });
    onEntry?.(entry);
    const { first, previousHash } = former ?? { first: entry.sequence, previousHash: entry.previousHash };
    const { kind, id, sequence, hash, file, line } = entry;
    chain = { kind, id, first, previousHash, sequence, hash, file, line };
  }
  if (chain) yield chain;
}

function faultsOf(entry: PlacedEntry, former: AuditCheckpoint | undefined, isFromStart: boolean): readonly string[] {
  const { sequence, previousHash, hash, content } = entry;
  const begins = former ?? (isFromStart ? { sequence: '0', hash: Buffer.alloc(0) } : undefined);
  const faults: string[] = [];
  if (begins && BigInt(sequence) !== BigInt(begins.sequence) + 1n) {
    faults.push(`stands where entry ${BigInt(begins.sequence) + 1n} should be`);
  } else if (begins && !previousHash.equals(begins.hash)) faults.push('does not follow the entry before it');
  if (!chainHash(previousHash, content).equals(hash)) faults.push('was changed');
  return faults;
}

interface Cursor {
  readonly entries: AsyncGenerator<PlacedEntry>;
  next: PlacedEntry | undefined;
}

/** The entries of all files, sorted by account and sequence; each file is sorted in this way already. */
async function* merged(files: readonly ArchiveFile[]): AsyncGenerator<PlacedEntry> {
  const cursors: Cursor[] = files.map((file) => ({ entries: file.entries(), next: undefined }));
  for (const cursor of cursors) await advance(cursor);
  for (;;) {
    const [first, ...others] = cursors.filter(({ next }) => next !== undefined);
    if (!first) return;
    const cursor = others.reduce((least, one) => (compare(one.next, least.next) < 0 ? one : least), first);
    if (cursor.next) yield cursor.next;
    await advance(cursor);
  }
}

async function advance(cursor: Cursor): Promise<void> {
  const { value } = (await cursor.entries.next()) as { value: PlacedEntry | undefined };
  if (value && cursor.next && compare(value, cursor.next) <= 0) {
    throw new ProgramError(`${value.file}, line ${value.line} is in the wrong place.`);
  }
  cursor.next = value;
}

function compare(one: PlacedEntry | undefined, other: PlacedEntry | undefined): number {
  if (!one || !other) return 0;
  const byAccount = compareTexts(one.kind, other.kind) || compareTexts(one.id, other.id);
  return byAccount || Math.sign(Number(BigInt(one.sequence) - BigInt(other.sequence)));
}

/** The files are sorted by bytes. */
function compareTexts(one: string, other: string): number {
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** An entry, or a whole chain, in a line for the person at the terminal. */
export function entryName({ kind, id, sequence }: { kind: string; id: string; sequence: string | null }): string {
  const account = [kind, id].map(printable).join(' ');
  return sequence === null ? account : `${account}, entry ${sequence}`;
}

/** A text of the trail might have control characters, which a terminal would obey. */
export function printable(text: string): string {
  return /^[\w.@-]+$/.test(text) ? text : JSON.stringify(text);
}

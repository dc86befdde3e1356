import { createHash } from 'node:crypto';
import type {
  ArchivedCheckpoint,
  ArchiveState,
  AuditCheckpoint,
  ChainBounds,
  ChainedEntry,
  EmptyChain,
} from '../persistence/audit-chain.repository.js';

export interface AuditFault {
  readonly kind: string;
  readonly id: string;
  /** The wrong entry; for `removed` the first missing one. Null if all entries are missing. */
  readonly sequence: string | null;
  /**
   * `changed`: the entry is not what was written, or is at the place of another entry. `removed`: entries are missing.
   * `inserted`: the entry was not written by the trigger of the chain. `anchors`: the chains start after other entries
   * than the last `archived` entry says, or no entry says where they start.
   */
  readonly fault: 'changed' | 'removed' | 'inserted' | 'anchors';
}

type Place = Pick<AuditCheckpoint, 'sequence' | 'hash'>;

const NOTHING = Buffer.alloc(0);

/** Verifies the chains entry by entry, sorted by account and sequence. Holds only one chain at a time. */
export class ChainVerifier {
  private last: ChainedEntry | undefined;
  /** The last verified place in the chain. */
  private place: Place = { sequence: '0', hash: NOTHING };

  /** @returns the faults of the entry, and those at the end of the previous chain */
  next(entry: ChainedEntry): readonly AuditFault[] {
    const follows = this.last !== undefined && isSameChain(this.last, entry);
    const faults = follows ? [] : this.end();
    if (!follows) this.place = beginningOf(entry);
    this.last = entry;
    const expected = BigInt(this.place.sequence) + 1n;
    const { kind, id, sequence } = entry;
    const isBeyondEnd = entry.endSequence === null || BigInt(sequence) > BigInt(entry.endSequence);
    const isArchived = BigInt(sequence) <= BigInt(beginningOf(entry).sequence);
    const { hash: previous } = this.place;
    if (!isArchived) this.place = entry;
    if (isBeyondEnd || isArchived) return [...faults, { kind, id, sequence, fault: 'inserted' }];
    if (BigInt(sequence) !== expected) return [...faults, { kind, id, sequence: String(expected), fault: 'removed' }];
    return chainHash(previous, entry.content).equals(entry.hash)
      ? faults
      : [...faults, { kind, id, sequence, fault: 'changed' }];
  }

  /** @returns the faults at the end of the current chain */
  end(): readonly AuditFault[] {
    const { last } = this;
    this.last = undefined;
    return last ? endFaults(last, this.place) : [];
  }
}

/** The hash of an entry, computed as the database trigger does it. */
export function chainHash(previous: Buffer, content: string): Buffer {
  return createHash('sha256').update(previous).update(content).digest();
}

function beginningOf({ anchorSequence, anchorHash }: ChainBounds): Place {
  return { sequence: anchorSequence ?? '0', hash: anchorHash ?? NOTHING };
}

/** The faults at the end of a chain whose entries are all archived. */
export function archivedFaults(checkpoint: ArchivedCheckpoint): readonly AuditFault[] {
  const { kind, id, sequence, endSequence } = checkpoint;
  const isBeyondEnd = endSequence === null || BigInt(sequence) > BigInt(endSequence);
  return isBeyondEnd ? [{ kind, id, sequence, fault: 'inserted' }] : endFaults(checkpoint, checkpoint);
}

function endFaults({ kind, id, endSequence, endHash }: EmptyChain & ChainBounds, place: Place): readonly AuditFault[] {
  if (endSequence === null || endHash === null) return [];
  const missing = BigInt(endSequence) - BigInt(place.sequence);
  if (missing > 0n) return [{ kind, id, sequence: String(BigInt(place.sequence) + 1n), fault: 'removed' }];
  const isEnd = missing < 0n || place.hash.equals(endHash);
  return isEnd ? [] : [{ kind, id, sequence: place.sequence, fault: 'changed' }];
}

/** Compares the stored anchors with those that the last `archived` entry names. */
export function anchorFaults({ digest, entries, archives, chain }: ArchiveState): readonly AuditFault[] {
  const last = archives.at(-1);
  const isRight = last ? last.anchors === digest : entries === '0';
  return isRight ? [] : [{ ...chain, sequence: last?.sequence ?? null, fault: 'anchors' }];
}

export function isSameChain(one: EmptyChain, other: EmptyChain): boolean {
  return one.kind === other.kind && one.id === other.id;
}

export function missingChain({ kind, id }: EmptyChain): AuditFault {
  return { kind, id, sequence: null, fault: 'removed' };
}

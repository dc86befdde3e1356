import { createHash } from 'node:crypto';
import type { ChainedEntry, EmptyChain } from '../persistence/audit-chain.repository.js';

/** What is wrong in the chain of an account. */
export interface AuditFault {
  readonly kind: string;
  readonly id: string;
  /** The entry that is wrong; with `removed` the first that is missing; null: all of them are. */
  readonly sequence: string | null;
  /**
   * `changed`: the entry is not what was written, or stands where another one was; `removed`: entries are missing;
   * `inserted`: the entry was not written by the chain.
   */
  readonly fault: 'changed' | 'removed' | 'inserted';
}

const NOTHING = Buffer.alloc(0);

/** Follows the chains entry by entry, in the order of accounts and sequences; knows one chain at a time. */
export class ChainVerifier {
  private last: ChainedEntry | undefined;

  /** @returns what is wrong with the entry, and with the end of the chain before it */
  next(entry: ChainedEntry): readonly AuditFault[] {
    const { last } = this;
    const follows = last !== undefined && isSameChain(last, entry);
    const faults = follows ? [] : this.end();
    this.last = entry;
    const expected = follows ? BigInt(last.sequence) + 1n : 1n;
    const { kind, id, sequence } = entry;
    const isBeyondEnd = entry.endSequence === null || BigInt(sequence) > BigInt(entry.endSequence);
    if (isBeyondEnd || BigInt(sequence) < 1n) return [...faults, { kind, id, sequence, fault: 'inserted' }];
    if (BigInt(sequence) !== expected) return [...faults, { kind, id, sequence: String(expected), fault: 'removed' }];
    const previous = follows ? last.hash : NOTHING;
    const hash = createHash('sha256').update(previous).update(entry.content).digest();
    return hash.equals(entry.hash) ? faults : [...faults, { kind, id, sequence, fault: 'changed' }];
  }

  /** Ends the chain that was followed so far. */
  end(): readonly AuditFault[] {
    const { last } = this;
    this.last = undefined;
    if (!last || last.endSequence === null || last.endHash === null) return [];
    const { kind, id } = last;
    const missing = BigInt(last.endSequence) - BigInt(last.sequence);
    if (missing > 0n) return [{ kind, id, sequence: String(BigInt(last.sequence) + 1n), fault: 'removed' }];
    const isEnd = missing < 0n || last.hash.equals(last.endHash);
    return isEnd ? [] : [{ kind, id, sequence: last.sequence, fault: 'changed' }];
  }
}

export function isSameChain(one: EmptyChain, other: EmptyChain): boolean {
  return one.kind === other.kind && one.id === other.id;
}

export function missingChain({ kind, id }: EmptyChain): AuditFault {
  return { kind, id, sequence: null, fault: 'removed' };
}

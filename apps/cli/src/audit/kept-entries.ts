import type { AuditCheckpoint } from '#mfa';

/** Entries that were kept elsewhere, to be found in archives. */
export class KeptEntries {
  private readonly hashes = new Map<string, Buffer>();

  /** How many were not found so far. */
  get size(): number {
    return this.hashes.size;
  }

  add(checkpoint: AuditCheckpoint): void {
    this.hashes.set(keyOf(checkpoint), checkpoint.hash);
  }

  /** @returns whether another entry was kept in the place of this one */
  isOtherThan(entry: AuditCheckpoint): boolean {
    const key = this.hashes.size > 0 ? keyOf(entry) : '';
    const hash = this.hashes.get(key);
    this.hashes.delete(key);
    return hash !== undefined && !hash.equals(entry.hash);
  }

  /** Those that were not found. */
  *rest(): Generator<Omit<AuditCheckpoint, 'hash'>> {
    for (const key of this.hashes.keys()) {
      const [kind, id, sequence] = JSON.parse(key) as [string, string, string];
      yield { kind, id, sequence };
    }
  }
}

function keyOf({ kind, id, sequence }: AuditCheckpoint): string {
  return JSON.stringify([kind, id, sequence]);
}

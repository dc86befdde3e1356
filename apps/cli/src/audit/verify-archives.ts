import type { AuditCheckpoint, AuditTrailService, ListedArchive } from '#mfa';
import { progress, ProgressBar } from '../command-line.js';
import { ArchiveFile, type PlacedEntry } from './archive-file.js';
import { archivedChains, type ArchiveFault, entryName, type PlacedChain, printable } from './archived-chains.js';

export interface ArchivesVerification {
  /** The trail that they were archived from; undefined: they are verified by themselves. */
  readonly trail?: AuditTrailService;
  /** Entries that have to be in them. */
  readonly kept?: KeptEntries;
  readonly signal: AbortSignal;
}

const BATCH_SIZE = 5000;

/**
 * Verifies archives that come one after the other, and says what is wrong with which line.
 *
 * @returns how many faults there are
 * @throws ProgramError with the line where a file is no archive, or is not whole; the signal's reason when it came
 */
export async function verifyArchives(
  paths: readonly string[],
  { trail, kept = new KeptEntries(), signal }: ArchivesVerification,
): Promise<number> {
  let faults = 0;
  const tell = (text: string): void => {
    faults += 1;
    progress(text);
  };
  const files: ArchiveFile[] = [];
  for (const path of paths) files.push(await ArchiveFile.open(path));
  const strangers = new Strangers(trail);
  await followChains(files, { strangers, kept, signal, tell });
  const digests = files.map((file) => file.sha256());
  files.forEach(({ path, header: { former } }, index) => {
    if (index > 0 && former !== digests[index - 1]) tell(`${path}, line 1: does not follow ${paths[index - 1]}`);
  });
  if (files[0]?.header.former) progress(`Archives before ${paths[0]} were not given: its chains begin as it says.`);
  if (trail) {
    const archives = await trail.archives();
    paths.forEach((path, index) => {
      if (archives.some(({ sha256 }) => sha256 === digests[index])) return;
      tell(strangers.textOf(path));
    });
    tellMissing(archives, digests);
  }
  for (const entry of kept.rest()) tell(`${entryName(entry)}: in none of the archives`);
  return faults;
}

interface Following {
  readonly strangers: Strangers;
  readonly kept: KeptEntries;
  readonly signal: AbortSignal;
  readonly tell: (text: string) => void;
}

async function followChains(
  files: readonly ArchiveFile[],
  { strangers, kept, signal, tell }: Following,
): Promise<void> {
  const bar = new ProgressBar('Verifying', 'archived entries', sum(files.map(({ header }) => header.entries)));
  let entries = 0;
  const onFault = ({ text, ...entry }: ArchiveFault): void =>
    tell(`${entry.file}, line ${entry.line}: ${entryName(entry)} ${text}`);
  const onEntry = (entry: PlacedEntry): void => {
    signal.throwIfAborted();
    bar.update((entries += 1));
    if (kept.isOtherThan(entry)) onFault({ ...entry, text: 'is another one than was kept' });
  };
  try {
    const isFromStart = files[0]?.header.former === null;
    for await (const chain of archivedChains(files, { isFromStart, onFault, onEntry })) await strangers.add(chain);
    await strangers.flush();
  } finally {
    bar.stop();
  }
  progress(`Entries in archives that were verified: ${entries}`);
}

/** Finds in each file the first chain that was not archived from this database. */
class Strangers {
  private readonly byFile = new Map<string, PlacedChain>();
  private batch: PlacedChain[] = [];

  constructor(private readonly trail: AuditTrailService | undefined) {}

  async add(chain: PlacedChain): Promise<void> {
    if (this.batch.push(chain) >= BATCH_SIZE) await this.flush();
  }

  async flush(): Promise<void> {
    const found = this.trail && this.batch.length > 0 ? await this.trail.findNotArchived(this.batch) : [];
    const keys = new Set(found.map(entryName));
    for (const chain of this.batch) {
      if (keys.has(entryName(chain)) && !this.byFile.has(chain.file)) this.byFile.set(chain.file, chain);
    }
    this.batch = [];
  }

  textOf(path: string): string {
    const chain = this.byFile.get(path);
    const why = `no archived entry of this database names its SHA-256: it was changed, or is of another database`;
    return chain
      ? `${path}, line ${chain.line}: ${entryName(chain)} was not archived from this database; ${why}`
      : `${path}, line 1: ${why}`;
  }
}

function tellMissing(archives: readonly ListedArchive[], digests: readonly string[]): void {
  const missing = archives.filter(({ sha256 }) => !digests.includes(sha256));
  if (missing.length === 0) return;
  progress(
    `Archives that were not given: ${missing.length} (${missing.map(({ file }) => printable(file)).join(', ')})`,
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

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

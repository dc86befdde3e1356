import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Page } from '#json-api';
import type { Account } from './account.js';
import {
  AuditChainRepository,
  type AuditCheckpoint,
  type ChainedEntry,
  type ListedArchive,
} from '../persistence/audit-chain.repository.js';
import {
  AuditTrailRepository,
  type AuditEntry,
  type AuditFilter,
  type PlacedEntry,
} from '../persistence/audit-trail.repository.js';
import {
  anchorFaults,
  archivedFaults,
  ChainVerifier,
  isSameChain,
  missingChain,
  type AuditFault,
} from './audit-verification.js';

export interface AuditVerification {
  readonly entries: number;
  /** The number of entries that are in archives and no longer in the database. */
  readonly archived: number;
  readonly faults: number;
}

export interface AuditObserver {
  readonly onFault: (fault: AuditFault) => void;
  /** Called with the number of entries verified so far. */
  readonly onProgress?: (entries: number) => void;
  /** Called with the last entry of each chain, even if that entry was archived. */
  readonly onCheckpoint?: (checkpoint: AuditCheckpoint) => void | Promise<void>;
}

const BATCH_SIZE = 5000;
const PAGE_SIZE = 1000;

/** Reads and verifies the audit trail. */
@Injectable()
export class AuditTrailService {
  constructor(
    private readonly trail: AuditTrailRepository,
    private readonly chains: AuditChainRepository,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** Newest first. */
  list(filter: AuditFilter, page: Page): Promise<{ readonly entries: readonly AuditEntry[]; readonly total: number }> {
    return this.trail.list(filter, page);
  }

  /** The method of the newest value that was accepted from an account, as far as the trail goes back. */
  lastAccepted(account: Account): Promise<string | undefined> {
    return this.trail.lastAccepted(account);
  }

  /**
   * All entries, newest first, in pages. Each page is a statement of its own, so that the reader may take its time; what
   * is added meanwhile is not among them.
   */
  async *pages(filter: AuditFilter): AsyncGenerator<readonly AuditEntry[]> {
    let page: readonly PlacedEntry[] = await this.trail.next(filter, PAGE_SIZE);
    while (page.length > 0) {
      yield page;
      page = await this.trail.next(filter, PAGE_SIZE, page.at(-1));
    }
  }

  /** @param sequence the entry's number in the account's chain, within the range of a bigint */
  find(account: Pick<AuditCheckpoint, 'kind' | 'id'>, sequence: string): Promise<AuditEntry | undefined> {
    return this.trail.find(account, sequence);
  }

  /** The estimated number of entries, for the progress of a verification. */
  estimate(): Promise<number> {
    return this.chains.estimate();
  }

  /** All archives of this database, oldest first. */
  archives(): Promise<readonly ListedArchive[]> {
    return this.chains.archives();
  }

  /**
   * @returns those of the checkpoints, for example the last ones of the chains in a file, that cannot have been
   * archived
   */
  findNotArchived(checkpoints: readonly AuditCheckpoint[]): Promise<readonly AuditCheckpoint[]> {
    return this.chains.findNotArchived(checkpoints);
  }

  /**
   * Verifies every chain from its first entry that was not archived. Finds each changed, removed or inserted entry in a
   * single pass, without keeping the entries in memory.
   *
   * Somebody who can change the whole database, including the ends of the chains, can write completely new chains. Only
   * `compare` with checkpoints that were kept elsewhere finds that.
   */
  verify(observer: AuditObserver): Promise<AuditVerification> {
    // one snapshot: no query of the verification sees what is written meanwhile
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await this.chains.allowLongReads(manager);
      let faults = 0;
      const report = (found: readonly AuditFault[]): void => {
        faults += found.length;
        found.forEach(observer.onFault);
      };
      const entries = await verifyEntries(this.chains.batches(BATCH_SIZE, manager), observer, report);
      for await (const batch of this.chains.archivedCheckpoints(BATCH_SIZE, manager)) {
        for (const checkpoint of batch) {
          report(archivedFaults(checkpoint));
          await observer.onCheckpoint?.(checkpoint);
        }
      }
      report((await this.chains.emptyChains(manager)).map(missingChain));
      const state = await this.chains.archiveState(manager);
      report(anchorFaults(state));
      return { entries, archived: Number(state.entries), faults };
    });
  }

  /**
   * Finds the checkpoints of an earlier verification that are no longer in their chains. Works in batches.
   *
   * @param onArchived called with checkpoints that have been archived since: only the archive file can tell whether
   * they are unchanged
   */
  async compare(
    checkpoints: AsyncIterable<AuditCheckpoint>,
    onFault: AuditObserver['onFault'],
    onArchived: (checkpoint: AuditCheckpoint) => void,
  ): Promise<{ readonly faults: number }> {
    let faults = 0;
    let batch: AuditCheckpoint[] = [];
    const flush = async (): Promise<void> => {
      const found = batch.length > 0 ? await this.chains.findChanged(batch) : [];
      for (const { kind, id, sequence, hash, fault } of found) {
        if (fault === 'archived') {
          onArchived({ kind, id, sequence, hash });
          continue;
        }
        faults += 1;
        onFault({ kind, id, sequence, fault });
      }
      batch = [];
    };
    for await (const checkpoint of checkpoints) {
      if (batch.push(checkpoint) >= BATCH_SIZE) await flush();
    }
    await flush();
    return { faults };
  }
}

/** @returns the number of entries */
async function verifyEntries(
  batches: AsyncIterable<readonly ChainedEntry[]>,
  { onCheckpoint, onProgress }: AuditObserver,
  report: (found: readonly AuditFault[]) => void,
): Promise<number> {
  const verifier = new ChainVerifier();
  let entries = 0;
  let last: ChainedEntry | undefined;
  for await (const batch of batches) {
    for (const entry of batch) {
      if (last && !isSameChain(last, entry)) await onCheckpoint?.(last);
      report(verifier.next(entry));
      last = entry;
    }
    entries += batch.length;
    onProgress?.(entries);
  }
  if (last) await onCheckpoint?.(last);
  report(verifier.end());
  return entries;
}

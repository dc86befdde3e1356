import { Injectable } from '@nestjs/common';
import type { Page } from '#json-api';
import { AuditChainRepository, type AuditHead, type ChainedEntry } from '../persistence/audit-chain.repository.js';
import { AuditTrailRepository, type AuditEntry, type AuditFilter } from '../persistence/audit-trail.repository.js';
import type { Account } from './account.js';
import { ChainVerifier, isSameChain, missingChain, type AuditFault } from './audit-verification.js';

export interface AuditVerification {
  readonly entries: number;
  readonly faults: number;
}

export interface AuditObserver {
  readonly onFault: (fault: AuditFault) => void;
  /** How many entries were verified so far. */
  readonly onProgress?: (entries: number) => void;
  /** The last entry of each chain. */
  readonly onHead?: (head: AuditHead) => void | Promise<void>;
}

const BATCH_SIZE = 5000;

/** The audit trail for those who read it. */
@Injectable()
export class AuditTrailService {
  constructor(
    private readonly trail: AuditTrailRepository,
    private readonly chains: AuditChainRepository,
  ) {}

  /** The newest first. */
  list(filter: AuditFilter, page: Page): Promise<{ readonly entries: readonly AuditEntry[]; readonly total: number }> {
    return this.trail.list(filter, page);
  }

  /** @param sequence the place in the account's chain, of a bigint's range */
  find(account: Account, sequence: string): Promise<AuditEntry | undefined> {
    return this.trail.find(account, sequence);
  }

  /** How many entries there may be, for the progress of a verification. */
  estimate(): Promise<number> {
    return this.chains.estimate();
  }

  /**
   * Verifies every chain: finds each changed, removed or inserted entry, in a single pass that keeps nothing in memory.
   *
   * Who can change all of the database, the ends of the chains too, can write whole new chains; `compare` tells, by
   * heads that were kept elsewhere.
   */
  verify({ onFault, onProgress, onHead }: AuditObserver): Promise<AuditVerification> {
    return this.chains.onSnapshot(async (snapshot) => {
      const verifier = new ChainVerifier();
      let entries = 0;
      let faults = 0;
      let last: ChainedEntry | undefined;
      const report = (found: readonly AuditFault[]): void => {
        faults += found.length;
        found.forEach(onFault);
      };
      for await (const batch of snapshot.batches(BATCH_SIZE)) {
        for (const entry of batch) {
          if (last && !isSameChain(last, entry)) await onHead?.(last);
          report(verifier.next(entry));
          last = entry;
        }
        entries += batch.length;
        onProgress?.(entries);
      }
      if (last) await onHead?.(last);
      report(verifier.end());
      report((await snapshot.emptyChains()).map(missingChain));
      return { entries, faults };
    });
  }

  /** Finds the heads of an earlier verification that are not in their chains any more; in batches. */
  async compare(
    heads: AsyncIterable<AuditHead>,
    onFault: AuditObserver['onFault'],
  ): Promise<{ readonly faults: number }> {
    let faults = 0;
    let batch: AuditHead[] = [];
    const flush = async (): Promise<void> => {
      const found = batch.length > 0 ? await this.chains.findChanged(batch) : [];
      found.forEach(onFault);
      faults += found.length;
      batch = [];
    };
    for await (const head of heads) {
      if (batch.push(head) >= BATCH_SIZE) await flush();
    }
    await flush();
    return { faults };
  }
}

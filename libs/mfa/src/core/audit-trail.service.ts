import { Injectable } from '@nestjs/common';
import { AuditChainRepository } from '../persistence/audit-chain.repository.js';
import { AuditTrailRepository, type AuditEntry, type AuditFilter } from '../persistence/audit-trail.repository.js';
import type { Part } from '../persistence/policy.repository.js';
import { ChainVerifier, missingChain, type AuditFault } from './audit-verification.js';

export interface AuditVerification {
  readonly entries: number;
  readonly faults: number;
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
  list(filter: AuditFilter, part: Part): Promise<{ readonly entries: readonly AuditEntry[]; readonly total: number }> {
    return this.trail.list(filter, part);
  }

  /** How many entries there may be, for the progress of a verification. */
  estimate(): Promise<number> {
    return this.chains.estimate();
  }

  /**
   * Verifies every chain: finds each changed, removed or inserted entry, in a single pass that keeps nothing in memory.
   *
   * Who can change everything in the database, the ends of the chains too, can write new chains; heads that are kept
   * elsewhere would tell.
   */
  verify(onFault: (fault: AuditFault) => void, onProgress: (entries: number) => void): Promise<AuditVerification> {
    return this.chains.onSnapshot(async (snapshot) => {
      const verifier = new ChainVerifier();
      let entries = 0;
      let faults = 0;
      const report = (found: readonly AuditFault[]): void => {
        faults += found.length;
        found.forEach(onFault);
      };
      for await (const batch of snapshot.batches(BATCH_SIZE)) {
        for (const entry of batch) report(verifier.next(entry));
        entries += batch.length;
        onProgress(entries);
      }
      report(verifier.end());
      report((await snapshot.emptyChains()).map(missingChain));
      return { entries, faults };
    });
  }
}

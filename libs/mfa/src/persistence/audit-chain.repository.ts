import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { run, unprepared, type Values } from '#sql';
import { ANCHORS_DIGEST, ARCHIVE_CHAIN, type AuditArchive } from './audit-archive.sql.js';
import { ALLOW_LONG_READS, ARCHIVED_BATCH, BATCH, CHANGED, EMPTY_CHAINS, NOT_ARCHIVED } from './audit-chain.sql.js';
import { MfaAuditEvent } from './mfa-audit-event.entity.js';
import { estimateRows } from './row-estimate.sql.js';

/** An entry of a chain, by its place and its hash. */
export interface AuditCheckpoint {
  readonly kind: string;
  readonly id: string;
  readonly sequence: string;
  readonly hash: Buffer;
}

/** Where the account's chain begins and ends: null where nothing of it was archived, or where there is no end. */
export interface ChainBounds {
  readonly anchorSequence: string | null;
  readonly anchorHash: Buffer | null;
  readonly endSequence: string | null;
  readonly endHash: Buffer | null;
}

/** An entry with what its hash is made of. */
export interface ChainedEntry extends AuditCheckpoint, ChainBounds {
  /** All of the entry but its hash, in the form that is hashed. */
  readonly content: string;
}

/** An entry that was in the trail and is another one, is not there, or was archived since: then a file has it. */
export interface ChangedCheckpoint extends AuditCheckpoint {
  readonly fault: 'changed' | 'removed' | 'archived';
}

/** A chain of which everything was archived; its checkpoint is the anchor. */
export interface ArchivedCheckpoint extends AuditCheckpoint, ChainBounds {}

/** How far all chains are archived, and what the `archived` entries say of it. */
export interface ArchiveState {
  /** How many entries are archived. */
  readonly entries: string;
  readonly digest: string;
  /** That of the `archived` entries. */
  readonly chain: EmptyChain;
  readonly archives: readonly ListedArchive[];
}

/** An archive with the place of its entry. */
export interface ListedArchive extends AuditArchive {
  readonly sequence: string;
}

/** The end of a chain that has no entries at all, or an account with factors and without a chain. */
export interface EmptyChain {
  readonly kind: string;
  readonly id: string;
}

const checkpointValues = (checkpoints: readonly AuditCheckpoint[]): Values => ({
  kinds: checkpoints.map(({ kind }) => kind),
  ids: checkpoints.map(({ id }) => id),
  sequences: checkpoints.map(({ sequence }) => sequence),
  hashes: checkpoints.map(({ hash }) => hash),
});

const LONGEST_LIST = 1000;

/** The whole trail in the order of its chains, for its verification. */
@Injectable()
export class AuditChainRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** How many entries there are, as the database's statistics estimate it. */
  estimate(): Promise<number> {
    return estimateRows(this.dataSource, ['mfa_audit_event']);
  }

  /** Those of the entries that are not in the trail as they are given. */
  findChanged(checkpoints: readonly AuditCheckpoint[]): Promise<readonly ChangedCheckpoint[]> {
    return run<ChangedCheckpoint>(this.dataSource, CHANGED, checkpointValues(checkpoints));
  }

  /** Those of the entries that cannot have been archived: their chains were not archived so far, or otherwise. */
  findNotArchived(checkpoints: readonly AuditCheckpoint[]): Promise<readonly AuditCheckpoint[]> {
    return run<AuditCheckpoint>(this.dataSource, NOT_ARCHIVED, checkpointValues(checkpoints));
  }

  /** All archives there are of this database, the first one first. */
  async archives(manager: EntityManager = this.dataSource.manager): Promise<readonly ListedArchive[]> {
    const entries = await manager.find(MfaAuditEvent, {
      select: { sequence: true, details: true },
      where: { accountKind: ARCHIVE_CHAIN.kind, accountId: ARCHIVE_CHAIN.id },
      order: { sequence: 'ASC' },
    });
    return entries.map(({ sequence, details }) => ({ sequence, ...(details as AuditArchive) }));
  }

  /** What reads the whole trail takes as long as the trail is; the limit of a statement's time is for requests. */
  async allowLongReads(manager: EntityManager): Promise<void> {
    await run(manager, ALLOW_LONG_READS);
  }

  /** Entries in batches, chain by chain. */
  async *batches(size: number, manager: EntityManager): AsyncGenerator<readonly ChainedEntry[]> {
    let last: Pick<ChainedEntry, 'kind' | 'id' | 'sequence'> | undefined = { kind: '', id: '', sequence: '0' };
    while (last) {
      const values = { account_kind: last.kind, account_id: last.id, sequence: last.sequence, size };
      const batch: readonly ChainedEntry[] = await run<ChainedEntry>(manager, BATCH, values);
      if (batch.length > 0) yield batch;
      last = batch.at(-1);
    }
  }

  /** Chains of which everything was archived, in batches. */
  async *archivedCheckpoints(size: number, manager: EntityManager): AsyncGenerator<readonly ArchivedCheckpoint[]> {
    let last: EmptyChain | undefined = { kind: '', id: '' };
    while (last) {
      const values = { account_kind: last.kind, account_id: last.id, size };
      const batch: readonly ArchivedCheckpoint[] = await run<ArchivedCheckpoint>(manager, ARCHIVED_BATCH, values);
      if (batch.length > 0) yield batch;
      last = batch.at(-1);
    }
  }

  /** Accounts whose entries are all missing; the first thousand of them. */
  emptyChains(manager: EntityManager): Promise<readonly EmptyChain[]> {
    return run<EmptyChain>(manager, EMPTY_CHAINS, { size: LONGEST_LIST });
  }

  async archiveState(manager: EntityManager): Promise<ArchiveState> {
    const [anchors] = (await run(manager, unprepared(ANCHORS_DIGEST))) as [Pick<ArchiveState, 'entries' | 'digest'>];
    return { ...anchors, chain: ARCHIVE_CHAIN, archives: await this.archives(manager) };
  }
}

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { run, unprepared, type Values } from '#sql';
import { ANCHORS_DIGEST, ARCHIVE_CHAIN, type AuditArchive } from './audit-archive.sql.js';
import { ALLOW_LONG_READS, ARCHIVED_BATCH, BATCH, CHANGED, EMPTY_CHAINS, NOT_ARCHIVED } from './audit-chain.sql.js';
import { MfaAuditEvent } from './mfa-audit-event.entity.js';
import { estimateRows } from './row-estimate.sql.js';

/** The place and the hash of an entry in a chain. */
export interface AuditCheckpoint {
  readonly kind: string;
  readonly id: string;
  readonly sequence: string;
  readonly hash: Buffer;
}

/**
 * The begin and end of an account's chain. The anchor is null if nothing was archived; the end is null if it is
 * missing.
 */
export interface ChainBounds {
  readonly anchorSequence: string | null;
  readonly anchorHash: Buffer | null;
  readonly endSequence: string | null;
  readonly endHash: Buffer | null;
}

/** An entry with everything that its hash covers. */
export interface ChainedEntry extends AuditCheckpoint, ChainBounds {
  /** The entry without its hash, in the form that is hashed. */
  readonly content: string;
}

/** An entry that the trail no longer has in this form: it was changed, removed, or archived to a file. */
export interface ChangedCheckpoint extends AuditCheckpoint {
  readonly fault: 'changed' | 'removed' | 'archived';
}

/** A chain whose entries are all archived. The checkpoint is its anchor. */
export interface ArchivedCheckpoint extends AuditCheckpoint, ChainBounds {}

/** How far all chains are archived, and what the `archived` entries say about it. */
export interface ArchiveState {
  /** The number of archived entries. */
  readonly entries: string;
  readonly digest: string;
  /** The chain of the `archived` entries. */
  readonly chain: EmptyChain;
  readonly archives: readonly ListedArchive[];
}

/** An archive with the sequence of its `archived` entry. */
export interface ListedArchive extends AuditArchive {
  readonly sequence: string;
}

/** A chain end without any entries, or an account with factors but without a chain. */
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

/** Reads the whole trail chain by chain, to verify it. */
@Injectable()
export class AuditChainRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The number of entries, estimated by the database's statistics. */
  estimate(): Promise<number> {
    return estimateRows(this.dataSource, ['mfa_audit_event']);
  }

  /** @returns those of the checkpoints that the trail does not contain in this form */
  findChanged(checkpoints: readonly AuditCheckpoint[]): Promise<readonly ChangedCheckpoint[]> {
    return run<ChangedCheckpoint>(this.dataSource, CHANGED, checkpointValues(checkpoints));
  }

  /**
   * @returns those of the checkpoints that cannot have been archived: their chains are archived less far, or with other
   * hashes
   */
  findNotArchived(checkpoints: readonly AuditCheckpoint[]): Promise<readonly AuditCheckpoint[]> {
    return run<AuditCheckpoint>(this.dataSource, NOT_ARCHIVED, checkpointValues(checkpoints));
  }

  /** All archives of this database, oldest first. */
  async archives(manager: EntityManager = this.dataSource.manager): Promise<readonly ListedArchive[]> {
    const entries = await manager.find(MfaAuditEvent, {
      select: { sequence: true, details: true },
      where: { accountKind: ARCHIVE_CHAIN.kind, accountId: ARCHIVE_CHAIN.id },
      order: { sequence: 'ASC' },
    });
    return entries.map(({ sequence, details }) => ({ sequence, ...(details as AuditArchive) }));
  }

  /** Lifts the time limit of statements, which is meant for requests: reading the whole trail may take long. */
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

  /** Chains whose entries are all archived, in batches. */
  async *archivedCheckpoints(size: number, manager: EntityManager): AsyncGenerator<readonly ArchivedCheckpoint[]> {
    let last: EmptyChain | undefined = { kind: '', id: '' };
    while (last) {
      const values = { account_kind: last.kind, account_id: last.id, size };
      const batch: readonly ArchivedCheckpoint[] = await run<ArchivedCheckpoint>(manager, ARCHIVED_BATCH, values);
      if (batch.length > 0) yield batch;
      last = batch.at(-1);
    }
  }

  /** Accounts whose entries are all missing, at most one thousand. */
  emptyChains(manager: EntityManager): Promise<readonly EmptyChain[]> {
    return run<EmptyChain>(manager, EMPTY_CHAINS, { size: LONGEST_LIST });
  }

  async archiveState(manager: EntityManager): Promise<ArchiveState> {
    const [anchors] = (await run(manager, unprepared(ANCHORS_DIGEST))) as [Pick<ArchiveState, 'entries' | 'digest'>];
    return { ...anchors, chain: ARCHIVE_CHAIN, archives: await this.archives(manager) };
  }
}

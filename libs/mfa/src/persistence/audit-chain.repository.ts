import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { run, statement, type Values } from '#sql';
import { ANCHORS_DIGEST, ARCHIVE_CHAIN, ARCHIVES, type AuditArchive } from './audit-archive.sql.js';

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

const BOUNDS = `a.sequence AS "anchorSequence", a.hash AS "anchorHash", c.sequence AS "endSequence", c.hash AS "endHash"`;

/** The same form as in the trigger that writes the hashes. */
const BATCH = statement(
  'mfa_audit_chain_batch',
  `
    SELECT e.account_kind AS kind, e.account_id AS id, e.sequence, e.hash, ${BOUNDS},
      json_build_array(e.account_kind, e.account_id, e.sequence, e.event,
        to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US BC'), e.method, e.error_code, e.reason,
        e.actor_kind, e.actor_id, e.acts_for_kind, e.acts_for_id, e.session_id, e.request_id, e.client_address,
        e.details)::text AS content
    FROM mfa_audit_event e LEFT JOIN mfa_audit_chain c USING (account_kind, account_id)
    LEFT JOIN mfa_audit_anchor a USING (account_kind, account_id)
    WHERE (e.account_kind, e.account_id, e.sequence) > (:account_kind, :account_id, :sequence::bigint)
    ORDER BY e.account_kind, e.account_id, e.sequence LIMIT :size`,
);

const ARCHIVED_BATCH = statement(
  'mfa_audit_archived_batch',
  `
    SELECT a.account_kind AS kind, a.account_id AS id, a.sequence, a.hash, ${BOUNDS}
    FROM mfa_audit_anchor a LEFT JOIN mfa_audit_chain c USING (account_kind, account_id)
    WHERE (a.account_kind, a.account_id) > (:account_kind, :account_id) AND NOT EXISTS (
      SELECT FROM mfa_audit_event e WHERE e.account_kind = a.account_kind AND e.account_id = a.account_id)
    ORDER BY a.account_kind, a.account_id LIMIT :size`,
);

const EMPTY_CHAINS = statement(
  'mfa_audit_empty_chains',
  `
    SELECT account_kind AS kind, account_id AS id FROM mfa_audit_chain c WHERE NOT EXISTS (
      SELECT FROM mfa_audit_event e WHERE e.account_kind = c.account_kind AND e.account_id = c.account_id)
    AND NOT EXISTS (
      SELECT FROM mfa_audit_anchor a WHERE a.account_kind = c.account_kind AND a.account_id = c.account_id)
    UNION
    SELECT account_kind, account_id FROM mfa_factor f WHERE NOT EXISTS (
      SELECT FROM mfa_audit_chain c WHERE c.account_kind = f.account_kind AND c.account_id = f.account_id)
    ORDER BY 1, 2 LIMIT :size`,
);

const HEADS = `unnest(:kinds::text[], :ids::text[], :sequences::bigint[], :hashes::bytea[])
      AS h (kind, id, sequence, hash)`;

/** Of what was archived the database knows each chain's last entry alone. */
const CHANGED = statement(
  'mfa_audit_changed',
  `
    SELECT h.kind, h.id, h.sequence, h.hash, CASE WHEN coalesce(e.hash, last.hash) IS NOT NULL THEN 'changed'
      WHEN a.sequence > h.sequence THEN 'archived' ELSE 'removed' END AS fault
    FROM ${HEADS}
    LEFT JOIN mfa_audit_event e ON e.account_kind = h.kind AND e.account_id = h.id AND e.sequence = h.sequence
    LEFT JOIN mfa_audit_anchor a ON a.account_kind = h.kind AND a.account_id = h.id
    LEFT JOIN mfa_audit_anchor last ON last.account_kind = h.kind AND last.account_id = h.id AND last.sequence = h.sequence
    WHERE coalesce(e.hash, last.hash) IS DISTINCT FROM h.hash`,
);

const NOT_ARCHIVED = statement(
  'mfa_audit_not_archived',
  `
    SELECT h.kind, h.id, h.sequence, h.hash
    FROM ${HEADS}
    LEFT JOIN mfa_audit_anchor a ON a.account_kind = h.kind AND a.account_id = h.id
    WHERE a.sequence IS NULL OR a.sequence < h.sequence OR (a.sequence = h.sequence AND a.hash <> h.hash)`,
);

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
  async estimate(): Promise<number> {
    const [row] = await this.dataSource.query<{ entries: number }[]>(
      `SELECT greatest(reltuples, 0)::int AS entries FROM pg_class WHERE oid = 'mfa_audit_event'::regclass`,
    );
    return row?.entries ?? 0;
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
  archives(): Promise<readonly ListedArchive[]> {
    return listArchives(this.dataSource);
  }

  /** Runs `read` on one snapshot: what is written meanwhile is not part of it, on either side. */
  onSnapshot<T>(read: (snapshot: AuditSnapshot) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      // what reads the whole trail takes as long as the trail is; the limit is for requests
      await manager.query(`SET LOCAL statement_timeout = 0`);
      return read(new AuditSnapshot(manager));
    });
  }
}

/** One moment of the trail. */
export class AuditSnapshot {
  constructor(private readonly manager: EntityManager) {}

  /** Entries in batches, chain by chain. */
  async *batches(size: number): AsyncGenerator<readonly ChainedEntry[]> {
    let last: Pick<ChainedEntry, 'kind' | 'id' | 'sequence'> | undefined = { kind: '', id: '', sequence: '0' };
    while (last) {
      const values = { account_kind: last.kind, account_id: last.id, sequence: last.sequence, size };
      const batch: readonly ChainedEntry[] = await run<ChainedEntry>(this.manager, BATCH, values);
      if (batch.length > 0) yield batch;
      last = batch.at(-1);
    }
  }

  /** Chains of which everything was archived, in batches. */
  async *archivedCheckpoints(size: number): AsyncGenerator<readonly ArchivedCheckpoint[]> {
    let last: EmptyChain | undefined = { kind: '', id: '' };
    while (last) {
      const values = { account_kind: last.kind, account_id: last.id, size };
      const batch: readonly ArchivedCheckpoint[] = await run<ArchivedCheckpoint>(this.manager, ARCHIVED_BATCH, values);
      if (batch.length > 0) yield batch;
      last = batch.at(-1);
    }
  }

  /** Accounts whose entries are all missing; the first thousand of them. */
  emptyChains(): Promise<readonly EmptyChain[]> {
    return run<EmptyChain>(this.manager, EMPTY_CHAINS, { size: LONGEST_LIST });
  }

  async archiveState(): Promise<ArchiveState> {
    const [anchors] = await this.manager.query<[Pick<ArchiveState, 'entries' | 'digest'>]>(ANCHORS_DIGEST);
    return { ...anchors, chain: ARCHIVE_CHAIN, archives: await listArchives(this.manager) };
  }
}

async function listArchives(source: DataSource | EntityManager): Promise<readonly ListedArchive[]> {
  const rows = await source.query<{ sequence: string; details: AuditArchive }[]>(ARCHIVES);
  return rows.map(({ sequence, details }) => ({ sequence, ...details }));
}

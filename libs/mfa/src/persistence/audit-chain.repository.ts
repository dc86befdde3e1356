import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { run, statement } from './statement.js';

/** An entry of a chain, by its place and its hash. */
export interface AuditHead {
  readonly kind: string;
  readonly id: string;
  readonly sequence: string;
  readonly hash: Buffer;
}

/** An entry with what its hash is made of; the end of the account's chain is null where there is none. */
export interface ChainedEntry extends AuditHead {
  /** All of the entry but its hash, in the form that is hashed. */
  readonly content: string;
  readonly endSequence: string | null;
  readonly endHash: Buffer | null;
}

/** An entry that was in the trail and is not, or is another one. */
export interface ChangedHead extends Omit<AuditHead, 'hash'> {
  readonly fault: 'changed' | 'removed';
}

/** The end of a chain that has no entries at all, or an account with factors and without a chain. */
export interface EmptyChain {
  readonly kind: string;
  readonly id: string;
}

/** The same form as in the trigger that writes the hashes. */
const BATCH = statement(
  'mfa_audit_chain_batch',
  `
    SELECT e.account_kind AS kind, e.account_id AS id, e.sequence, e.hash, c.sequence AS "endSequence", c.hash AS "endHash",
      json_build_array(e.account_kind, e.account_id, e.sequence, e.event,
        to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US BC'), e.method, e.error_code, e.reason,
        e.actor_kind, e.actor_id, e.acts_for_kind, e.acts_for_id, e.session_id, e.request_id, e.client_address,
        e.details)::text AS content
    FROM mfa_audit_event e LEFT JOIN mfa_audit_chain c USING (account_kind, account_id)
    WHERE (e.account_kind, e.account_id, e.sequence) > (:account_kind, :account_id, :sequence::bigint)
    ORDER BY e.account_kind, e.account_id, e.sequence LIMIT :size`,
);

const EMPTY_CHAINS = statement(
  'mfa_audit_empty_chains',
  `
    SELECT account_kind AS kind, account_id AS id FROM mfa_audit_chain c WHERE NOT EXISTS (
      SELECT FROM mfa_audit_event e WHERE e.account_kind = c.account_kind AND e.account_id = c.account_id)
    UNION
    SELECT account_kind, account_id FROM mfa_factor f WHERE NOT EXISTS (
      SELECT FROM mfa_audit_chain c WHERE c.account_kind = f.account_kind AND c.account_id = f.account_id)
    ORDER BY 1, 2 LIMIT :size`,
);

const CHANGED = statement(
  'mfa_audit_changed',
  `
    SELECT h.kind, h.id, h.sequence, CASE WHEN e.hash IS NULL THEN 'removed' ELSE 'changed' END AS fault
    FROM unnest(:kinds::text[], :ids::text[], :sequences::bigint[], :hashes::bytea[]) AS h (kind, id, sequence, hash)
    LEFT JOIN mfa_audit_event e ON e.account_kind = h.kind AND e.account_id = h.id AND e.sequence = h.sequence
    WHERE e.hash IS DISTINCT FROM h.hash`,
);

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
  findChanged(heads: readonly AuditHead[]): Promise<readonly ChangedHead[]> {
    return run<ChangedHead>(this.dataSource, CHANGED, {
      kinds: heads.map(({ kind }) => kind),
      ids: heads.map(({ id }) => id),
      sequences: heads.map(({ sequence }) => sequence),
      hashes: heads.map(({ hash }) => hash),
    });
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

  /** Accounts whose entries are all missing; the first thousand of them. */
  emptyChains(): Promise<readonly EmptyChain[]> {
    return run<EmptyChain>(this.manager, EMPTY_CHAINS, { size: LONGEST_LIST });
  }
}

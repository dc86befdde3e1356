import { Injectable } from '@nestjs/common';
import { MOST_COUNTED, type Page } from '#json-api';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { run, statement } from '#sql';
import type { AccountKind } from '../core/account.js';
import type { AuditEvent } from '../core/audit.js';
import type { AuditCheckpoint } from './audit-chain.repository.js';

/** An entry of the audit trail as it was written. */
export interface AuditEntry {
  /** In whose chain it is; `operator` with the id `audit-archive`: in that of the `archived` entries. */
  readonly accountKind: AccountKind | 'operator';
  readonly accountId: string;
  /** Its place in the account's chain. */
  readonly sequence: string;
  readonly event: AuditEvent;
  readonly occurredAt: Date;
  readonly method: string | null;
  readonly errorCode: string | null;
  readonly reason: string | null;
  readonly actorKind: AccountKind | 'operator';
  readonly actorId: string;
  readonly actsForKind: AccountKind | null;
  readonly actsForId: string | null;
  readonly sessionId: string | null;
  readonly requestId: string | null;
  readonly clientAddress: string | null;
  readonly details: object | null;
}

/** All that is given holds for each entry of a list. */
export interface AuditFilter {
  readonly accountKind?: AccountKind;
  readonly accountId?: string;
  readonly event?: string;
  readonly method?: string;
  readonly errorCode?: string;
  readonly actorKind?: string;
  readonly actorId?: string;
  readonly sessionId?: string;
  readonly requestId?: string;
  readonly clientAddress?: string;
  readonly from?: Date;
  readonly until?: Date;
}

const COLUMNS = `account_kind AS "accountKind", account_id AS "accountId", sequence, event, occurred_at AS "occurredAt",
  method, error_code AS "errorCode", reason, actor_kind AS "actorKind", actor_id AS "actorId",
  acts_for_kind AS "actsForKind", acts_for_id AS "actsForId", session_id AS "sessionId", request_id AS "requestId",
  client_address AS "clientAddress", details`;

const FIND = statement(
  'mfa_find_audit_event',
  `SELECT ${COLUMNS} FROM mfa_audit_event
   WHERE account_kind = :account_kind AND account_id = :account_id AND sequence = :sequence`,
);

const CONDITIONS: Readonly<Record<keyof AuditFilter, string>> = {
  accountKind: 'account_kind =',
  accountId: 'account_id =',
  event: 'event =',
  method: 'method =',
  errorCode: 'error_code =',
  actorKind: 'actor_kind =',
  actorId: 'actor_id =',
  sessionId: 'session_id =',
  requestId: 'request_id =',
  clientAddress: 'client_address =',
  from: 'occurred_at >=',
  until: 'occurred_at <',
};

/** The audit trail, the newest entry first. */
@Injectable()
export class AuditTrailRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @param sequence of a bigint's range */
  async find({ kind, id }: Pick<AuditCheckpoint, 'kind' | 'id'>, sequence: string): Promise<AuditEntry | undefined> {
    const [entry] = await run<AuditEntry>(this.dataSource, FIND, { account_kind: kind, account_id: id, sequence });
    return entry;
  }

  /** @returns a page, and how many entries all pages have, counted up to `MOST_COUNTED` */
  async list(
    filter: AuditFilter,
    { offset, limit }: Page,
  ): Promise<{ readonly entries: readonly AuditEntry[]; readonly total: number }> {
    const names = (Object.keys(CONDITIONS) as (keyof AuditFilter)[]).filter((name) => filter[name] !== undefined);
    const conditions = names.map((name, index) => `${CONDITIONS[name]} $${index + 1}`);
    const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
    const values = names.map((name) => filter[name]);
    // the orders that indexes have: of one account that of its chain, else by time
    const isOfAccount = filter.accountKind !== undefined && filter.accountId !== undefined;
    const order = isOfAccount ? 'sequence DESC' : 'occurred_at DESC, account_kind DESC, account_id DESC, sequence DESC';
    const entries = await this.dataSource.query<AuditEntry[]>(
      `SELECT ${COLUMNS} FROM mfa_audit_event ${where} ORDER BY ${order}
       OFFSET $${names.length + 1} LIMIT $${names.length + 2}`,
      [...values, offset, limit ?? null],
    );
    // ordered, so that PostgreSQL counts by an index: what it scans of a large table does not stay in its cache
    const [row] = await this.dataSource.query<{ total: number }[]>(
      `SELECT count(*)::int AS total FROM (
         SELECT FROM mfa_audit_event ${where} ORDER BY ${isOfAccount ? 'sequence' : 'occurred_at'} DESC LIMIT ${MOST_COUNTED}
       ) counted`,
      values,
    );
    return { entries, total: row?.total ?? 0 };
  }
}

import { Injectable } from '@nestjs/common';
import { MOST_COUNTED, type Page } from '#json-api';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Not, type Repository, type SelectQueryBuilder } from 'typeorm';
import { countRows } from '#sql';
import type { Account, AccountKind } from '../core/account.js';
import type { AuditEvent } from '../core/audit.js';
import type { AuditCheckpoint } from './audit-chain.repository.js';
import { MfaAuditEvent } from './mfa-audit-event.entity.js';

export interface AuditEntry {
  /** The account whose chain the entry is in. The `archived` entries have `operator` with the id `audit-archive`. */
  readonly accountKind: AccountKind | 'operator';
  readonly accountId: string;
  /** The number in the account's chain. */
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

/** Filters a list. All given conditions apply. */
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

/** The columns to read: all except the hash. */
const MEMBERS = [
  ...(['accountKind', 'accountId', 'sequence', 'event', 'occurredAt', 'method', 'errorCode', 'reason'] as const),
  ...(['actorKind', 'actorId', 'actsForKind', 'actsForId', 'sessionId', 'requestId'] as const),
  ...(['clientAddress', 'details'] as const),
] satisfies (keyof AuditEntry)[];

const CONDITIONS: Readonly<Record<keyof AuditFilter, string>> = {
  accountKind: 'entry.accountKind = :accountKind',
  accountId: 'entry.accountId = :accountId',
  event: 'entry.event = :event',
  method: 'entry.method = :method',
  errorCode: 'entry.errorCode = :errorCode',
  actorKind: 'entry.actorKind = :actorKind',
  actorId: 'entry.actorId = :actorId',
  sessionId: 'entry.sessionId = :sessionId',
  requestId: 'entry.requestId = :requestId',
  clientAddress: 'entry.clientAddress = :clientAddress',
  from: 'entry.occurredAt >= :from',
  until: 'entry.occurredAt < :until',
};

/** The sort orders that indexes support: by chain for one account, otherwise by time. */
const ORDERS = {
  ofAccount: ['entry.sequence'],
  ofAll: ['entry.occurredAt', 'entry.accountKind', 'entry.accountId', 'entry.sequence'],
} as const;

function orderOf({ accountKind, accountId }: AuditFilter): (typeof ORDERS)[keyof typeof ORDERS] {
  return ORDERS[accountKind !== undefined && accountId !== undefined ? 'ofAccount' : 'ofAll'];
}

/** The place of an entry in the order of the list. `moment` is its time with microseconds, which a Date has not. */
export interface AuditPlace extends Pick<AuditEntry, 'accountKind' | 'accountId' | 'sequence'> {
  readonly moment: string;
}

export interface PlacedEntry extends AuditEntry, AuditPlace {}

/** The values to compare the columns of an order with. Their names are not those of the filter. */
const PLACE = {
  'entry.occurredAt': 'CAST(:moment AS timestamptz)',
  'entry.accountKind': ':afterKind',
  'entry.accountId': ':afterId',
  'entry.sequence': ':afterSequence',
} as const;

/** Reads the audit trail, newest entry first. */
@Injectable()
export class AuditTrailRepository {
  constructor(@InjectRepository(MfaAuditEvent) private readonly entries: Repository<MfaAuditEvent>) {}

  /** @param sequence within the range of a bigint */
  async find({ kind, id }: Pick<AuditCheckpoint, 'kind' | 'id'>, sequence: string): Promise<AuditEntry | undefined> {
    return (await this.select().where({ accountKind: kind, accountId: id, sequence }).getOne()) ?? undefined;
  }

  /** @returns a page, and the number of entries on all pages, counted up to `MOST_COUNTED` */
  async list(
    filter: AuditFilter,
    { offset, limit }: Page,
  ): Promise<{ readonly entries: readonly AuditEntry[]; readonly total: number }> {
    const order = orderOf(filter);
    const query = this.matching(filter);
    // sorted, so that PostgreSQL counts with an index: it does not keep a large table in its cache
    const counted = query.clone().select('1').orderBy(order[0], 'DESC').limit(MOST_COUNTED);
    for (const column of order) query.addOrderBy(column, 'DESC');
    return { entries: await query.offset(offset).limit(limit).getMany(), total: await countRows(counted) };
  }

  /** The method of the newest value that was accepted from an account, for an action or to turn the method on. */
  async lastAccepted({ kind, id }: Account): Promise<string | undefined> {
    const event = In<AuditEvent>(['accepted', 'activated']);
    const where = { accountKind: kind, accountId: id, event, method: Not(IsNull()) };
    const entry = await this.entries.findOne({ select: { method: true }, where, order: { sequence: 'DESC' } });
    return entry?.method ?? undefined;
  }

  /**
   * The entries that follow a place in the order of the list.
   *
   * @param after undefined for the newest entries
   */
  async next(filter: AuditFilter, size: number, after?: AuditPlace): Promise<readonly PlacedEntry[]> {
    const order = orderOf(filter);
    const query = this.matching(filter).addSelect('CAST(entry.occurredAt AS text)', 'moment').limit(size);
    if (after) {
      const { moment, accountKind: afterKind, accountId: afterId, sequence: afterSequence } = after;
      const place = order.map((column) => PLACE[column]);
      query.andWhere(`(${order.join(', ')}) < (${place.join(', ')})`, { moment, afterKind, afterId, afterSequence });
    }
    for (const column of order) query.addOrderBy(column, 'DESC');
    const { entities, raw } = await query.getRawAndEntities<{ moment: string }>();
    return entities.map((entry, index) => ({ ...entry, moment: raw[index]?.moment ?? '' }));
  }

  private matching(filter: AuditFilter): SelectQueryBuilder<MfaAuditEvent> {
    const query = this.select();
    for (const name of Object.keys(CONDITIONS) as (keyof AuditFilter)[]) {
      if (filter[name] !== undefined) query.andWhere(CONDITIONS[name], { [name]: filter[name] });
    }
    return query;
  }

  private select(): SelectQueryBuilder<MfaAuditEvent> {
    return this.entries.createQueryBuilder('entry').select(MEMBERS.map((member) => `entry.${member}`));
  }
}

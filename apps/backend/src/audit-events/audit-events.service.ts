import { Injectable } from '@nestjs/common';
import { ApiException, type ResourceObject } from '#json-api';
import { AuditTrailService, type Account, type AccountKind, type AuditEntry, type AuditFilter } from '#mfa';
import { AccountDirectoryRepository } from '../accounts/account-directory.repository.js';
import { BACKEND_ERRORS } from '../backend-errors.js';
import { parseAuditEventId } from './audit-event-id.js';
import type { AuditEventList, AuditEventSelection } from './audit-event-list.js';
import { auditEventResource, partiesOf } from './audit-event.resource.js';
import type { AuditEventDto } from './dto/audit-event.dto.js';

interface AuditEventPage {
  readonly resources: readonly ResourceObject<AuditEventDto>[];
  /** The number on all pages. */
  readonly total: number;
}

const NOBODY: AuditEventPage = { resources: [], total: 0 };

/** Reads the audit trail, with public identifiers for accounts. */
@Injectable()
export class AuditEventsService {
  constructor(
    private readonly trail: AuditTrailService,
    private readonly accounts: AccountDirectoryRepository,
  ) {}

  async list({ page, ...selection }: AuditEventList): Promise<AuditEventPage> {
    const filter = await this.filterOf(selection);
    if (!filter) return NOBODY;
    const { entries, total } = await this.trail.list(filter, page);
    return { resources: await this.resources(entries), total };
  }

  /** @throws ApiException 404 / 007, also if the text cannot be the id of an entry */
  async get(id: string): Promise<ResourceObject<AuditEventDto>> {
    const key = parseAuditEventId(id);
    const entry = key && (await this.trail.find(key.account, key.sequence));
    const [resource] = entry ? await this.resources([entry]) : [];
    if (!resource) throw new ApiException(BACKEND_ERRORS.notFound);
    return resource;
  }

  /** @returns undefined if no entry can match */
  async filterOf({ filter, names, isEmpty }: AuditEventSelection): Promise<AuditFilter | undefined> {
    const accounts = isEmpty ? undefined : await this.accountsOf(names);
    return accounts && { ...filter, ...accounts };
  }

  async resources(entries: readonly AuditEntry[]): Promise<ResourceObject<AuditEventDto>[]> {
    const known = await this.accounts.describe(entries.flatMap(accountsIn));
    return entries.map((entry) => auditEventResource(entry, known));
  }

  /**
   * The filter by accounts.
   *
   * @returns undefined if an account does not exist, or the request filters by two accounts at once
   */
  private async accountsOf(names: AuditEventList['names']): Promise<AuditFilter | undefined> {
    const { customerReference, userUuid, actorUserUuid } = names;
    if (customerReference !== undefined && userUuid !== undefined) return undefined;
    const account = await this.find(
      customerReference === undefined ? 'user' : 'customer',
      customerReference ?? userUuid,
    );
    const actor = await this.find('user', actorUserUuid);
    if (account === null || actor === null) return undefined;
    return {
      ...(account && { accountKind: account.kind, accountId: account.id }),
      ...(actor && { actorKind: actor.kind, actorId: actor.id }),
    };
  }

  /** @returns undefined if there is no such filter, null if the account does not exist */
  private async find(kind: AccountKind, publicId: string | undefined): Promise<Account | null | undefined> {
    return publicId === undefined ? undefined : ((await this.accounts.find(kind, publicId)) ?? null);
  }
}

function accountsIn(entry: AuditEntry): Account[] {
  const { account, actor, actsFor } = partiesOf(entry);
  return [account, actor, actsFor].filter(isAccount);
}

function isAccount(party: { readonly kind: string } | null): party is Account {
  return party !== null && party.kind !== 'operator';
}

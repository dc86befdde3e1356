import { Get, Param, Query } from '@nestjs/common';
import { ApiException } from '#json-api';
import { CurrentSession, type Download, type Page, type SessionContext } from '#pages';
import { Clock } from '#platform';
import { parseAuditEventList, type AuditEventList } from '../../audit-events/audit-event-list.js';
import { AuditEventsController } from '../../audit-events/audit-events.controller.js';
import { AuditEventsService } from '../../audit-events/audit-events.service.js';
import { AuditExportService } from '../../audit-events/audit-export.service.js';
import { AUDIT_FILTERS, AuditEntryPage, AuditList } from './audit.view.js';
import { apiQuery, typedIn, type PageQuery } from './list-query.js';
import { BackOfficePages, ForCallersOf } from './page-access.js';
import { inUtc } from './policy-form.js';

/** Administrators read the audit trail, and export what they selected of it. */
@BackOfficePages('audit')
export class AuditPagesController {
  constructor(
    private readonly events: AuditEventsService,
    private readonly exports: AuditExportService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ForCallersOf(AuditEventsController, 'list')
  async list(@CurrentSession() { texts }: SessionContext, @Query() query: PageQuery): Promise<Page> {
    const { title, unreadable } = texts.backOffice.audit;
    const typed = typedIn(query, AUDIT_FILTERS);
    let list: AuditEventList;
    try {
      list = listOf(query);
    } catch (error) {
      if (!(error instanceof ApiException)) throw error;
      const body = <AuditList texts={texts} typed={typed} problems={{ '': unreadable }} />;
      return { title, body, status: error.getStatus() };
    }
    const { resources, total } = await this.events.list(list);
    const found = { entries: resources, page: { ...list.page, total } };
    return { title, body: <AuditList texts={texts} typed={typed} problems={{}} found={found} /> };
  }

  /** All entries that the same query finds in the list, also those behind its last page. */
  @Get('export')
  @ForCallersOf(AuditEventsController, 'list')
  export(@Query() query: PageQuery): Download {
    const { page: _, ...selection } = listOf(query);
    const day = this.clock.now().toISOString().slice(0, 10);
    return {
      fileName: `audit-trail-${day}.csv`,
      type: 'text/csv; charset=utf-8',
      content: this.exports.lines(selection),
    };
  }

  @Get(':id')
  @ForCallersOf(AuditEventsController, 'get')
  async entry(@Param('id') id: string, @CurrentSession() { texts }: SessionContext): Promise<Page> {
    const { attributes } = await this.events.get(id);
    return { title: texts.backOffice.audit.one, body: <AuditEntryPage texts={texts} entry={attributes} /> };
  }
}

/** @throws ApiException 400 / 011 for a time or an address that is none */
function listOf(query: PageQuery): AuditEventList {
  const { occurredFrom, occurredUntil, ...others } = typedIn(query, AUDIT_FILTERS);
  const filters = {
    ...others,
    ...(occurredFrom && { occurredFrom: inUtc(occurredFrom) }),
    ...(occurredUntil && { occurredUntil: inUtc(occurredUntil) }),
  };
  return parseAuditEventList(apiQuery('audit-events', filters, query));
}

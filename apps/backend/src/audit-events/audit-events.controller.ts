import { Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Collection, JsonApiController, Resource } from '#json-api';
import { AUDIT_EVENTS } from '#mfa';
import { Route } from '../access/route.decorator.js';
import { BACKEND_ERRORS } from '../backend-errors.js';
import { parseAuditEventList } from './audit-event-list.js';
import { AuditEventsService } from './audit-events.service.js';
import { AuditEventDto } from './dto/audit-event.dto.js';

const ADMINISTRATOR = '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa';
const QUERY = {
  'filter[audit-events.customerReference]': 'DE--21',
  'filter[audit-events.userUuid]': ADMINISTRATOR,
  'filter[audit-events.event]': AUDIT_EVENTS[0],
  'filter[audit-events.method]': 'some-method',
  'filter[audit-events.errorCode]': '5901',
  'filter[audit-events.actorUserUuid]': ADMINISTRATOR,
  'filter[audit-events.sessionId]': '0f8a4f5e-6a53-4a0e-9a70-6f2b1c9f3a11',
  'filter[audit-events.requestId]': '51d0c3f2-9a7d-4c68-b1e4-80c2a6f0e7bb',
  'filter[audit-events.clientAddress]': '203.0.113.7',
  'filter[audit-events.occurredFrom]': '2026-11-01T00:00:00Z',
  'filter[audit-events.occurredUntil]': '2026-12-01T00:00:00Z',
  'page[offset]': '0',
  'page[limit]': '20',
};

/** Administrators read the audit trail of second factors. */
@ApiTags('audit trail')
@JsonApiController('audit-events')
export class AuditEventsController {
  constructor(private readonly service: AuditEventsService) {}

  @Get()
  @Route({
    access: 'administrator',
    summary:
      'What happened to second factors, and the logins of accounts that have one, the newest first, in pages of 20, or up to 100. Ten thousand entries are shown; occurredUntil reaches those that are older. What was archived is not in it any more: an entry with the event archived, about the operator audit-archive, says until when',
    query: QUERY,
    answer: { status: 200, description: 'The entries, with links to the other pages', list: AuditEventDto },
  })
  async list(@Query() query: Record<string, unknown>): Promise<Collection> {
    const list = parseAuditEventList(query);
    const { resources, total } = await this.service.list(list);
    return new Collection(resources, { page: { ...list.page, total } });
  }

  @Get(':id')
  @Route({
    access: 'administrator',
    summary: 'One entry of the audit trail',
    ids: { id: 'customer-12-7' },
    answer: { status: 200, description: 'The entry', resource: AuditEventDto },
    errors: [BACKEND_ERRORS.notFound],
  })
  async get(@Param('id') id: string): Promise<Resource> {
    return new Resource(await this.service.get(id));
  }
}

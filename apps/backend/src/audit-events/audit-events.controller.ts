import { Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Collection, JsonApiController, Resource } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { BACKEND_ERRORS } from '../backend-errors.js';
import { parseAuditEventList } from './audit-event-list.js';
import { AUDIT_EVENT_EXAMPLE, AUDIT_EVENT_LIST_EXAMPLE } from './audit-events-example.js';
import { AuditEventsService } from './audit-events.service.js';

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
    query: AUDIT_EVENT_LIST_EXAMPLE,
    answer: { status: 200, description: 'The entries, with links to the other pages', data: [AUDIT_EVENT_EXAMPLE] },
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
    ids: { id: AUDIT_EVENT_EXAMPLE.id },
    answer: { status: 200, description: 'The entry', data: AUDIT_EVENT_EXAMPLE },
    errors: [BACKEND_ERRORS.notFound],
  })
  async get(@Param('id') id: string): Promise<Resource> {
    return new Resource(await this.service.get(id));
  }
}

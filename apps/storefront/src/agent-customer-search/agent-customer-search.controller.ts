import { Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Collection, JsonApiController, parsePage } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CustomerSearchRepository } from './customer-search.repository.js';
import { FoundCustomersDto } from './dto/found-customers.dto.js';

const TYPE = 'agent-customer-search';
/** How many customers a page of the search has. */
export const DEFAULT_LIMIT = 10;

/** Agents search for the customer they want to act for (contract: resources, section 1.6). */
@ApiTags('agents')
@JsonApiController(TYPE)
export class AgentCustomerSearchController {
  constructor(private readonly customers: CustomerSearchRepository) {}

  @Get()
  @Route({
    access: 'agent',
    summary:
      'Finds customers by a part of their reference, e-mail address or name; by fewer than three characters their beginning, or that of the last name. A search finds 1000 customers at most',
    query: { q: 'kessler', 'page[offset]': '0', 'page[limit]': '10' },
    answer: {
      status: 200,
      description: 'One resource with a page of customers',
      list: FoundCustomersDto,
    },
  })
  async list(@Query() query: Record<string, unknown>): Promise<Collection> {
    const { offset, limit = DEFAULT_LIMIT } = parsePage(query);
    const { customers, ...counted } = await this.customers.find(query['q'], { offset, limit });
    return new Collection([{ type: TYPE, id: null, attributes: { customers } }], {
      page: { offset, limit, ...counted },
    });
  }
}

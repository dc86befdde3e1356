import { Get, Query } from '@nestjs/common';
import { parsePage } from '#json-api';
import { CurrentSession, PagesController, type PageAnswer, type SessionContext } from '#pages';
import { DEFAULT_LIMIT } from '../agent-customer-search/agent-customer-search.controller.js';
import { CustomerSearchRepository } from '../agent-customer-search/customer-search.repository.js';
import { CustomerList } from './agent-customers.view.js';
import { AGENT_AREA } from './storefront-pages.js';

/** Agents search for the customer they want to act for. */
@PagesController(AGENT_AREA, 'customers')
export class AgentCustomersController {
  constructor(private readonly customers: CustomerSearchRepository) {}

  /** The search and its limits are those of the API. */
  @Get()
  async list(
    @CurrentSession() { texts }: SessionContext,
    @Query() query: Record<string, unknown>,
  ): Promise<PageAnswer> {
    const { q, offset } = query;
    const asked = { offset: parsePage({ 'page[offset]': offset }).offset, limit: DEFAULT_LIMIT };
    const { customers, ...counted } = await this.customers.find(q, asked);
    const props = { texts, q: typeof q === 'string' ? q : '', page: { ...asked, ...counted }, customers };
    return { title: texts.agent.customers.title, body: <CustomerList {...props} /> };
  }
}

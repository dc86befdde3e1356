import { Body, Get, NotFoundException, Param, Post, Req } from '@nestjs/common';
import { AccountRepository, isAgent, PageSessionService, type OpenedPageSession } from '#auth';
import type { JsonApiHttpRequest } from '#json-api';
import {
  CurrentSession,
  PageCookie,
  PageForm,
  PagesController,
  StepUpForms,
  type Page,
  type PageAnswer,
  type SessionContext,
} from '#pages';
import { AgentCustomerImpersonationAccessTokensController } from '../agent-customer-impersonation-access-tokens/agent-customer-impersonation-access-tokens.controller.js';
import { CustomerSearchRepository } from '../agent-customer-search/customer-search.repository.js';
import type { FoundCustomerDto } from '../agent-customer-search/dto/found-customers.dto.js';
import { ActForForm } from './act-for.view.js';
import { AGENT_AREA, CUSTOMER_AREA } from './storefront-pages.js';

const ACT_FOR = { route: [AgentCustomerImpersonationAccessTokensController, 'create'] } as const;

/** Agents begin to act for a customer, on the customer's pages. */
@PagesController(AGENT_AREA, 'customers/:reference')
export class ActForController {
  constructor(
    private readonly customers: CustomerSearchRepository,
    private readonly accounts: AccountRepository,
    private readonly sessions: PageSessionService,
    private readonly stepUp: StepUpForms,
    private readonly cookie: PageCookie,
  ) {}

  @Get()
  show(@Param('reference') reference: string, @CurrentSession() context: SessionContext): Promise<Page> {
    return this.page(reference, context);
  }

  /** The customer's pages have one session in a browser: the one before ends. */
  @Post()
  async begin(
    @Param('reference') reference: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @Req() request: JsonApiHttpRequest,
  ): Promise<PageAnswer> {
    await this.customer(reference);
    const question = await this.stepUp.require(context, form, ACT_FOR);
    if (question) return question;
    const opened = await this.open(reference, context);
    if (!opened) return { ...(await this.page(reference, context, context.texts.agent.act.failed)), status: 422 };
    const former = this.cookie.read(CUSTOMER_AREA, request);
    const session = former === undefined ? undefined : await this.sessions.find(former);
    if (session) await this.sessions.end(session.principal);
    this.cookie.set({ area: CUSTOMER_AREA, response: context.response }, opened.token);
    return { location: CUSTOMER_AREA.base };
  }

  private async open(
    reference: string,
    { session: { principal } }: SessionContext,
  ): Promise<OpenedPageSession | undefined> {
    if (!isAgent(principal)) throw new TypeError('the area of agents is for agents');
    const customer = await this.accounts.findByReference(reference);
    return customer && this.sessions.impersonate(customer, principal);
  }

  private async page(reference: string, { texts, path }: SessionContext, problem?: string): Promise<Page> {
    const customer = await this.customer(reference);
    return { title: texts.agent.act.title, body: <ActForForm {...{ texts, path, customer, problem }} /> };
  }

  private async customer(reference: string): Promise<FoundCustomerDto> {
    const customer = await this.customers.findByReference(reference);
    if (!customer) throw new NotFoundException();
    return customer;
  }
}

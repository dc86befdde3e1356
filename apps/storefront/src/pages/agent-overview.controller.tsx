import { Get } from '@nestjs/common';
import {
  CurrentSession,
  OwnFactorsService,
  OwnOverview,
  PagesController,
  type PageAnswer,
  type SessionContext,
} from '#pages';
import { Clock } from '#platform';
import { AGENT_AREA } from './storefront-pages.js';

/** The first page of an agent. */
@PagesController(AGENT_AREA)
export class AgentOverviewController {
  constructor(
    private readonly factors: OwnFactorsService,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@CurrentSession() context: SessionContext): Promise<PageAnswer> {
    const { overview, agent } = context.texts;
    const factors = await this.factors.of(context.caller);
    const body = (
      <>
        <OwnOverview context={context} factors={factors} now={this.clock.now()} />
        <section class="card">
          <p>{agent.overview.customersIntro}</p>
          <p>
            <a href="/agent/customers">{agent.overview.customers}</a>
          </p>
        </section>
      </>
    );
    return { title: overview.title, body };
  }
}

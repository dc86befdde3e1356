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
import { CUSTOMER_AREA } from './storefront-pages.js';

/** The first page of a customer. */
@PagesController(CUSTOMER_AREA)
export class OverviewController {
  constructor(
    private readonly factors: OwnFactorsService,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@CurrentSession() context: SessionContext): Promise<PageAnswer> {
    const factors = await this.factors.of(context.caller);
    const body = <OwnOverview context={context} factors={factors} now={this.clock.now()} />;
    return { title: context.texts.overview.title, body };
  }
}

import { Get } from '@nestjs/common';
import { CurrentSession, OwnFactorsService, PagesController, type PageAnswer, type SessionContext } from '#pages';
import { Clock } from '#platform';
import { Overview } from './overview.view.js';
import { CUSTOMER_AREA } from './storefront-pages.js';

/** The first page of a customer. */
@PagesController(CUSTOMER_AREA)
export class OverviewController {
  constructor(
    private readonly factors: OwnFactorsService,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@CurrentSession() { caller, texts }: SessionContext): Promise<PageAnswer> {
    const factors = await this.factors.of(caller);
    const body = <Overview texts={texts} email={caller.email} factors={factors} now={this.clock.now()} />;
    return { title: texts.overview.title, body };
  }
}

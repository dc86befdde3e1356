import { Get } from '@nestjs/common';
import { CurrentCaller, type ReachableCaller } from '#auth';
import { CurrentPageContext, PagesController, type PageAnswer, type PageContext } from '#pages';
import { Clock } from '#platform';
import { Overview } from './overview.view.js';
import { OwnFactorsService } from './own-factors.service.js';

/** The first page of a customer. */
@PagesController('account')
export class OverviewController {
  constructor(
    private readonly factors: OwnFactorsService,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @CurrentCaller() caller: ReachableCaller,
    @CurrentPageContext() { texts }: PageContext,
  ): Promise<PageAnswer> {
    const factors = await this.factors.of(caller);
    const body = <Overview texts={texts} email={caller.email} factors={factors} now={this.clock.now()} />;
    return { title: texts.overview.title, body };
  }
}

import { Get } from '@nestjs/common';
import {
  CurrentSession,
  OwnOverview,
  OwnFactorsService,
  PagesController,
  type PageAnswer,
  type SessionContext,
} from '#pages';
import { Clock } from '#platform';
import { BACK_OFFICE_AREA } from './backend-pages.js';

/** The first page of the area. */
@PagesController(BACK_OFFICE_AREA)
export class BackOfficeController {
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

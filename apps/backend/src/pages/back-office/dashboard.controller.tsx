import { Get, Query } from '@nestjs/common';
import {
  CurrentSession,
  OwnFactorsService,
  OwnOverview,
  PagesController,
  type PageAnswer,
  type SessionContext,
} from '#pages';
import { Clock } from '#platform';
import { mayCall } from '../../access/route.decorator.js';
import { AuditEventsController } from '../../audit-events/audit-events.controller.js';
import { DashboardFiguresService, FIGURE_RANGES, type FigureRange } from '../../dashboard/dashboard-figures.service.js';
import { BACK_OFFICE_AREA } from './back-office-area.js';
import { Figures } from './dashboard.view.js';
import type { PageQuery } from './list-query.js';

const DEFAULT_RANGE: FigureRange = 30;

/** The first page: everybody's own account, and the figures for those who may read the trail that they come from. */
@PagesController(BACK_OFFICE_AREA)
export class DashboardController {
  constructor(
    private readonly factors: OwnFactorsService,
    private readonly figures: DashboardFiguresService,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@CurrentSession() context: SessionContext, @Query() query: PageQuery): Promise<PageAnswer> {
    const factors = await this.factors.of(context.caller);
    const range = FIGURE_RANGES.find((days) => String(days) === query['days']) ?? DEFAULT_RANGE;
    const seesFigures = mayCall(context.session.principal, AuditEventsController, 'list');
    const figures = seesFigures ? await this.figures.ofDays(range) : undefined;
    const body = (
      <>
        <OwnOverview context={context} factors={factors} now={this.clock.now()} />
        {figures && <Figures texts={context.texts} figures={figures} range={range} />}
      </>
    );
    return { title: context.texts.overview.title, body };
  }
}

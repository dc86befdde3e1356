import { Module } from '@nestjs/common';
import { CountedFiguresModule } from '../counted-figures/counted-figures.module.js';
import { AccountTotalsRepository } from './account-totals.repository.js';
import { DashboardFiguresService } from './dashboard-figures.service.js';

@Module({
  imports: [CountedFiguresModule],
  providers: [AccountTotalsRepository, DashboardFiguresService],
  exports: [DashboardFiguresService],
})
export class DashboardModule {}

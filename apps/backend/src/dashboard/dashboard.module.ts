import { Module } from '@nestjs/common';
import { AccountTotalsRepository } from './account-totals.repository.js';
import { DashboardFiguresService } from './dashboard-figures.service.js';

@Module({ providers: [AccountTotalsRepository, DashboardFiguresService], exports: [DashboardFiguresService] })
export class DashboardModule {}
